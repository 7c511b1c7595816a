import type { Problem } from '../protocol/messages';
import { backoff } from '../store/backoff';
import type { Clock } from '../store/clock';
import { toMedia, type Anchor } from './anchor';
import type { Engine, EngineEvents, OpenEngine, Source } from './engine';

/** One sound of a media element: HTML's AudioTrack, which only browsers have that play HLS themselves. */
export interface NativeSound {
  readonly language: string;
  enabled: boolean;
}

/** HTML's AudioTrackList. */
export interface NativeSounds extends EventTarget {
  readonly length: number;
  readonly [index: number]: NativeSound;
}

/** What a media element that plays HLS itself has beyond others. `getStartDate` is WebKit's: the date of 0 on its clock. */
export interface NativePlayer extends HTMLMediaElement {
  readonly audioTracks?: NativeSounds;
  getStartDate?(): Date;
}

export type Ask = (url: string, init: RequestInit) => Promise<Response>;

/** As often the element is loaded again after something it could not decode. */
const RELOADS = 3;
/** The end of what can be sought is already as far from the edge as the playlist asks (PART-HOLD-BACK). s */
const AT_THE_EDGE_S = 0.5;
const ABORTED = 1;

/** Whether a media element plays HLS by itself. */
export function playsNatively(media: Pick<HTMLMediaElement, 'canPlayType'>): boolean {
  return media.canPlayType('application/vnd.apple.mpegurl') !== '';
}

/**
 * Engines for browsers that play HLS themselves and let no script feed them (iPhones before iOS 17.1): a media element with an address, whose
 * sounds are its audio tracks. It reads with the page's cookie, as it can send no header.
 */
export function nativeEngines(clock: Clock, ask: Ask): OpenEngine {
  return (media, source, events) => new NativeEngine(media, source, events, clock, ask);
}

class NativeEngine implements Engine {
  readonly #media: NativePlayer;
  readonly #source: Source;
  readonly #events: EngineEvents;
  readonly #clock: Clock;
  readonly #ask: Ask;
  readonly #listening = new AbortController();
  #wanted: string | null;
  #heard: string | null = null;
  #anchor: Anchor | null = null;
  #live: boolean | null = null;
  #failures = 0;
  #resumeAt: number | null = null;
  #cancelRetry: () => void = () => undefined;

  constructor(media: NativePlayer, source: Source, events: EngineEvents, clock: Clock, ask: Ask) {
    this.#media = media;
    this.#source = source;
    this.#events = events;
    this.#clock = clock;
    this.#ask = ask;
    this.#wanted = source.channel;
    for (const event of ['loadedmetadata', 'durationchange']) {
      this.#on(media, event, () => {
        this.#read();
      });
    }
    this.#on(media, 'playing', () => {
      this.#failures = 0;
    });
    this.#on(media, 'error', () => void this.#erred());
    for (const event of ['addtrack', 'removetrack', 'change']) {
      if (media.audioTracks !== undefined) {
        this.#on(media.audioTracks, event, () => {
          this.#sounds(event !== 'change');
        });
      }
    }
    // The page lays captions over the picture itself, and searches them: those of the playlist would double them.
    this.#on(media.textTracks, 'addtrack', (event) => {
      const { track } = event as TrackEvent;
      if (track !== null && track.id !== '' && track.kind === 'subtitles') track.mode = 'disabled';
    });
    media.src = source.url;
    media.load();
  }

  /** The media clock does not say what is the present; the end of what can be sought is near it. */
  get latency(): number | null {
    const end = this.#edge();
    return end === null ? null : Math.max(0, end - this.#media.currentTime);
  }

  get livePosition(): number | null {
    const end = this.#edge();
    return end === null ? null : Math.max(0, end - AT_THE_EDGE_S);
  }

  hear(channel: string): void {
    this.#wanted = channel;
    this.#sounds(true);
  }

  /** Nothing to do: the element stays where it is, and goes on at its own pace. */
  follow(): void {
    return;
  }

  retry(): void {
    this.#cancelRetry();
    if (this.#anchor !== null) this.#resumeAt = this.#media.currentTime;
    this.#media.load();
  }

  close(): void {
    this.#cancelRetry();
    this.#listening.abort();
    this.#media.removeAttribute('src');
    this.#media.load();
  }

  #on(target: EventTarget, event: string, listener: (event: Event) => void): void {
    target.addEventListener(event, listener, { signal: this.#listening.signal });
  }

  #edge(): number | null {
    const { seekable } = this.#media;
    return this.#live === true && seekable.length > 0 ? seekable.end(seekable.length - 1) : null;
  }

  #read(): void {
    const media = this.#media;
    if (Number.isNaN(media.duration)) return;
    const began = media.getStartDate?.().getTime() ?? NaN;
    const anchor = { mediaS: 0, recordingMs: Number.isNaN(began) ? 0 : began - this.#source.startedAt };
    const first = this.#anchor === null;
    if (anchor.recordingMs !== this.#anchor?.recordingMs) {
      this.#anchor = anchor;
      this.#events.anchor(anchor);
    }
    const { startMs } = this.#source;
    if (first && startMs !== null) media.currentTime = Math.max(0, toMedia(anchor, startMs));
    else if (this.#resumeAt !== null) media.currentTime = this.#resumeAt;
    this.#resumeAt = null;
    const live = media.duration === Infinity;
    if (live === this.#live) return;
    this.#live = live;
    this.#events.live(live);
  }

  /** Makes what is wanted heard, and says what can be and what is. */
  #sounds(choose: boolean): void {
    const sounds = [...Array.from<NativeSound>(this.#media.audioTracks ?? [])];
    const names = sounds.map(({ language }) => (language === '' || language === 'und' ? 'floor' : language));
    if (choose) {
      this.#events.channels(names);
      const wanted = sounds[names.indexOf(this.#wanted ?? '')];
      // The new one first: a list of which none is on falls silent.
      if (wanted?.enabled === false) wanted.enabled = true;
      if (wanted !== undefined)
        for (const sound of sounds) if (sound !== wanted && sound.enabled) sound.enabled = false;
    }
    const heard = names[sounds.findIndex(({ enabled }) => enabled)] ?? null;
    if (heard === null || heard === this.#heard) return;
    this.#heard = heard;
    this.#events.hears(heard);
  }

  /** The element says little of what went wrong: the server is asked. */
  async #erred(): Promise<void> {
    const { error } = this.#media;
    if (error === null || error.code === ABORTED) return;
    this.#failures += 1;
    const problem = await this.#problem(error.message);
    if (this.#listening.signal.aborted) return;
    const isOurs = problem.status === 415;
    if ((isOurs && this.#failures > RELOADS) || (problem.status >= 400 && problem.status < 500 && !isOurs)) {
      this.#events.failed(problem);
      return;
    }
    this.#events.waiting(problem);
    this.#cancelRetry();
    this.#cancelRetry = this.#clock.after(backoff(this.#failures + 1, this.#clock.random()), () => {
      this.retry();
    });
  }

  async #problem(title: string): Promise<Problem> {
    try {
      const { token, url } = this.#source;
      const response = await this.#ask(url, { headers: token === null ? {} : { Authorization: `Bearer ${token}` } });
      if (response.ok) return { type: '/problems/cannot-play', title, status: 415 };
      const fallback = { type: 'about:blank', title, status: response.status };
      return { ...fallback, ...((await response.json().catch(() => ({}))) as Partial<Problem>) };
    } catch {
      return { type: '/problems/offline', title, status: 0 };
    }
  }
}
