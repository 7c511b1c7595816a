import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Bridge } from '../src/hls/bridge/bridge';
import type { Piece } from '../src/hls/bridge/pieces';
import { FakeSounds, init, loudness, playing, sound, turn } from './bridgeFakes';
import { FakeClock } from './fakes';

describe('a bridge', () => {
  let clock: FakeClock;
  let media: HTMLVideoElement;
  let sounds: FakeSounds;
  let bridge: Bridge;

  /** Lets what was promised come true. */
  const settle = () => vi.waitFor(() => Promise.resolve());
  const put = async (...pieces: Piece[]) => {
    for (const piece of pieces) {
      if (piece.kind === 'sound') sounds.duration += piece.span.end - piece.span.start;
      bridge.put(piece);
    }
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const says = (event: string) => media.dispatchEvent(new Event(event));
  const pass = (ms: number) => {
    media.currentTime += ms / 1000;
    clock.pass(ms);
  };

  beforeEach(() => {
    clock = new FakeClock();
    media = playing();
    sounds = new FakeSounds(clock);
    bridge = new Bridge(media, sounds, clock);
  });

  const cross = async () => {
    bridge.begin();
    await put(init, sound(9.9, 10.3));
    pass(10);
  };

  it('sounds the new language where the element is, in its place, until that has arrived', async () => {
    const from = clock.now() / 1000;
    await cross();
    const [voice] = sounds.voices;
    expect(voice?.played).toHaveLength(1);
    // 30 ms of the graph's latency and 10 ms of lead after the element's 10 s, which is 0.1 s into the sound.
    expect(voice?.played[0]?.when).toBeCloseTo(from + 0.01);
    expect(voice?.played[0]?.offset).toBeCloseTo(0.14);
    expect(voice?.level).toBe(1);
    expect(sounds.volume).toBe(0.6);
    expect(loudness(media)).toBe(0);

    await put(sound(10.3, 10.7));
    expect(voice?.played[1]?.when).toBeCloseTo(from + 0.01 - 0.14 + 0.4);
    expect(voice?.played[1]?.offset).toBeCloseTo(0.4);

    pass(439);
    expect(loudness(media)).toBe(0);
    pass(41);
    expect(loudness(media)).toBe(0.6);
    expect(voice).toMatchObject({ level: 0, stopped: true });
    expect(bridge.open).toBe(false);
    pass(100);
    expect(sounds.asleep).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  it('never shows the page another volume than the listener’s', async () => {
    const seen: number[] = [];
    media.addEventListener('volumechange', () => seen.push(media.volume));
    await cross();
    expect(media.volume).toBe(0.6);
    pass(1_000);
    expect(media.volume).toBe(0.6);
    expect(seen.every((volume) => volume === 0.6)).toBe(true);
    expect(Object.hasOwn(media, 'volume')).toBe(false);
  });

  it('goes on at the volume that the listener sets meanwhile, and says it', async () => {
    const seen: number[] = [];
    await cross();
    media.addEventListener('volumechange', () => seen.push(media.volume));
    media.volume = 0.3;
    await settle();
    expect(media.volume).toBe(0.3);
    expect(sounds.volume).toBe(0.3);
    expect(loudness(media)).toBe(0);
    expect(seen).toEqual([0.3]);
    expect(() => (media.volume = 2)).toThrow();
    pass(1_000);
    expect(loudness(media)).toBe(0.3);
  });

  it('goes on at the volume of the browser’s own controls', async () => {
    await cross();
    turn(media, 0.8);
    expect(media.volume).toBe(0.8);
    expect(sounds.volume).toBe(0.8);
    pass(1_000);
    expect(loudness(media)).toBe(0.8);
  });

  it('is over when the listener mutes, or turns it down to nothing', async () => {
    await cross();
    media.muted = true;
    says('volumechange');
    expect(bridge.open).toBe(false);
    expect(loudness(media)).toBe(0.6);
    media.muted = false;
    await cross();
    media.volume = 0;
    expect(bridge.open).toBe(false);
    expect(loudness(media)).toBe(0);
  });

  it.each(['pause', 'seeking', 'waiting', 'ended', 'emptied', 'error'])('is over at once at %s', async (event) => {
    await cross();
    says(event);
    expect(loudness(media)).toBe(0.6);
    expect(sounds.voices[0]).toMatchObject({ level: 0, stopped: true });
    pass(1_000);
    expect(sounds.asleep).toBe(true);
  });

  it('is over when the speed changes, and when it is closed', async () => {
    await cross();
    media.playbackRate = 1.5;
    says('ratechange');
    expect(loudness(media)).toBe(0.6);
    media.playbackRate = 1;
    await cross();
    bridge.close();
    expect(loudness(media)).toBe(0.6);
    expect(sounds.closed).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  it.each([
    ['paused', true],
    ['seeking', true],
    ['muted', true],
    ['volume', 0],
    ['readyState', 2],
    ['playbackRate', 1.25],
  ])('is not made where the element is %s: %s', async (name, value) => {
    Object.assign(media, { [name]: value });
    await cross();
    expect(bridge.open).toBe(false);
    expect(sounds.voices).toEqual([]);
  });

  it('is not made where the volume cannot be set', async () => {
    vi.spyOn(HTMLMediaElement.prototype, 'volume', 'get').mockReturnValue(1);
    await cross();
    expect(bridge.open).toBe(false);
    expect(sounds.voices).toEqual([]);
  });

  it('is not made where the graph does not run, or cannot read what is there, or reads something else', async () => {
    sounds.wakes = () => Promise.reject(new Error('no sound'));
    await cross();
    expect(bridge.open).toBe(false);
    // Never said to run: some browsers wait for another touch.
    sounds.wakes = () => new Promise(() => undefined);
    await cross();
    pass(1_000);
    expect(bridge.open).toBe(false);
    sounds.wakes = () => Promise.resolve();
    sounds.decodes = [() => Promise.reject(new Error('unreadable'))];
    await cross();
    expect(bridge.open).toBe(false);
    sounds.duration = 0.2;
    await cross();
    expect(bridge.open).toBe(false);
    expect(sounds.voices).toEqual([]);
    expect(loudness(media)).toBe(0.6);
  });

  it('gives the element back before nothing is left to be sounded, and when nothing comes at all', async () => {
    await cross();
    pass(225);
    expect(loudness(media)).toBeGreaterThan(0);
    pass(40);
    expect(loudness(media)).toBe(0.6);
    bridge.begin();
    pass(3_100);
    expect(bridge.open).toBe(false);
  });

  it('waits for what lies where the element is', async () => {
    bridge.begin();
    await put(init, sound(8, 8.4));
    expect(sounds.voices).toEqual([]);
    sounds.duration = 0;
    await put(sound(9.8, 10.2));
    expect(sounds.voices).toHaveLength(1);
    expect(loudness(media)).toBeLessThan(0.6);
  });

  it('holds the element silent longer the more often it has run dry, until it seeks', async () => {
    for (const event of ['playing', 'waiting', 'playing', 'waiting', 'waiting']) says(event);
    bridge.begin();
    await put(init, sound(9.9, 13));
    pass(1_000);
    expect(loudness(media)).toBe(0);
    pass(100);
    expect(loudness(media)).toBe(0.6);
    says('seeking');
    sounds.duration = 0;
    bridge.begin();
    await put(init, sound(11, 13));
    pass(500);
    expect(loudness(media)).toBe(0.6);
  });

  it('goes from one language to the next without the element between them', async () => {
    await cross();
    sounds.duration = 0;
    bridge.begin();
    expect(loudness(media)).toBe(0);
    await put(init, sound(9.9, 11));
    expect(sounds.voices).toHaveLength(2);
    expect(sounds.voices[0]).toMatchObject({ level: 0, stopped: true });
    expect(sounds.voices[1]?.level).toBe(1);
    pass(400);
    expect(loudness(media)).toBe(0);
    pass(100);
    expect(loudness(media)).toBe(0.6);
  });
});
