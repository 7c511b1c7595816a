import { backoff } from '../store/backoff';
import type { Clock } from '../store/clock';
import { captureVoice, type CaptureProblem } from './capture';
import { Device, NOTHING_HELD, type Held } from './device';

export interface HeldVoice extends Held {
  /** As the track in use was opened, whatever was wished for. */
  readonly cancelsEcho: boolean;
  /** The device that went away by itself, while another stands in for it. */
  readonly missed: Missed | null;
}

export interface Missed {
  readonly device: string;
  readonly name: string;
}

/** A device that lasts this long works; one that ends sooner is asked for less and less often. */
const LASTS_MS = 10_000;
/** A device that was just plugged in says so several times, the first time before it can be opened. */
const SETTLES_MS = 250;
/** How often it is tried without anything having changed: half a minute in all. */
const MOST_TRIES = 6;
/** What may pass by itself. The rest is for the person, or for a plug, to mend. */
const PASSING: readonly (CaptureProblem | null)[] = ['busy', 'failed'];
/** Trying again would only make the browser ask again somebody who has said no. */
const FINAL: readonly (CaptureProblem | null)[] = ['denied', 'insecure'];

/**
 * A speaker's or interpreter's microphone. Pulled out, it takes what the system offers instead, and takes the pulled one again once it is
 * back; where nothing is to be had it waits for a plug, and tries again now and then.
 */
export class Microphone {
  readonly #clock: Clock;
  readonly #report: (held: HeldVoice) => void;
  readonly #device: Device;
  #held = NOTHING_HELD;
  #cancelsEcho: boolean;
  #missed: Missed | null = null;
  /** The one that went away: wished for again. */
  #lost: Missed | null = null;
  /** Between `open` and `close`. */
  #wanted = false;
  /** Whether one went away since the person last asked: it is for the page to bring it back. */
  #owed = false;
  #tries = 0;
  #triedAt = -Infinity;
  #since = 0;
  /** A device came or went while the browser was still answering. */
  #changed = false;
  #cancelTry: () => void = () => undefined;

  constructor(cancelsEcho: boolean, clock: Clock, report: (held: HeldVoice) => void) {
    this.#cancelsEcho = cancelsEcho;
    this.#clock = clock;
    this.#report = report;
    const follow = (held: Held) => {
      this.#held = held;
      this.#say();
    };
    this.#device = new Device('audioinput', follow, (track) => {
      this.#gone(track);
    });
  }

  /** Asked for by the person: at once, and as often as they like. */
  open(device: string | null, cancelsEcho = this.#cancelsEcho): Promise<MediaStreamTrack | null> {
    this.#wanted = true;
    this.#owed = false;
    this.#tries = 0;
    return this.#take(device, cancelsEcho, false);
  }

  close(): void {
    this.#wanted = false;
    this.#cancelTry();
    this.#lost = this.#missed = null;
    this.#device.close();
  }

  /** Devices came or went. */
  async changed(): Promise<void> {
    await this.#device.look();
    this.#changed = this.#held.opening;
    if (!this.#wanted || this.#held.opening) return;
    const back = this.#missed !== null && this.#held.choices.some(({ deviceId }) => deviceId === this.#missed?.device);
    if (this.#lacking ? !FINAL.includes(this.#held.problem) : back) this.#tryIn(Math.max(SETTLES_MS, this.#pause()));
  }

  get #lacking(): boolean {
    return this.#held.track === null;
  }

  #gone(track: MediaStreamTrack): void {
    const device = track.getSettings().deviceId ?? '';
    const lasted = this.#clock.now() - this.#since >= LASTS_MS;
    // One that comes and goes is left alone: the system may have a better one.
    this.#lost = lasted ? { device, name: track.label } : null;
    this.#missed = null;
    this.#owed = true;
    if (lasted) this.#tries = 0;
    this.#say();
    if (!this.#held.opening && this.#tries < MOST_TRIES) this.#tryIn(this.#pause());
  }

  async #take(device: string | null, cancelsEcho: boolean, byItself: boolean): Promise<MediaStreamTrack | null> {
    this.#cancelTry();
    this.#triedAt = this.#clock.now();
    const track = await this.#device.open(() => captureVoice({ device, cancelEcho: cancelsEcho }));
    if (track !== null) {
      this.#since = this.#clock.now();
      this.#cancelsEcho = cancelsEcho;
      if (!byItself || this.#lost?.device === track.getSettings().deviceId) this.#lost = null;
      this.#missed = this.#lost;
      this.#say();
    } else if (this.#owed) {
      this.#failed();
    }
    if (this.#changed) void this.changed();
    return track;
  }

  #tryAgain(): void {
    this.#tries += 1;
    // Only wished for: where it is gone, this is whatever the system offers.
    void this.#take(this.#lost?.device ?? null, this.#cancelsEcho, true);
  }

  #failed(): void {
    const { opening, problem } = this.#held;
    if (!this.#lacking || opening || !this.#wanted) return;
    // There is none: the next plug is not to wait for that.
    if (problem === 'none') this.#tries = 0;
    if (PASSING.includes(problem) && this.#tries < MOST_TRIES) this.#tryIn(this.#pause());
  }

  /** What is left of the pause after the latest try. */
  #pause(): number {
    return Math.max(0, this.#triedAt + backoff(this.#tries + 1, this.#clock.random()) - this.#clock.now());
  }

  #tryIn(ms: number): void {
    this.#cancelTry();
    this.#cancelTry = this.#clock.after(ms, () => {
      this.#tryAgain();
    });
  }

  #say(): void {
    this.#report({ ...this.#held, cancelsEcho: this.#cancelsEcho, missed: this.#missed });
  }
}
