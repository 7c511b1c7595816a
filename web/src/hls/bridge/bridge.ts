import type { Clock } from '../../store/clock';
import { Loudness } from './loudness';
import { Pieces, type Piece } from './pieces';
import type { Decoded, Sounds, Voice } from './sounds';
import { entry, holdMs, type Span } from './timing';

/** One sound gives way to another without a click, ms. */
const FADE_MS = 10;
/** The way back to the element, which plays the same by then, ms. */
const BACK_MS = 40;
/** From now until the graph plays what it is told to: some of its blocks of 128 samples. s */
const LEAD_S = 0.01;
/** Without a byte of the new language after this long there is nothing to bridge. ms */
const PATIENCE_MS = 3_000;
/** What is faded out is over by then; then the graph rests. ms */
const REST_MS = 100;
/** A decoder that leaves out more than this of a sound, or adds it, does not say where; s */
const TRIMMED_S = 0.03;
const HAVE_FUTURE_DATA = 3;
/** Speeds this close to 1 are not heard as another pitch. */
const AT_LIFES_SPEED = 0.01;

const OVER = ['pause', 'seeking', 'ended', 'emptied', 'error'] as const;

/** What the graph plays of one language. */
interface Sounding {
  readonly voice: Voice;
  /** Where its first sample lies on the graph's clock, s. */
  readonly start: number;
  /** How much of it has been given to the graph, s. */
  given: number;
}

/** A language that is being changed to. */
interface Crossing {
  readonly pieces: Pieces;
  /** When its first sound was put into the element, ms. */
  putAt: number | null;
  decoding: boolean;
  more: boolean;
  sounding: Sounding | null;
}

/**
 * Makes another language heard at once, while the element still plays out what it had decoded of the old one: an audio graph plays what is put
 * into the element, at the place where the element is, and the element is silent until it has arrived in the new language itself.
 *
 * Whatever happens meanwhile, the element has its volume back; and where anything is missing it is simply left alone.
 */
export class Bridge {
  readonly #media: HTMLMediaElement;
  readonly #sounds: Sounds;
  readonly #clock: Clock;
  readonly #loudness: Loudness;
  readonly #listening = new AbortController();
  #crossing: Crossing | null = null;
  /** Of this language, or still of the one before it. */
  #sounding: Sounding | null = null;
  #awake: Promise<void> = Promise.resolve();
  #plays = false;
  #stalls = 0;
  #cancel: () => void = () => undefined;

