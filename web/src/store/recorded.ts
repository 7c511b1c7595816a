import type { Hearing, Kind } from '../protocol/messages';
import type { Chapter, Recording, TimelineEntry } from '../protocol/recordings';
import type { Cue } from '../hls/vtt';

/** Part of a recording, ms since its first second. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** What a channel carries during a part of the recording. */
export interface Carried extends Span {
  kind: Kind;
  language: string | null;
  booth: string | null;
}

/** The chapter playing at a moment: the latest that has begun. */
export function chapterAt(chapters: readonly Chapter[], ms: number): Chapter | null {
  return chapters.findLast(({ startMs, endMs }) => startMs <= ms && ms < endMs) ?? null;
}

/** The channels in the order of the buttons: the original, then the languages. */
export function channelsOf({ tracks }: Recording): string[] {
  return tracks.filter(({ kind }) => kind === 'audio').map(({ track }) => track);
}

/** What one channel carries, from the first second to the last; silence where nothing was said of it. */
export function lane(timeline: readonly TimelineEntry[], channel: string, durationMs: number): Carried[] {
  const silence = (startMs: number, endMs: number): Carried => ({
    startMs,
    endMs,
    kind: 'silence',
    language: null,
    booth: null,
  });
  const spans: Carried[] = [];
  let at = 0;
  const entries = timeline.filter((entry) => entry.channel === channel).sort((a, b) => a.startMs - b.startMs);
  for (const { startMs, endMs, kind, language, booth } of entries) {
    const from = Math.max(at, startMs);
    const until = Math.min(durationMs, endMs);
    if (until <= from) continue;
    if (from > at) spans.push(silence(at, from));
    spans.push({ startMs: from, endMs: until, kind, language: language ?? null, booth: booth ?? null });
    at = until;
  }
  if (at < durationMs) spans.push(silence(at, durationMs));
  return spans;
}

/** What is heard on a channel at a moment, in the terms of a live session. */
export function hearingAt(timeline: readonly TimelineEntry[], channel: string, ms: number): Hearing {
  // While live the server says what is later than what is heard: the latest that has begun.
  const entry = timeline
    .filter((one) => one.channel === channel && one.startMs <= ms)
    .reduce<TimelineEntry | null>((last, one) => (last === null || one.startMs >= last.startMs ? one : last), null);
  const usual = { type: 'hearing', connection: '', channel, withoutYou: false, quality: 'floor' } as const;
  if (entry === null || entry.kind === 'silence') {
    return { ...usual, kind: 'silence', language: null, why: 'nobody', booth: null };
  }
  const { kind } = entry;
  const [language, booth] = [entry.language ?? null, entry.booth ?? null];
  if (kind === 'interpretation') return { ...usual, kind, language, booth, why: 'interpreter' };
  const why = channel === 'floor' || channel === language ? 'floor' : 'uninterpreted';
  return { ...usual, kind, language, booth: null, why };
}

/** A picture shown beside the main one. */
export type Beside = 'slides' | 'sign';

/** The pictures there is ever anything to see of beside the main one. */
export function besideOf({ tracks }: Recording): Beside[] {
  return (['slides', 'sign'] as const).filter((name) =>
    tracks.some(({ track, shown }) => track === name && (shown?.length ?? 0) > 0),
  );
}

/** Those of which there is something to see at a moment. */
export function besideAt(recording: Recording, ms: number): Beside[] {
  const { state, durationMs, tracks } = recording;
  // While live one may be later than what the server said last: what had not ended then goes on.
  const until = (endMs: number) => (state === 'live' && endMs >= durationMs ? Infinity : endMs);
  return besideOf(recording).filter((name) =>
    tracks.some(
      ({ track, shown }) =>
        track === name && shown?.some(({ startMs, endMs }) => startMs <= ms && ms < until(endMs)) === true,
    ),
  );
}

/** The part that is shown: what was trimmed away is left out. */
export function shownSpan({ trim, durationMs }: Recording): Span {
  return trim ?? { startMs: 0, endMs: durationMs };
}

/** Something found: a chapter, or a caption in a language. */
export interface Found {
  atMs: number;
  text: string;
  language: string | null;
  kind: 'chapter' | 'caption';
}

/** The most that is shown of what was found. */
export const FOUND_AT_MOST = 100;

/** Chapters and captions that hold all the words, in the order of time. Case, accents and width do not matter. */
export function find(
  query: string,
  chapters: readonly Chapter[],
  captions: ReadonlyMap<string, readonly Cue[]>,
): Found[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const holds = (text: string) => {
    const plain = folded(text);
    return words.every((word) => plain.includes(word));
  };
  const found: Found[] = [];
  for (const { startMs, title, speaker } of chapters) {
    const titles = Object.entries(title ?? { '': speaker ?? '' });
    const match = titles.find(([, text]) => holds(`${text} ${speaker ?? ''}`));
    if (match !== undefined)
      found.push({ atMs: startMs, text: match[1], language: match[0] === '' ? null : match[0], kind: 'chapter' });
  }
  for (const [language, cues] of captions) {
    for (const { startMs, text } of cues) {
      if (holds(text)) found.push({ atMs: startMs, text, language, kind: 'caption' });
    }
  }
  return found.sort((a, b) => a.atMs - b.atMs).slice(0, FOUND_AT_MOST);
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

/** A moment in an address: `#t=1:02:03`, `#t=62.5`; null where there is none. */
export function momentOf(hash: string): number | null {
  const text = new URLSearchParams(hash.replace(/^#/, '')).get('t');
  if (text === null || !/^(\d{1,3}:)?(\d{1,3}:)?\d{1,6}(\.\d{1,3})?$/.test(text)) return null;
  const seconds = text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000);
}

/** The address of a moment, without the token that may have led here. */
export function linkTo(href: string, ms: number): string {
  const url = new URL(href);
  url.hash = `t=${String(Math.max(0, Math.floor(ms / 1000)))}`;
  return url.href;
}
