import { recall, remember } from './memory';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const REMEMBERED = 'theme';

let chosen = $state<Theme | null>(THEMES.find((theme) => theme === recall(REMEMBERED)) ?? null);
let byDefault = $state<Theme>('auto');

function apply(): void {
  const theme = chosen ?? byDefault;
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Light or dark: what the person chose, else what the room prefers (a booth is dark), else what the browser says. */
export const theme = {
  get current(): Theme {
    return chosen ?? byDefault;
  },
  choose(next: Theme): void {
    chosen = next;
    remember(REMEMBERED, next);
    apply();
  },
  preferred(next: Theme): void {
    byDefault = next;
    apply();
  },
};