  constructor(media: HTMLMediaElement, sounds: Sounds, clock: Clock) {
    this.#media = media;
    this.#sounds = sounds;
    this.#clock = clock;
    this.#loudness = new Loudness(media, clock);
    for (const event of OVER) {
      this.#on(event, () => {
        this.end();
      });
    }
    this.#on('playing', () => (this.#plays = true));
    this.#on('seeking', () => {
      this.#plays = false;
      this.#stalls = 0;
    });
    this.#on('waiting', () => {
      if (this.#plays) this.#stalls += 1;
      this.#plays = false;
      this.end();
    });
    this.#on('ratechange', () => {
      if (this.#crossing !== null && !this.#atLifesSpeed) this.end();
    });
  }

  /** Between a change of language and the element's being heard again. */
  get open(): boolean {
    return this.#crossing !== null;
  }

  /** Another language is going to be put into the element: within the gesture that asked for it. */
  begin(): void {
    const { paused, seeking, muted, volume, readyState } = this.#media;
    const silent = paused || seeking || muted || volume === 0 || readyState < HAVE_FUTURE_DATA;
    if (silent || !this.#atLifesSpeed) {
      this.end();
      return;
    }
    const crossing: Crossing = { pieces: new Pieces(), putAt: null, decoding: false, more: false, sounding: null };
    this.#crossing = crossing;
    this.#arm(crossing);
    this.#awake = this.#sounds.wake();
    // No audio graph in this browser, or none at this rate.
    this.#awake.catch(() => {
      if (this.#crossing === crossing) this.end();
    });
  }

  /** Something is put into the element's audio buffer. */
  put(piece: Piece): void {
    const crossing = this.#crossing;
    if (crossing === null || this.#reaches(crossing)) return;
    const { pieces, sounding } = crossing;
    if (!pieces.add(piece)) {
      // Not before it sounds is there anything to be continued: a playlist that is out of date begins with what is past.
      if (sounding !== null) return;
      pieces.restart(piece);
      crossing.putAt = null;
    }
    if (pieces.span === null) return;
    if (crossing.putAt === null) {
      crossing.putAt = this.#clock.now();
      this.#arm(crossing);
    }
    void this.#decode(crossing);
  }

  /** The element alone is heard, at once. */
  end(): void {
    if (this.#crossing === null) return;
    this.#crossing = null;
    this.#loudness.uncover();
    this.#silence(FADE_MS);
    this.#sounding = null;
    this.#after(REST_MS, () => {
      this.#sounds.sleep();
    });
  }

  close(): void {
    this.#listening.abort();
    this.end();
    this.#cancel();
    this.#sounds.close();
  }

  #on(event: string, listener: () => void): void {
    this.#media.addEventListener(event, listener, { signal: this.#listening.signal });
  }

  #after(ms: number, task: () => void): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, task);
  }

  get #atLifesSpeed(): boolean {
    return Math.abs(this.#media.playbackRate - 1) < AT_LIFES_SPEED;
  }

  /** Until the element is heard again, ms. */
  #holds({ putAt }: Crossing): number {
    return putAt === null ? PATIENCE_MS : putAt + holdMs(this.#media, this.#stalls) - this.#clock.now();
  }

  /** Whether what there is lasts until the element is heard again. */
  #reaches(crossing: Crossing): boolean {
    const span = crossing.pieces.span;
    if (span === null || crossing.putAt === null) return false;
    return span.end - this.#media.currentTime > (this.#holds(crossing) + 2 * BACK_MS) / 1000;
  }

  async #decode(crossing: Crossing): Promise<void> {
    crossing.more = true;
    if (crossing.decoding) return;
    crossing.decoding = true;
    try {
      while (crossing.more) {
        crossing.more = false;
        const { pieces } = crossing;
        const { span } = pieces;
        if (span === null) return;
        const decoded = await this.#sounds.decode(pieces.file());
        await this.#awake;
        if (this.#crossing !== crossing) return;
        if (pieces.span?.start !== span.start) continue;
        if (Math.abs(decoded.duration - (span.end - span.start)) > TRIMMED_S) throw new RangeError('trimmed');
        if (crossing.sounding === null) this.#cross(crossing, decoded, span);
        else this.#goOn(crossing.sounding, decoded);
        this.#arm(crossing);
      }
    } catch {
      // What the graph cannot read the element may.
      if (this.#crossing === crossing) this.end();
    } finally {
      crossing.decoding = false;
    }
  }

  /** From the old language to the new one. */
  #cross(crossing: Crossing, decoded: Decoded, span: Span): void {
    const heard = { media: this.#media.currentTime, graph: this.#sounds.heard };
    const at = entry(heard, this.#sounds.soonest + LEAD_S, span);
    if (at === null) return;
    this.#loudness.cover(() => {
      this.#heed();
    });
    if (!this.#loudness.fade(0, FADE_MS)) {
      this.end();
      return;
    }
    this.#silence(FADE_MS);
    this.#sounds.volume = this.#loudness.volume;
    const voice = this.#sounds.voice();
    voice.play(decoded, at.when, at.offset);
    voice.fade(1, at.when, FADE_MS / 1000);
    this.#sounding = crossing.sounding = { voice, start: at.when - at.offset, given: decoded.duration };
  }

  /** What follows lies sample by sample behind what was given before: it was decoded together with it. */
  #goOn(sounding: Sounding, decoded: Decoded): void {
    const { voice, start, given } = sounding;
    const when = Math.max(start + given, this.#sounds.soonest);
    voice.play(decoded, when, when - start);
    sounding.given = decoded.duration;
  }

  /** Back to the element when it has surely arrived, or before nothing more is there to be played. */
  #arm(crossing: Crossing): void {
    if (this.#crossing !== crossing) return;
    const playing = this.#sounding;
    const lasts = playing === null ? Infinity : (playing.start + playing.given - this.#sounds.soonest) * 1000 - BACK_MS;
    this.#after(Math.max(0, Math.min(this.#holds(crossing), lasts)), () => {
      this.#back();
    });
  }

  #back(): void {
    this.#loudness.fade(1, BACK_MS);
    this.#silence(BACK_MS);
    this.#after(BACK_MS, () => {
      this.end();
    });
  }

  #silence(ms: number): void {
    if (this.#sounding === null) return;
    const { voice } = this.#sounding;
    const now = this.#sounds.soonest;
    voice.fade(0, now, ms / 1000);
    voice.stop(now + ms / 1000);
  }

  #heed(): void {
    if (this.#media.muted || this.#loudness.volume === 0) this.end();
    else this.#sounds.volume = this.#loudness.volume;
  }
}
