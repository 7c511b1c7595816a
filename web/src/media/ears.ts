import { audioContext } from './listen';

/** One received track made audible, at a volume. */
class Voice {
  readonly #element = new Audio();
  #track: MediaStreamTrack | null = null;
  #gain: GainNode | null = null;
  #node: MediaStreamAudioSourceNode | null = null;

  constructor() {
    this.#element.autoplay = true;
    this.#element.setAttribute('playsinline', '');
  }

  play(track: MediaStreamTrack | null): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#node?.disconnect();
    this.#node = null;
    this.#element.srcObject = track === null ? null : new MediaStream([track]);
  }

  /** Rejects where the browser wants a gesture first. */
  async start(): Promise<void> {
    if (this.#track !== null && this.#element.paused) await this.#element.play();
  }

  /** @param volume 0 to 1 */
  set volume(volume: number) {
    this.#element.volume = volume;
    // iOS leaves the volume of an element to the person's buttons: the mix is made in the audio graph there.
    if (this.#element.volume === volume) return;
    if (this.#track !== null && this.#node === null) {
      this.#element.muted = true;
      this.#node = audioContext().createMediaStreamSource(new MediaStream([this.#track]));
      this.#gain ??= new GainNode(audioContext());
      this.#node.connect(this.#gain).connect(audioContext().destination);
    }
    if (this.#gain !== null) this.#gain.gain.value = volume;
  }
}

/** What a listener hears: the channel, and under it the original. */
export class Ears {
  readonly #channel = new Voice();
  readonly #original = new Voice();
  readonly #blocked: (blocked: boolean) => void;
  #volume = 1;
  #under = 0;
  #overInterpretation = false;

  /** @param blocked told whether the browser keeps the page silent until somebody touches it */
  constructor(blocked: (blocked: boolean) => void) {
    this.#blocked = blocked;
  }

  play(channel: MediaStreamTrack | null, original: MediaStreamTrack | null): void {
    this.#channel.play(channel);
    this.#original.play(original);
    this.#apply();
    void this.start();
  }

  /** Call again from a gesture when blocked. */
  async start(): Promise<void> {
    try {
      await Promise.all([this.#channel.start(), this.#original.start()]);
      this.#blocked(false);
    } catch (error) {
      // AbortError only says that a newer track took the place of this one.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#blocked(true);
    }
  }

  /**
   * @param volume of everything, 0 to 1
   * @param under of the original under the interpretation, 0 to 1
   * @param overInterpretation whether the channel carries an interpretation now; else the original would be heard twice
   */
  mix(volume: number, under: number, overInterpretation: boolean): void {
    this.#volume = volume;
    this.#under = under;
    this.#overInterpretation = overInterpretation;
    this.#apply();
  }

  close(): void {
    this.#channel.play(null);
    this.#original.play(null);
  }

  #apply(): void {
    this.#channel.volume = this.#volume;
    this.#original.volume = this.#overInterpretation ? this.#volume * this.#under : 0;
  }
}
