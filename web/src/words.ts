import type { Localized } from './protocol/messages';

/** A piece of text and the language it is in. */
export interface Foreign {
  text: string;
  lang: string;
}

/** The version of a text for a reader of `locale`: theirs, else English, else the first there is. */
export function localized(text: Localized, locale: string): Foreign {
  const lang = [locale, 'en', ...Object.keys(text)].find((tag) => text[tag] !== undefined && text[tag] !== '');
  return lang === undefined ? { text: '', lang: locale } : { text: text[lang] ?? '', lang };
}

/** A language written in itself: Français, 日本語, English. */
export function autonym(tag: string): string {
  return nameOf(tag, tag);
}

/** A language written in the reader's: for sentences. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function nameOf(tag: string, locale: string): string {
  const name = languageName(tag, locale);
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** 14:00, in a zone; with seconds for a working clock. */
export function timeIn(zone: string, at: number, locale: string, seconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);
}

/** Saturday 21 November, in a zone. */
export function dayIn(zone: string, at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at);
}

/** 1:05 or 1:02:03, for a duration in ms. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds % 60)}`
    : `${String(minutes)}:${two(seconds % 60)}`;
}

/** Two letters to stand for a face: 田中, MM. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => !/^(mme|m|mr|mrs|ms|dr|mlle)\.?$/i.test(word));
  // A Japanese family name is two characters as a rule, and comes first.
  if (/\p{Script=Han}|\p{Script=Kana}/u.test(name)) return [...(words[0] ?? name)].slice(0, 2).join('');
  const letters = words.length > 1 ? words.map((word) => [...word][0] ?? '') : [...(words[0] ?? name)];
  return letters.slice(0, 2).join('').toLocaleUpperCase();
}
