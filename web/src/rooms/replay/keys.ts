import type { Key } from '../../i18n/keys';

/** What a key does on the replay page. */
export type KeyAction =
  | { do: 'toggle' | 'mute' | 'captions' | 'fullscreen' | 'search' | 'keys' | 'swap' | 'beginning' | 'end' }
  | { do: 'by'; ms: number }
  | { do: 'volume'; by: number }
  | { do: 'chapter' | 'faster'; by: 1 | -1 }
  | { do: 'hear'; index: number };

/** One line of the list that `?` shows: keys, and the message that says what they do. */
export const KEY_LIST = [
  { keys: ['␣', 'K'], does: 'keys.toggle' satisfies Key },
  { keys: ['←', '→'], does: 'keys.step' satisfies Key },
  { keys: ['J', 'L'], does: 'keys.jump' satisfies Key },
  { keys: ['P', 'N'], does: 'keys.chapter' satisfies Key },
  { keys: ['Home', 'End'], does: 'keys.ends' satisfies Key },
  { keys: ['0', '1–9'], does: 'keys.hear' satisfies Key },
  { keys: ['<', '>'], does: 'keys.speed' satisfies Key },
  { keys: ['↑', '↓'], does: 'keys.volume' satisfies Key },
  { keys: ['M'], does: 'keys.mute' satisfies Key },
  { keys: ['C'], does: 'keys.captions' satisfies Key },
  { keys: ['S'], does: 'keys.swap' satisfies Key },
  { keys: ['F'], does: 'keys.fullscreen' satisfies Key },
  { keys: ['/'], does: 'keys.search' satisfies Key },
  { keys: ['?'], does: 'keys.keys' satisfies Key },
] as const;

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  ' ': { do: 'toggle' },
  k: { do: 'toggle' },
  ArrowLeft: { do: 'by', ms: -5_000 },
  ArrowRight: { do: 'by', ms: 5_000 },
  j: { do: 'by', ms: -10_000 },
  l: { do: 'by', ms: 10_000 },
  ArrowUp: { do: 'volume', by: 0.1 },
  ArrowDown: { do: 'volume', by: -0.1 },
  Home: { do: 'beginning' },
  End: { do: 'end' },
  n: { do: 'chapter', by: 1 },
  p: { do: 'chapter', by: -1 },
  '>': { do: 'faster', by: 1 },
  '<': { do: 'faster', by: -1 },
  m: { do: 'mute' },
  c: { do: 'captions' },
  s: { do: 'swap' },
  f: { do: 'fullscreen' },
  '/': { do: 'search' },
  '?': { do: 'keys' },
};

/** Keys the browser and assistive technology know: they stay when the single letters are off. */
const ALWAYS = /^(?: |Arrow\w+|Home|End)$/;

/** What had the focus when a key was pressed, as far as it matters. */
export interface Focus {
  /** Writes text: no key is ours. */
  writes: boolean;
  /** Has its own use for Space and Enter. */
  presses: boolean;
  /** Has its own use for arrows, Home and End. */
  slides: boolean;
}

/** @param letters whether single letters act; WCAG 2.1.4 wants that they can be switched off */
export function keyAction(key: string, focus: Focus, letters: boolean): KeyAction | null {
  if (focus.writes || (focus.presses && key === ' ')) return null;
  if (focus.slides && /^(?:Arrow\w+|Home|End)$/.test(key)) return null;
  if (!letters && !ALWAYS.test(key)) return null;
  if (/^\d$/.test(key)) return { do: 'hear', index: Number(key) };
  return ACTIONS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** What has the focus. */
export function focusOf(target: EventTarget | null): Focus {
  const element = target instanceof Element ? target : null;
  const within = (selector: string) => element !== null && element.closest(selector) !== null;
  const input = element?.closest('input') ?? null;
  return {
    writes:
      (input !== null && !['range', 'checkbox', 'radio', 'file'].includes(input.type)) ||
      within('textarea, select, [contenteditable]'),
    presses: within('button, a, summary, input, [role=button], [role=tab]'),
    slides: within('input, [role=slider], [role=tablist], [role=radiogroup], media-time-range'),
  };
}
