import type { Clock } from '../store/clock';

/** A loader that has asked for nothing for so long, while the player waits for it, has forgotten to. ms */
const IDLE_MS = 2_000;
/** Nothing is missing where the player has come this close to the end of what there is. s */
const AT_THE_END_S = 0.5;
/** With less than this ahead of the player it is what the player waits for. s */
const HUNGRY_S = 0.1;

type Waiter = Pick<
  HTMLMediaElement,
  'addEventListener' | 'removeEventListener' | 'readyState' | 'paused' | 'ended' | 'currentTime'
>;

/** What is loaded: picture, with or without a sound of its own, and a language. */
export type Load = 'main' | 'audio';

/** What loads into the element. */
export interface Loader {
  /** Until when there is something to be loaded, on the element's clock, s; null where that is not known. */
  readonly end: number | null;
  /** How much of it is loaded ahead of the player, s; null where there is no such thing. */
  ahead(what: Load): number | null;
  /** Begins to load anew from here, s. */
  load(from: number): void;
}

const HAVE_FUTURE_DATA = 3;

/**
 * Wakes a loader that stands still: the player waits, there is something to be played, and for two seconds nothing of what is
 * missing has been asked for. hls.js was
 * seen to do so once, in 45 changes of language on a busy machine, until the next one. A slow line is no such case: there something has been
 * asked for.
 */
export class Rouse {
  readonly #media: Waiter;
  readonly #loader: Loader;
  readonly #clock: Clock;
  readonly #askedAt = new Map<Load, number>();
  #cancel: () => void = () => undefined;
  readonly #watch = () => {
    this.#again(IDLE_MS);
  };

  constructor(media: Waiter, loader: Loader, clock: Clock) {
    this.#media = media;
    this.#loader = loader;
    this.#clock = clock;
    media.addEventListener('waiting', this.#watch);
  }

  /** The loader asked for something, or got it. */
  asked(what: Load): void {
    this.#askedAt.set(what, this.#clock.now());
  }

  close(): void {
    this.#cancel();
    this.#media.removeEventListener('waiting', this.#watch);
  }

  #again(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => {
      this.#look();
    });
  }

  #look(): void {
    const { readyState, paused, ended, currentTime } = this.#media;
    if (readyState >= HAVE_FUTURE_DATA || paused || ended) return;
    const now = this.#clock.now();
    const idle = [...this.#askedAt].filter(([what]) => (this.#loader.ahead(what) ?? Infinity) < HUNGRY_S);
    const left = Math.min(...idle.map(([, at]) => at + IDLE_MS - now));
    const { end } = this.#loader;
    if (left <= 0 && end !== null && end - currentTime > AT_THE_END_S) {
      for (const what of this.#askedAt.keys()) this.asked(what);
      this.#loader.load(currentTime);
    }
    this.#again(left > 0 && left < IDLE_MS ? left : IDLE_MS);
  }
}
