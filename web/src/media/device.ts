import { devices, release, type Captured, type CaptureProblem } from './capture';

/** What a page has of a device: the track that really runs, or why there is none. */
export interface Held {
  readonly track: MediaStreamTrack | null;
  readonly problem: CaptureProblem | null;
  /** Whether the browser, or the person, still has to answer. */
  readonly opening: boolean;
  readonly choices: readonly MediaDeviceInfo[];
}

export const NOTHING_HELD: Held = { track: null, problem: null, opening: false, choices: [] };

/** One microphone or camera, held until it is closed or pulled out. Of several that are asked for, the latest wins. */
export class Device {
  readonly #kind: 'audioinput' | 'videoinput';
  readonly #report: (held: Held) => void;
  readonly #gone: (track: MediaStreamTrack) => void;
  #held = NOTHING_HELD;
  #stream: MediaStream | null = null;
  /** Counts what was asked and closed: an answer to anything but the latest comes too late. */
  #latest = 0;

  /** @param gone told when the track in use has ended by itself: unplugged, or taken back by the system */
  constructor(
    kind: 'audioinput' | 'videoinput',
    report: (held: Held) => void,
    gone: (track: MediaStreamTrack) => void = () => undefined,
  ) {
    this.#kind = kind;
    this.#report = report;
    this.#gone = gone;
  }

  get held(): Held {
    return this.#held;
  }

  /** The track in use goes on until the next one is there, and where there is no next one. Null where this one did not come to be used. */
  async open(ask: () => Promise<Captured>): Promise<MediaStreamTrack | null> {
    this.#latest += 1;
    const turn = this.#latest;
    this.#say({ opening: true });
    const { stream, problem } = await ask();
    if (turn !== this.#latest) {
      release(stream);
      return null;
    }
    if (stream === null) {
      this.#say({ problem, opening: false });
      void this.look();
      return null;
    }
    release(this.#stream);
    const [track = null] = stream.getTracks();
    this.#stream = stream;
    track?.addEventListener('ended', () => {
      this.#end(track);
    });
    this.#say({ track, problem: null, opening: false });
    void this.look();
    return track;
  }

  /** Lets go of the device, so that its lamp goes out; also of one that is still to come. */
  close(): void {
    this.#latest += 1;
    release(this.#stream);
    this.#stream = null;
    this.#say({ track: null, opening: false });
  }

  /** Looks which devices there are now. */
  async look(): Promise<void> {
    this.#say({ choices: await devices(this.#kind) });
  }

  #end(track: MediaStreamTrack): void {
    if (track !== this.#held.track) return;
    release(this.#stream);
    this.#stream = null;
    this.#say({ track: null, problem: 'lost' });
    this.#gone(track);
  }

  #say(news: Partial<Held>): void {
    this.#held = { ...this.#held, ...news };
    this.#report(this.#held);
  }
}
