import { Store } from '../store/store';
import { toMedia } from './anchor';
import type { Engine, OpenEngine, Source } from './engine';
import { NOTHING_PLAYS, reducePlaying, type Playing, type PlayingEvent, type Reading } from './playing';

/** The part of a media element used here. */
export type Player = Pick<
  HTMLVideoElement,
  | 'addEventListener'
  | 'removeEventListener'
  | 'play'
  | 'pause'
  | 'currentTime'
  | 'paused'
  | 'ended'
  | 'playbackRate'
  | 'volume'
  | 'muted'
  | 'readyState'
  | 'seekable'
  | 'duration'
>;

const EVENTS = [
  'timeupdate',
  'durationchange',
  'play',
  'playing',
  'pause',
  'waiting',
  'seeking',
  'seeked',
  'ended',
  'ratechange',
  'volumechange',
  'canplay',
  'progress',
] as const;
const HAVE_FUTURE_DATA = 3;
/** A first fragment may begin a little after 0. Before it hls.js finds nothing, and jumps to what it has: the live edge. s */
const INSIDE_S = 0.01;
/** Seeking this close to the live edge means: stay there. ms */
const AT_THE_EDGE_MS = 2_500;

export const RATES = [0.75, 1, 1.25, 1.5, 2] as const;

/**
 * A recording, live or over, in a media element: what is asked of it, and in `store` what it really does. Nothing in the state comes from a
 * click.
 */
export class Playback {
  readonly store = new Store<Playing, PlayingEvent>(NOTHING_PLAYS, reducePlaying);
  readonly media: Player;
  readonly #engine: Engine;
  readonly #read = () => {
    this.#reads();
  };

  /** The player's own timeline moves the element itself: who goes back there stays there, as by `seek`. */
  readonly #sought = () => {
    const { anchor, following } = this.store.state;
    const { livePosition } = this.#engine;
    if (anchor !== null && this.media.currentTime < anchor.mediaS) this.media.currentTime = anchor.mediaS + INSIDE_S;
    if (following && livePosition !== null && livePosition - this.media.currentTime > AT_THE_EDGE_MS / 1000) {
      this.#follow(false);
    }
  };

  constructor(media: Player, source: Source, open: OpenEngine) {
    this.media = media;
    this.store.dispatch({ kind: 'following', following: source.startMs === null });
    this.#engine = open(media as HTMLMediaElement, source, {
      channels: (channels) => {
        this.store.dispatch({ kind: 'channels', channels });
      },
      hears: (channel) => {
        this.store.dispatch({ kind: 'hears', channel });
      },
      anchor: (anchor) => {
        this.store.dispatch({ kind: 'anchor', anchor });
        this.#reads();
      },
      live: (live) => {
        this.store.dispatch({ kind: 'live', live });
        this.#reads();
      },
      waiting: (problem) => {
        this.store.dispatch({ kind: 'waiting', problem });
      },
      failed: (problem) => {
        this.store.dispatch({ kind: 'failed', problem });
      },
    });
    for (const event of EVENTS) media.addEventListener(event, this.#read);
    media.addEventListener('seeking', this.#sought);
  }

  /** Plays; says so in the state where the browser wants a touch first. */
  async play(): Promise<void> {
    try {
      await this.media.play();
      this.store.dispatch({ kind: 'blocked', blocked: false });
    } catch (error) {
      // AbortError only says that something newer took the place of this wish.
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.store.dispatch({ kind: 'blocked', blocked: true });
      }
    }
  }

  pause(): void {
    this.media.pause();
    // Who pauses live comes back to where they were.
    this.#follow(false);
  }

  toggle(): void {
    if (this.media.paused) void this.play();
    else this.pause();
  }

  hear(channel: string): void {
    this.#engine.hear(channel);
  }

  /** Goes to a moment of the recording, ms; one at the live edge means to stay there. */
  seek(ms: number): void {
    const { anchor, startMs, endMs, live } = this.store.state;
    if (anchor === null) return;
    if (live === true && ms >= endMs - AT_THE_EDGE_MS) {
      this.toLive();
      return;
    }
    this.#follow(false);
    const target = Math.min(Math.max(ms, startMs), Math.max(startMs, endMs - 50));
    this.media.currentTime = Math.max(toMedia(anchor, target), anchor.mediaS + INSIDE_S);
    this.#reads();
  }

  by(ms: number): void {
    this.seek(this.store.state.positionMs + ms);
  }

  /** Back to the present. */
  toLive(): void {
    const { livePosition } = this.#engine;
    if (livePosition === null) return;
    this.media.playbackRate = 1;
    this.#follow(true);
    this.media.currentTime = livePosition;
    void this.play();
    this.#reads();
  }

  quicken(rate: number): void {
    // Faster than life ends at the live edge at once: it is for what is past.
    if (rate !== 1) this.#follow(false);
    this.media.playbackRate = rate;
  }

  /** 0 to 1 */
  set volume(volume: number) {
    this.media.muted = false;
    this.media.volume = Math.min(1, Math.max(0, volume));
  }

  set muted(muted: boolean) {
    this.media.muted = muted;
  }

  retry(): void {
    this.#engine.retry();
  }

  close(): void {
    for (const event of EVENTS) this.media.removeEventListener(event, this.#read);
    this.media.removeEventListener('seeking', this.#sought);
    this.#engine.close();
  }

  #follow(following: boolean): void {
    if (this.store.state.live !== true && following) return;
    this.#engine.follow(following);
    this.store.dispatch({ kind: 'following', following });
  }

  #reads(): void {
    this.store.dispatch({ kind: 'read', reading: readingOf(this.media), latency: this.#engine.latency });
  }
}

function readingOf(media: Player): Reading {
  const { seekable } = media;
  const last = seekable.length - 1;
  return {
    position: media.currentTime,
    seekable: last < 0 ? null : { start: seekable.start(0), end: seekable.end(last) },
    paused: media.paused,
    ended: media.ended,
    rate: media.playbackRate,
    volume: media.volume,
    muted: media.muted,
    enough: media.readyState >= HAVE_FUTURE_DATA,
  };
}
