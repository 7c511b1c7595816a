import { describe, expect, it } from 'vitest';
import type { Chapter, Recording, TimelineEntry } from '../src/protocol/recordings';
import {
  besideAt,
  besideOf,
  chapterAt,
  find,
  FOUND_AT_MOST,
  hearingAt,
  lane,
  linkTo,
  momentOf,
  shownSpan,
} from '../src/store/recorded';
import { asSent, moved, SHORTEST_MS, stepped } from '../src/store/trim';

const chapter = (id: string, startMs: number, endMs: number, more: Partial<Chapter> = {}): Chapter => ({
  id,
  startMs,
  endMs,
  kind: 'speaker',
  title: null,
  renamed: false,
  speaker: 'Mme Martin',
  language: 'fr',
  ...more,
});
const entry = (channel: string, startMs: number, endMs: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  channel,
  startMs,
  endMs,
  kind: 'interpretation',
  language: channel,
  booth: 'fr-ja',
  ...more,
});

describe('a recording', () => {
  it('is in the latest chapter that has begun and not ended', () => {
    const chapters = [chapter('a', 0, 100), chapter('b', 50, 80), chapter('c', 200, 300)];
    expect(chapterAt(chapters, 60)?.id).toBe('b');
    expect(chapterAt(chapters, 90)?.id).toBe('a');
    expect(chapterAt(chapters, 150)).toBeNull();
  });

  it('has lanes without holes: silence is where nothing is told', () => {
    const timeline = [entry('ja', 500, 700), entry('ja', 100, 200), entry('fr', 0, 1000), entry('ja', 650, 2000)];
    const spans = lane(timeline, 'ja', 1000);
    expect(spans.map(({ startMs, endMs, kind }) => [startMs, endMs, kind])).toEqual([
      [0, 100, 'silence'],
      [100, 200, 'interpretation'],
      [200, 500, 'silence'],
      [500, 700, 'interpretation'],
      [700, 1000, 'interpretation'],
    ]);
    expect(lane([], 'ja', 1000)).toEqual([{ startMs: 0, endMs: 1000, kind: 'silence', language: null, booth: null }]);
    expect(lane(timeline, 'ja', 0)).toEqual([]);
  });

  it('shows slides and sign language only while there is something to see', () => {
    const track = (name: string, shown: { startMs: number; endMs: number }[] | null) =>
      ({ track: name, kind: 'video', language: null, shown }) as const;
    const over = {
      state: 'ended',
      durationMs: 1000,
      tracks: [
        track('picture', null),
        track('sign', []),
        track('slides', [
          { startMs: 100, endMs: 200 },
          { startMs: 500, endMs: 1000 },
        ]),
      ],
    } as unknown as Recording;
    expect(besideOf(over)).toEqual(['slides']);
    expect([50, 100, 200, 999, 1000].map((ms) => besideAt(over, ms).length)).toEqual([0, 1, 0, 1, 0]);
    const live: Recording = { ...over, state: 'live' };
    expect([200, 1000, 4000].map((ms) => besideAt(live, ms).length)).toEqual([0, 1, 1]);
  });

  it('says what is heard as a live session does', () => {
    const timeline = [
      entry('ja', 0, 100, { kind: 'silence', language: null, booth: null }),
      entry('ja', 100, 200),
      entry('ja', 200, 300, { kind: 'original', language: 'fr', booth: null }),
      entry('fr', 0, 300, { kind: 'original', language: 'fr', booth: null }),
    ];
    expect(hearingAt(timeline, 'ja', 50)).toMatchObject({ kind: 'silence', why: 'nobody' });
    expect(hearingAt(timeline, 'ja', 150)).toMatchObject({
      kind: 'interpretation',
      why: 'interpreter',
      booth: 'fr-ja',
    });
    expect(hearingAt(timeline, 'ja', 250)).toMatchObject({ kind: 'original', why: 'uninterpreted', language: 'fr' });
    expect(hearingAt(timeline, 'fr', 250)).toMatchObject({ kind: 'original', why: 'floor' });
    expect(hearingAt(timeline, 'en', 250)).toMatchObject({ kind: 'silence' });
  });

  it('shows all of it where nothing is trimmed', () => {
    const recording = { trim: null, durationMs: 900 } as Recording;
    expect(shownSpan(recording)).toEqual({ startMs: 0, endMs: 900 });
    expect(shownSpan({ ...recording, trim: { startMs: 10, endMs: 90 } })).toEqual({ startMs: 10, endMs: 90 });
  });
});

