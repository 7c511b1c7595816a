import type { Clock } from '../../store/clock';

/** Closer than this two volumes are the same: some browsers keep them with less precision than scripts do. */
const SAME = 0.001;
/** A fade goes in steps of this, ms. */
const STEP_MS = 5;

/**
 * How loud a media element plays, beside the volume that it says. While it is covered, whoever reads its `volume` reads the listener's, and
 * whoever sets it sets that; how loud it really plays is a share of it. The page's controls never see the difference.
 */
export class Loudness {
  readonly #media: HTMLMediaElement;
  readonly #clock: Clock;
  #listeners = 1;
  #share = 1;
  #expected = 1;
  #muted = false;
  #announcement: Event | null = null;
  #onchange: (() => void) | null = null;
  #cancel: () => void = () => undefined;
  readonly #heed = (event: Event) => {
    this.#heeds(event);
  };

  constructor(media: HTMLMediaElement, clock: Clock) {
    this.#media = media;
    this.#clock = clock;
  }

  /** What the listener chose, 0 to 1. */
  get volume(): number {
    return this.#onchange === null ? this.#media.volume : this.#listeners;
  }

  /**
   * From now on the element's volume is not what it says.
   *
   * @param onchange called when the listener changes the volume, or mutes
   */
  cover(onchange: () => void): void {
    const covered = this.#onchange !== null;
    this.#onchange = onchange;
    if (covered) return;
    this.#listeners = this.#media.volume;
    this.#expected = this.#listeners;
    this.#muted = this.#media.muted;
    this.#share = 1;
    Object.defineProperty(this.#media, 'volume', {
      configurable: true,
      enumerable: true,
      get: () => this.#listeners,
      set: (volume: number) => {
        this.#chosen(volume);
      },
    });
    this.#media.addEventListener('volumechange', this.#heed, { capture: true });
  }

  /** The element is as loud as it says again, at once. */
  uncover(): void {
    if (this.#onchange === null) return;
    this.#cancel();
    this.#onchange = null;
    this.#media.removeEventListener('volumechange', this.#heed, { capture: true });
    Reflect.deleteProperty(this.#media, 'volume');
    this.#media.volume = this.#listeners;
  }

  /** Makes it play at a share of the listener's volume, at the end of a fade. Whether it obeys: iOS leaves the volume to the device's buttons. */
  fade(share: number, ms: number): boolean {
    if (this.#onchange === null) return false;
    this.#cancel();
    const from = this.#share;
    const steps = Math.max(1, Math.round(ms / STEP_MS));
    const step = (n: number): void => {
      this.#plays(from + ((share - from) * n) / steps);
      if (n < steps) {
        this.#cancel = this.#clock.after(STEP_MS, () => {
          step(n + 1);
        });
      }
    };
    step(1);
    return Math.abs(this.#real - this.#expected) < SAME;
  }

  get #real(): number {
    return ownVolume(this.#media).get?.call(this.#media) as number;
  }

  #plays(share: number): void {
    this.#share = share;
    this.#expected = this.#listeners * share;
    ownVolume(this.#media).set?.call(this.#media, this.#expected);
  }

  #chosen(volume: number): void {
    // What is no volume is refused as the element itself refuses it.
    if (!(volume >= 0 && volume <= 1)) {
      ownVolume(this.#media).set?.call(this.#media, volume);
      return;
    }
    if (volume === this.#listeners) return;
    this.#listeners = volume;
    this.#plays(this.#share);
    this.#onchange?.();
    queueMicrotask(() => {
      this.#announcement = new Event('volumechange');
      this.#media.dispatchEvent(this.#announcement);
    });
  }

  #heeds(event: Event): void {
    if (event === this.#announcement) return;
    const real = this.#real;
    const changed = Math.abs(real - this.#expected) >= SAME;
    if (!changed && this.#media.muted === this.#muted) {
      event.stopImmediatePropagation();
      return;
    }
    this.#muted = this.#media.muted;
    if (changed) {
      // Not through the page: by the browser's own controls.
      this.#listeners = real;
      this.#plays(this.#share);
    }
    this.#onchange?.();
  }
}

/** The volume of all media elements, whatever one of them says. */
function ownVolume(media: HTMLMediaElement): PropertyDescriptor {
  for (let kind: unknown = Object.getPrototypeOf(media); kind !== null; kind = Object.getPrototypeOf(kind)) {
    const found = Object.getOwnPropertyDescriptor(kind, 'volume');
    if (found !== undefined) return found;
  }
  return {};
}
