import { beforeEach, describe, expect, it } from 'vitest';
import { anchorOf, toMedia, toRecording } from '../src/hls/anchor';
import { channelOf } from '../src/hls/channel';
import { Companion } from '../src/hls/companion';
import type { EngineEvents, OpenEngine, Source } from '../src/hls/engine';
import { Playback, type Player } from '../src/hls/playback';
import { CLOSE_MS, correction, JUMP_MS } from '../src/hls/step';
import { FakeClock } from './fakes';

/** A media element whose state the test decides. */
class FakePlayer extends EventTarget {
  currentTime = 0;
  paused = true;
  ended = false;
  playbackRate = 1;
  volume = 1;
  muted = false;
  readyState = 4;
  duration = 100;
  end = 100;
  refuses = false;
  readonly seekable = { length: 1, start: () => 0, end: () => this.end };

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException('touch me', 'NotAllowedError'));
    this.paused = false;
    this.says('play');
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    this.says('pause');
  }

  says(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

/** An engine that does nothing but remember, and tells what the test says. */
class FakeEngine {
  events!: EngineEvents;
  following: boolean[] = [];
  wanted: string[] = [];
  latency: number | null = null;
  livePosition: number | null = null;
  closed = false;

  readonly open: OpenEngine = (_media, _source, events) => {
    this.events = events;
    return this;
  };

  hear(channel: string): void {
    this.wanted.push(channel);
  }

  follow(following: boolean): void {
    this.following.push(following);
  }

  retry(): void {
    this.closed = false;
  }

  close(): void {
    this.closed = true;
  }
}

const SOURCE: Source = { url: '/hls/p/index.m3u8', token: null, startedAt: 0, channel: 'fr', startMs: null };
const asPlayer = (player: FakePlayer) => player as unknown as Player;

describe('the two clocks', () => {
  it('are laid over each other by the playlist’s dates', () => {
    const startedAt = Date.parse('2026-11-21T13:00:00Z');
    const anchor = anchorOf(
      [
        { start: 0, programDateTime: null },
        { start: 4, programDateTime: startedAt + 64_000 },
      ],
      startedAt,
    );
    expect(anchor).toEqual({ mediaS: 4, recordingMs: 64_000 });
    expect(anchor === null ? null : toRecording(anchor, 10)).toBe(70_000);
    expect(anchor === null ? null : toMedia(anchor, 70_000)).toBe(10);
    expect(anchorOf([{ start: 0, programDateTime: null }], 0)).toBeNull();
  });
});

describe('the channel of a rendition', () => {
  it('is the folder of its playlist', () => {
    expect(channelOf('/hls/plenary/fr/index.m3u8?t=a/b')).toBe('fr');
    expect(channelOf('https://k.example/a/floor/index.m3u8#x')).toBe('floor');
    expect(channelOf('index.m3u8')).toBe('');
    expect(channelOf('/hls/p/%E0%/index.m3u8')).toBe('%E0%');
  });
});

describe('a playback', () => {
  let player: FakePlayer;
  let engine: FakeEngine;
  let playback: Playback;

  beforeEach(() => {
    player = new FakePlayer();
    engine = new FakeEngine();
    playback = new Playback(asPlayer(player), SOURCE, engine.open);
    engine.events.anchor({ mediaS: 0, recordingMs: 10_000 });
    engine.events.live(true);
  });

  it('tells times on the recording’s clock', () => {
    player.currentTime = 5;
    player.says('timeupdate');
    expect(playback.store.state).toMatchObject({ positionMs: 15_000, startMs: 10_000, endMs: 110_000, live: true });
  });

  it('is held to the live edge until somebody rewinds, and again when they come back', () => {
    engine.livePosition = 98;
    expect(playback.store.state.following).toBe(true);
    playback.seek(10_000);
    expect(player.currentTime).toBeCloseTo(0, 1);
    expect(engine.following).toEqual([false]);
    expect(playback.store.state.following).toBe(false);
    playback.seek(109_500);
    expect(player.currentTime).toBe(98);
    expect(engine.following).toEqual([false, true]);
    expect(playback.store.state).toMatchObject({ following: true, paused: false });
  });

  it('is not dragged to the edge after a pause', () => {
    void playback.play();
    playback.pause();
    expect(engine.following).toEqual([false]);
    expect(playback.store.state).toMatchObject({ paused: true, following: false });
  });

  it('seeks no further than what is there', () => {
    engine.events.live(false);
    playback.seek(999_999);
    expect(player.currentTime).toBeCloseTo(99.95);
    playback.seek(-5);
    expect(player.currentTime).toBeCloseTo(0, 1);
  });

  it('never lands before the first fragment: hls.js would jump from there to the live edge', () => {
    engine.events.anchor({ mediaS: 0.2, recordingMs: 10_000 });
    playback.seek(0);
    expect(player.currentTime).toBeGreaterThan(0.2);
    player.currentTime = 0;
    player.says('seeking');
    expect(player.currentTime).toBeGreaterThan(0.2);
  });

  it('stays where the player’s own timeline was moved to', () => {
    engine.livePosition = 98;
    player.currentTime = 97;
    player.says('seeking');
    expect(playback.store.state.following).toBe(true);
    player.currentTime = 40;
    player.says('seeking');
    expect(engine.following).toEqual([false]);
    expect(playback.store.state.following).toBe(false);
  });

  it('becomes a replay by itself when the playlist ends', () => {
    engine.latency = 1.4;
    player.says('timeupdate');
    expect(playback.store.state.latency).toBe(1.4);
    engine.latency = null;
    engine.events.live(false);
    expect(playback.store.state).toMatchObject({ live: false, following: false, latency: null });
  });

  it('shows the language that is heard, not the one asked for', () => {
    engine.events.channels(['floor', 'fr', 'ja']);
    engine.events.hears('fr');
    playback.hear('ja');
    expect(engine.wanted).toEqual(['ja']);
    expect(playback.store.state.channel).toBe('fr');
    engine.events.hears('ja');
    expect(playback.store.state.channel).toBe('ja');
  });

  it('says when the browser wants a touch, when it waits and when it cannot go on', async () => {
    player.refuses = true;
    await playback.play();
    expect(playback.store.state.blocked).toBe(true);
    player.refuses = false;
    await playback.play();
    expect(playback.store.state.blocked).toBe(false);
    player.readyState = 2;
    player.says('waiting');
    expect(playback.store.state.stalled).toBe(true);
    engine.events.waiting({ type: '/problems/offline', title: '', status: 0 });
    expect(playback.store.state).toMatchObject({ phase: 'ready', problem: { type: '/problems/offline' } });
    player.readyState = 4;
    player.says('playing');
    expect(playback.store.state).toMatchObject({ stalled: false, problem: null });
    engine.events.failed({ type: '/problems/not-published', title: '', status: 403 });
    expect(playback.store.state.phase).toBe('failed');
  });

  it('lets go of everything', () => {
    playback.close();
    expect(engine.closed).toBe(true);
    player.currentTime = 7;
    player.says('timeupdate');
    expect(playback.store.state.positionMs).toBe(10_000);
  });
});

describe('keeping step', () => {
  it('jumps over what is far, makes up what is near by pace, and leaves alone what is close', () => {
    expect(correction({ at: 10_000, rate: 1, ownAt: 10_000 - JUMP_MS - 1 })).toEqual({ seekTo: 10_000 });
    expect(correction({ at: 10_000, rate: 1.5, ownAt: 10_000 + CLOSE_MS })).toEqual({ rate: 1.5 });
    const behind = correction({ at: 10_000, rate: 1, ownAt: 9_850 });
    const ahead = correction({ at: 10_000, rate: 1, ownAt: 10_150 });
    expect('rate' in behind && behind.rate).toBeCloseTo(1.1);
    expect('rate' in ahead && ahead.rate).toBeCloseTo(0.9);
  });

  it('holds for any drift: the pace always closes it and never by more than an eighth', () => {
    for (let drift = -JUMP_MS; drift <= JUMP_MS; drift += 7) {
      const done = correction({ at: 50_000, rate: 2, ownAt: 50_000 - drift });
      if (!('rate' in done)) continue;
      expect(Math.abs(done.rate / 2 - 1)).toBeLessThanOrEqual(0.125);
      if (Math.abs(drift) > CLOSE_MS) expect(Math.sign(done.rate - 2)).toBe(Math.sign(drift));
    }
  });

  it('follows place, pace and pause of the main picture', () => {
    const clock = new FakeClock();
    const [mainPlayer, slidesPlayer] = [new FakePlayer(), new FakePlayer()];
    const [mainEngine, slidesEngine] = [new FakeEngine(), new FakeEngine()];
    const main = new Playback(asPlayer(mainPlayer), SOURCE, mainEngine.open);
    mainEngine.events.anchor({ mediaS: 0, recordingMs: 0 });
    mainEngine.events.live(false);
    let shown = false;
    const slides = new Companion(asPlayer(slidesPlayer), SOURCE, main, slidesEngine.open, clock, (is) => (shown = is));
    slidesEngine.events.anchor({ mediaS: 0, recordingMs: -2_000 });
    expect(slidesEngine.following).toEqual([false]);
    expect(shown).toBe(true);

    void main.play();
    clock.pass(250);
    expect(slidesPlayer.paused).toBe(false);
    expect(slidesPlayer.currentTime).toBe(2);

    mainPlayer.currentTime = 50;
    mainPlayer.says('seeking');
    expect(slidesPlayer.currentTime).toBe(52);

    mainPlayer.currentTime = 50.2;
    clock.pass(250);
    expect(slidesPlayer.playbackRate).toBeCloseTo(1.12);
    slidesPlayer.currentTime = 52.2;
    clock.pass(250);
    expect(slidesPlayer.playbackRate).toBe(1);

    main.pause();
    expect(slidesPlayer.paused).toBe(true);
    slides.close();
    expect(clock.waiting).toBe(0);
    expect(slidesEngine.closed).toBe(true);
  });
});
