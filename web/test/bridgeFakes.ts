import type { Piece } from '../src/hls/bridge/pieces';
import type { Decoded, Sounds, Voice } from '../src/hls/bridge/sounds';
import type { FakeClock } from './fakes';

const VOLUME = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume');

/** How loud an element really plays. */
export const loudness = (media: HTMLMediaElement) => VOLUME?.get?.call(media) as number;

/** Turns it up or down by the browser's own controls. */
export function turn(media: HTMLMediaElement, volume: number): void {
  VOLUME?.set?.call(media, volume);
  media.dispatchEvent(new Event('volumechange'));
}

export const init: Piece = { kind: 'init', bytes: new Uint8Array([1]) };
export const sound = (start: number, end: number): Piece => ({
  kind: 'sound',
  bytes: new Uint8Array([2]),
  span: { start, end },
});

/** What the graph was told of one language. */
export class FakeVoice implements Voice {
  readonly played: { when: number; offset: number }[] = [];
  level = 0;
  stopped = false;

  play(_sound: Decoded, when: number, offset: number): void {
    this.played.push({ when, offset });
  }

  fade(to: number): void {
    this.level = to;
  }

  stop(): void {
    this.stopped = true;
  }
}

/** A graph that runs with the test's clock; its files last as long as the pieces that are in them said. */
export class FakeSounds implements Sounds {
  readonly voices: FakeVoice[] = [];
  readonly #clock: FakeClock;
  volume = 0;
  asleep = true;
  closed = false;
  decodes: (() => Promise<Decoded>)[] = [];
  duration = 0;
  wakes: () => Promise<void> = () => Promise.resolve();

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  async wake(): Promise<void> {
    await this.wakes();
    this.asleep = false;
  }

  decode(): Promise<Decoded> {
    return this.decodes.shift()?.() ?? Promise.resolve({ duration: this.duration });
  }

  get soonest(): number {
    return this.#clock.now() / 1000;
  }

  /** 30 ms on their way to the loudspeakers. */
  get heard(): number {
    return this.soonest - 0.03;
  }

  voice(): Voice {
    const voice = new FakeVoice();
    this.voices.push(voice);
    return voice;
  }

  sleep(): void {
    this.asleep = true;
  }

  close(): void {
    this.closed = true;
  }
}

/** A media element that plays, at 10 s. */
export function playing(): HTMLVideoElement {
  const media = document.createElement('video');
  const state = { paused: false, seeking: false, readyState: 4, currentTime: 10, playbackRate: 1 };
  for (const [name, value] of Object.entries(state)) {
    Object.defineProperty(media, name, { value, writable: true, configurable: true });
  }
  media.volume = 0.6;
  return media;
}