describe('the search', () => {
  const chapters = [
    chapter('a', 0, 10, { title: { fr: 'L’économie régionale', ja: '地域経済' } }),
    chapter('b', 10, 20),
  ];
  const captions = new Map([
    ['fr', [{ startMs: 5, endMs: 6, text: 'Les écoles de Niigata' }]],
    ['ja', [{ startMs: 2, endMs: 3, text: 'ＮＩＩＧＡＴＡの学校' }]],
  ]);

  it('minds neither case, accents nor width, and wants all the words', () => {
    expect(find('niigata', chapters, captions).map(({ atMs }) => atMs)).toEqual([2, 5]);
    expect(find('ECOLES niigata', chapters, captions).map(({ atMs }) => atMs)).toEqual([5]);
    expect(find('地域', chapters, captions)).toMatchObject([{ atMs: 0, kind: 'chapter', language: 'ja' }]);
    expect(find('martin', chapters, captions)).toHaveLength(2);
  });

  it('finds nothing for nothing, and not too much', () => {
    expect(find('  ', chapters, captions)).toEqual([]);
    const many = new Map([
      ['fr', Array.from({ length: 300 }, (_, i) => ({ startMs: i, endMs: i + 1, text: 'bonjour' }))],
    ]);
    expect(find('bonjour', [], many)).toHaveLength(FOUND_AT_MOST);
  });
});

describe('a moment in an address', () => {
  it('is read as seconds, minutes or hours', () => {
    expect(momentOf('#t=62.5')).toBe(62_500);
    expect(momentOf('#t=1:02:03')).toBe(3_723_000);
    expect(momentOf('#t=5:07')).toBe(307_000);
    for (const wrong of ['', '#', '#t=', '#t=abc', '#t=-3', '#t=1e9', '#token=t']) expect(momentOf(wrong)).toBeNull();
  });

  it('is written without the token that led there', () => {
    expect(linkTo('https://k.example/replay/plenary#token=secret', 61_900)).toBe(
      'https://k.example/replay/plenary#t=61',
    );
  });
});

describe('trimming', () => {
  const trim = { startMs: 10_000, endMs: 50_000 };

  it('never crosses the other handle, nor the ends', () => {
    expect(moved(trim, 'start', 60_000, 60_000)).toEqual({ startMs: 50_000 - SHORTEST_MS, endMs: 50_000 });
    expect(moved(trim, 'end', 0, 60_000)).toEqual({ startMs: 10_000, endMs: 10_000 + SHORTEST_MS });
    expect(moved(trim, 'start', -5, 60_000).startMs).toBe(0);
    expect(moved(trim, 'end', 90_000, 60_000).endMs).toBe(60_000);
  });

  it('works by keys', () => {
    expect(stepped(trim, 'start', 'ArrowRight', false, 60_000)?.startMs).toBe(11_000);
    expect(stepped(trim, 'start', 'ArrowLeft', true, 60_000)?.startMs).toBe(9_900);
    expect(stepped(trim, 'end', 'Home', false, 60_000)?.endMs).toBe(11_000);
    expect(stepped(trim, 'end', 'PageUp', false, 60_000)?.endMs).toBe(60_000);
    expect(stepped(trim, 'end', 'x', false, 60_000)).toBeNull();
  });

  it('sends nothing where nothing is trimmed', () => {
    expect(asSent({ startMs: 0, endMs: 60_000 }, 60_000)).toBeNull();
    expect(asSent(trim, 60_000)).toEqual(trim);
  });
});
