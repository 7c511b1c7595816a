import type { Problem } from '../protocol/messages';
import { toRecording, type Anchor } from './anchor';

/** What plays now, as the media element and the engine report it. Times are on the recording's clock, ms. */
export interface Playing {
  phase: 'loading' | 'ready' | 'failed';
  /** Why it does not play, or tries again. */
  problem: Problem | null;
  /** The playlist still grows; null until it was read. */
  live: boolean | null;
  /** Held to the live edge. */
  following: boolean;
  anchor: Anchor | null;
  positionMs: number;
  /** What can be reached. */
  startMs: number;
  endMs: number;
  /** Behind the present, s; null where nothing is live. */
  latency: number | null;
  paused: boolean;
  /** Wants to play, and has nothing to play. */
  stalled: boolean;
  ended: boolean;
  rate: number;
  volume: number;
  muted: boolean;
  /** The browser wants a touch before it makes sound. */
  blocked: boolean;
  /** What can be heard. */
  channels: readonly string[];
  /** What is heard. */
  channel: string | null;
}

export const NOTHING_PLAYS: Playing = {
  phase: 'loading',
  problem: null,
  live: null,
  following: false,
  anchor: null,
  positionMs: 0,
  startMs: 0,
  endMs: 0,
  latency: null,
  paused: true,
  stalled: false,
  ended: false,
  rate: 1,
  volume: 1,
  muted: false,
  blocked: false,
  channels: [],
  channel: null,
};

/** What a media element says of itself, on its own clock, s. */
export interface Reading {
  position: number;
  seekable: { start: number; end: number } | null;
  paused: boolean;
  ended: boolean;
  rate: number;
  volume: number;
  muted: boolean;
  /** Enough is there to play on. */
  enough: boolean;
}

export type PlayingEvent =
  | { kind: 'read'; reading: Reading; latency: number | null }
  | { kind: 'anchor'; anchor: Anchor }
  | { kind: 'live'; live: boolean }
  | { kind: 'following'; following: boolean }
  | { kind: 'channels'; channels: readonly string[] }
  | { kind: 'hears'; channel: string }
  | { kind: 'blocked'; blocked: boolean }
  | { kind: 'waiting' | 'failed'; problem: Problem };

export function reducePlaying(playing: Playing, event: PlayingEvent): Playing {
  switch (event.kind) {
    case 'read':
      return read(playing, event.reading, event.latency);
    case 'anchor':
      return { ...playing, anchor: event.anchor };
    case 'live':
      return {
        ...playing,
        phase: 'ready',
        problem: null,
        live: event.live,
        following: playing.following && event.live,
        latency: event.live ? playing.latency : null,
      };
    case 'following':
      return { ...playing, following: event.following };
    case 'channels':
      return { ...playing, channels: event.channels };
    case 'hears':
      return { ...playing, channel: event.channel };
    case 'blocked':
      return { ...playing, blocked: event.blocked };
    case 'waiting':
      return { ...playing, problem: event.problem };
    case 'failed':
      return { ...playing, phase: 'failed', problem: event.problem };
  }
}

function read(playing: Playing, reading: Reading, latency: number | null): Playing {
  const { anchor } = playing;
  const { position, seekable, paused, ended, rate, volume, muted, enough } = reading;
  const times =
    anchor === null
      ? {}
      : {
          positionMs: toRecording(anchor, position),
          ...(seekable === null
            ? {}
            : { startMs: toRecording(anchor, seekable.start), endMs: toRecording(anchor, seekable.end) }),
        };
  return {
    ...playing,
    ...times,
    problem: enough && playing.phase === 'ready' ? null : playing.problem,
    latency,
    paused,
    ended,
    rate,
    volume,
    muted,
    stalled: !paused && !ended && !enough,
  };
}
