import { IntlMessageFormat } from 'intl-messageformat';
import { recall, remember } from '../ui/memory';
import en from './en.json';
import fr from './fr.json';
import ja from './ja.json';
import type { Key, Messages } from './keys';

/** The languages the pages themselves are written in. */
export const LOCALES = ['fr', 'ja', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Compiled by the build (`scripts/compiledMessages.ts`): the imports are syntax trees, whatever their type says. */
const MESSAGES = { en, fr, ja } as Record<Locale, Record<string, unknown>>;

const REMEMBERED = 'locale';

type Arguments<K extends Key> = Messages[K] extends undefined ? [] : [values: Messages[K]];

/** The messages that take nothing. */
export type PlainKey = { [K in Key]: Messages[K] extends undefined ? K : never }[Key];

/** Turns a key and its values into words of one language. */
export type Translate = <K extends Key>(key: K, ...values: Arguments<K>) => string;

/** The translator of a language; messages are prepared on first use and kept. */
export function translator(locale: Locale): Translate {
  const prepared = new Map<string, IntlMessageFormat>();
  return (key, ...values) => {
    let message = prepared.get(key);
    if (message === undefined) {
      message = new IntlMessageFormat(MESSAGES[locale][key] as never, locale);
      prepared.set(key, message);
    }
    return String(message.format(values[0] as Record<string, string | number> | undefined));
  };
}

/** The language chosen before, or the first of the browser's that we have, or English. */
export function initialLocale(remembered: string | null, preferred: readonly string[]): Locale {
  const wanted = remembered === null ? preferred : [remembered, ...preferred];
  for (const tag of wanted) {
    const match = LOCALES.find((locale) => locale === tag.toLowerCase().split('-')[0]);
    if (match !== undefined) return match;
  }
  return 'en';
}

export const localeMemory = {
  read: (): string | null => recall(REMEMBERED),
  write: (locale: Locale): void => {
    remember(REMEMBERED, locale);
  },
};
