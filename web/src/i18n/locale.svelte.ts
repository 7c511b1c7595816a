import { initialLocale, localeMemory, translator, type Locale, type Translate } from './locale';

let current = $state<Locale>(initialLocale(localeMemory.read(), navigator.languages));
const translate = $derived(translator(current));

/** The page's language now; components that read it follow a change. */
export const locale = {
  get current(): Locale {
    return current;
  },
  choose(next: Locale): void {
    current = next;
    localeMemory.write(next);
  },
};

export const t: Translate = (key, ...values) => translate(key, ...values);
