import type { Problem } from '../protocol/messages';
import type { Anchor } from './anchor';

/** What an engine tells of what it plays. */
export interface EngineEvents {
  /** The channels that can be heard, in the order of the playlist. */
  channels(names: readonly string[]): void;
  /** The channel whose sound is being put into the player from now on. */
  hears(channel: string): void;
  anchor(anchor: Anchor): void;
  /** Whether the playlist still grows. */
  live(live: boolean): void;
  /** Nothing more can be done by itself. */
  failed(problem: Problem): void;
  /** Out of reach or not there yet: it tries again by itself. */
  waiting(problem: Problem): void;
}

export interface Source {
  /** The multivariant playlist, or a media playlist of one track. */
  url: string;
  token: string | null;
  /** The recording's first second, ms since the epoch. */
  startedAt: number;
  /** The channel to begin with. */
  channel: string | null;
  /** Where to begin, on the recording's clock; null for the live edge, or the beginning where nothing is live. */
  startMs: number | null;
}

/** Puts HLS into a media element. Made for one source, closed, never reused. */
export interface Engine {
  hear(channel: string): void;
  /** How far the element's position is behind the live edge's present, s; null where nothing is live. */
  readonly latency: number | null;
  /** Where the element should be to follow the live edge, on its own clock, s. */
  readonly livePosition: number | null;
  /** Holds to the live edge by gentle changes of speed; or leaves the listener where they are. */
  follow(following: boolean): void;
  /** Tries again at once. */
  retry(): void;
  close(): void;
}

export type OpenEngine = (media: HTMLMediaElement, source: Source, events: EngineEvents) => Engine;
