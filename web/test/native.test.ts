import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvents, Engine } from '../src/hls/engine';
import { nativeEngines, playsNatively, type NativeSound } from '../src/hls/native';
import type { Problem } from '../src/protocol/messages';
import { FakeClock, settle } from './fakes';

const STARTED_AT = Date.parse('2026-11-21T13:00:00Z');

/** The sounds of an element, as Safari has them: any of them can be on. */
class FakeSounds extends EventTarget {
  [index: number]: NativeSound;
  length = 0;

  comes(language: string, enabled = false): void {
    this[this.length] = { language, enabled };
    this.length += 1;
    this.dispatchEvent(new Event('addtrack'));
  }

  get on(): string[] {
    return Array.from<NativeSound>(this).flatMap(({ language, enabled }) => (enabled ? [language] : []));
  }
}

/** A media element that plays HLS by itself, as far as the test says. */
class FakeNative extends EventTarget {
  readonly audioTracks = new FakeSounds();
  readonly textTracks = new EventTarget();
  src = '';
  loads = 0;
  currentTime = 0;
  duration = NaN;
  error: { code: number; message: string } | null = null;
  startDate = new Date(NaN);
  end = 100;
  readonly seekable = { length: 1, start: () => 0, end: () => this.end };

  canPlayType(type: string): string {
    return type === 'application/vnd.apple.mpegurl' ? 'maybe' : '';
  }

  load(): void {
    this.loads += 1;
  }

  removeAttribute(): void {
    this.src = '';
  }

  getStartDate(): Date {
    return this.startDate;
  }

  says(event: string): void {
    this.dispatchEvent(new Event(event));
  }

  /** The first playlist is read. */
  knows(duration: number, startDate = new Date(STARTED_AT + 60_000)): void {
    this.duration = duration;
    this.startDate = startDate;
    this.says('loadedmetadata');
  }

  fails(code: number): void {
    this.error = { code, message: 'no' };
    this.says('error');
  }
}

describe('where the browser plays HLS by itself', () => {
  let media: FakeNative;
  let clock: FakeClock;
  let told: unknown[];
  let answer: Response | Error;
  let engine: Engine;

  const open = (startMs: number | null, channel: string | null = 'ja') => {
    const tell =
      (kind: string) =>
      (what: unknown): void => {
        told.push([kind, kind === 'failed' || kind === 'waiting' ? (what as Problem).type : what]);
      };
    const events = Object.fromEntries(
      ['channels', 'hears', 'anchor', 'live', 'failed', 'waiting'].map((kind) => [kind, tell(kind)]),
    ) as unknown as EngineEvents;
    const source = { url: '/hls/p/index.m3u8', token: 'secret', startedAt: STARTED_AT, channel, startMs };
    const ask = () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.clone()));
    engine = nativeEngines(clock, ask)(media as unknown as HTMLMediaElement, source, events);
  };
  const last = () => told.at(-1);

  beforeEach(() => {
    media = new FakeNative();
    clock = new FakeClock();
    told = [];
    answer = new Response('#EXTM3U');
  });

  it('is known by what the element says it can play', () => {
    expect(playsNatively(media as unknown as HTMLMediaElement)).toBe(true);
    expect(playsNatively({ canPlayType: () => '' })).toBe(false);
  });

  it('the element gets the address, and begins where it is asked to, on the recording’s clock', () => {
    open(90_000);
    expect(media.src).toBe('/hls/p/index.m3u8');
    media.says('durationchange');
    expect(told).toEqual([]);
    media.knows(3600);
    expect(told).toEqual([
      ['anchor', { mediaS: 0, recordingMs: 60_000 }],
      ['live', false],
    ]);
    expect(media.currentTime).toBe(30);
    media.says('durationchange');
    expect(told.length, 'nothing new, nothing told').toBe(2);
    expect([engine.latency, engine.livePosition]).toEqual([null, null]);
  });

  it('a live one follows its edge, and is over when it says how long it is', () => {
    open(null);
    media.knows(Infinity);
    expect(last()).toEqual(['live', true]);
    media.currentTime = 97;
    expect([engine.latency, engine.livePosition]).toEqual([3, 99.5]);
    media.duration = 120;
    media.says('durationchange');
    expect(last()).toEqual(['live', false]);
    expect(engine.livePosition).toBeNull();
  });

  it('one language is on at a time: the one wanted, as soon as it is there', () => {
    open(null);
    media.audioTracks.comes('', true);
    expect(told).toEqual([
      ['channels', ['floor']],
      ['hears', 'floor'],
    ]);
    media.audioTracks.comes('fr');
    media.audioTracks.comes('ja');
    expect(media.audioTracks.on).toEqual(['ja']);
    expect(told.slice(-2)).toEqual([
      ['channels', ['floor', 'fr', 'ja']],
      ['hears', 'ja'],
    ]);
    engine.hear('fr');
    expect(media.audioTracks.on).toEqual(['fr']);
    expect(last()).toEqual(['hears', 'fr']);
    engine.hear('de');
    expect(media.audioTracks.on, 'what is not there changes nothing').toEqual(['fr']);
  });

  it('a language chosen in the system’s own full screen is told, and left', () => {
    open(null);
    media.audioTracks.comes('', true);
    media.audioTracks.comes('fr');
    (media.audioTracks[0] as NativeSound).enabled = false;
    (media.audioTracks[1] as NativeSound).enabled = true;
    media.audioTracks.dispatchEvent(new Event('change'));
    expect(last()).toEqual(['hears', 'fr']);
    expect(media.audioTracks.on).toEqual(['fr']);
  });

  it('the playlist’s captions are left to the page', () => {
    open(null);
    const added = (id: string, kind: string) => {
      const track = { id, kind, mode: 'showing' };
      media.textTracks.dispatchEvent(Object.assign(new Event('addtrack'), { track }));
      return track.mode;
    };
    expect(added('1', 'subtitles')).toBe('disabled');
    expect(added('', 'subtitles'), 'the page’s own').toBe('showing');
    expect(added('1', 'chapters')).toBe('showing');
  });

  it('what the server refuses is told in its words', async () => {
    answer = Response.json({ type: '/problems/not-published', title: 'x', status: 403 }, { status: 403 });
    open(null);
    media.fails(4);
    await settle();
    expect(last()).toEqual(['failed', '/problems/not-published']);
  });

  it('out of reach it tries again by itself, and goes on where it was', async () => {
    open(null);
    media.knows(3600);
    media.currentTime = 42;
    answer = new TypeError('offline');
    media.fails(2);
    await settle();
    expect(last()).toEqual(['waiting', '/problems/offline']);
    const before = media.loads;
    clock.pass(2_000);
    expect(media.loads).toBe(before + 1);
    media.currentTime = 0;
    media.knows(3600);
    expect(media.currentTime).toBe(42);
  });

  it('what it cannot decode is tried three times more', async () => {
    open(null);
    for (let time = 1; time <= 4; time += 1) {
      media.fails(3);
      await settle();
      expect(last()).toEqual([time < 4 ? 'waiting' : 'failed', '/problems/cannot-play']);
      clock.pass(20_000);
    }
  });

  it('is silent once it is closed', async () => {
    open(null);
    answer = new TypeError('offline');
    media.fails(2);
    engine.close();
    await settle();
    media.knows(10);
    expect(told).toEqual([]);
    expect(media.src).toBe('');
    expect(clock.waiting).toBe(0);
  });
});
