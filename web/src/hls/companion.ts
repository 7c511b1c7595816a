import type { Clock } from '../store/clock';
import { toMedia, toRecording, type Anchor } from './anchor';
import type { Engine, OpenEngine, Source } from './engine';
import type { Playback, Player } from './playback';
import { correction } from './step';

const EVERY_MS = 250;
/** After a jump the player is given this long to load before it is corrected again, ms. */
const AFTER_JUMP_MS = 1_200;

/** A second picture (slides, sign) kept in step with the main one: place, pace and pause. It has no sound. */
export class Companion {
  readonly #media: Player;
  readonly #main: Playback;
  readonly #clock: Clock;
  readonly #engine: Engine;
  readonly #leave: () => void;
  readonly #shown: (shown: boolean) => void;
  #anchor: Anchor | null = null;
  #patientUntil = 0;
  #cancel: () => void = () => undefined;

  /** @param shown told whether there is anything to see */
  constructor(
    media: Player,
    source: Source,
    main: Playback,
    open: OpenEngine,
    clock: Clock,
    shown: (shown: boolean) => void,
  ) {
    this.#media = media;
    this.#main = main;
    this.#clock = clock;
    this.#shown = shown;
    this.#engine = open(media as HTMLMediaElement, source, {
      channels: () => undefined,
      hears: () => undefined,
      anchor: (anchor) => {
        this.#anchor = anchor;
        this.#keepStep();
      },
      live: () => undefined,
      waiting: () => undefined,
      failed: () => {
        this.#shown(false);
      },
    });
    // The main player leads: this one is never brought to the live edge by itself.
    this.#engine.follow(false);
    let { paused, positionMs } = main.store.state;
    this.#leave = main.store.follow((playing) => {
      const jumped = Math.abs(playing.positionMs - positionMs) > 1000;
      if (jumped) this.#patientUntil = 0;
      if (jumped || playing.paused !== paused) this.#keepStep();
      ({ paused, positionMs } = playing);
    });
    this.#tick();
  }

  close(): void {
    this.#cancel();
    this.#leave();
    this.#engine.close();
  }

  #tick(): void {
    this.#cancel = this.#clock.after(EVERY_MS, () => {
      this.#keepStep();
      this.#tick();
    });
  }

  #keepStep(): void {
    const media = this.#media;
    const main = this.#main.store.state;
    const { anchor } = main;
    if (anchor === null || this.#anchor === null) return;
    this.#shown(media.readyState >= 2);
    const still = main.paused || main.stalled;
    if (still && !media.paused) media.pause();
    // What plays here is silent: no browser minds.
    if (!still && media.paused) void media.play().catch(() => undefined);
    const at = toRecording(anchor, this.#main.media.currentTime);
    const ownAt = toRecording(this.#anchor, media.currentTime);
    const done = correction({ at, rate: this.#main.media.playbackRate, ownAt });
    if ('rate' in done) {
      if (Math.abs(media.playbackRate - done.rate) > 0.005) media.playbackRate = done.rate;
      return;
    }
    const now = this.#clock.now();
    if (now < this.#patientUntil) return;
    this.#patientUntil = now + AFTER_JUMP_MS;
    media.currentTime = Math.max(0, toMedia(this.#anchor, done.seekTo));
  }
}
