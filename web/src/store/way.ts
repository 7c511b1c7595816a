import { NO_WEBRTC } from '../media/connection';
import type { Problem } from '../protocol/messages';
import { spread } from './retryAfter';
import type { Clock } from './clock';
import { hasEnded, type Line, type Room } from './room';
import { Store } from './store';

/**
 * Why one is not served directly: the network lets no direct path through; the server is full, or takes nobody now; a path that worked
 * is lost; the browser has no WebRTC, or speaks none that the server knows.
 */
export type Why = 'blocked' | 'full' | 'busy' | 'lost' | 'no-webrtc' | 'bad-offer';

/** How a listener is served: by WebRTC, within a fifth of a second; or by HLS, a second or two later, past any firewall. */
export interface Way {
  by: 'direct' | 'broadcast';
  /** Why it is the broadcast. */
  why: Why | null;
  /** The direct connection is being tried again meanwhile. */
  trying: boolean;
  /** Somebody asked for that; else the page does it by itself. */
  asked: boolean;
  /** Not before then, as the server asked: ms since the epoch; null where it is tried now. */
  startsAt: number | null;
  /** It was asked for, and tried in vain. */
  failedAgain: boolean;
  /** What the server said to that. */
  problem: Problem | null;
}

export type WayEvent =
  | { kind: 'broadcast'; why: Why }
  | { kind: 'direct' }
  | { kind: 'trying'; asked: boolean; startsAt: number | null }
  | { kind: 'failed'; why: Why | null; problem: Problem | null };

export const DIRECT: Way = {
  by: 'direct',
  why: null,
  trying: false,
  asked: false,
  startsAt: null,
  failedAgain: false,
  problem: null,
};

/** A connection that works is there within a second or two: what is not there by then is blocked. ms */
export const CONNECT_WITHIN_MS = 6_000;
/** A connection that worked before is given longer to mend itself. ms */
export const MEND_WITHIN_MS = 15_000;
/** How long the broadcast is followed before the direct way is tried again by itself; twice as long after each time in vain. ms */
export const BACK_AFTER_MS = 10_000;
/** At most so long. ms */
export const BACK_WITHIN_MS = 300_000;
/** Where nothing is broadcast any more there is nothing to stay for. ms */
const MISSING_MS = 1_000;

export function reduceWay(way: Way, event: WayEvent): Way {
  switch (event.kind) {
    case 'broadcast':
      return { ...DIRECT, by: 'broadcast', why: event.why };
    case 'direct':
      return DIRECT;
    case 'trying':
      return { ...way, trying: true, asked: event.asked, startsAt: event.startsAt, failedAgain: false, problem: null };
    case 'failed': {
      const { problem } = event;
      const why = event.why ?? way.why;
      return { ...way, why, trying: false, asked: false, startsAt: null, failedAgain: way.asked, problem };
    }
  }
}

/** Turns to the broadcast where the direct connection cannot be had, and back when it can. Follows the room's state. */
export class WayChooser {
  readonly store = new Store<Way, WayEvent>(DIRECT, reduceWay);
  readonly #clock: Clock;
  readonly #ends: { stop(): void; start(): void };
  /** Ends the wait for the direct connection. */
  #cancel: () => void = () => undefined;
  #waiting = false;
  /** Takes back that the direct way is tried again. */
  #cancelBack: () => void = () => undefined;
  #backs = 0;
  #hadSound = false;
  /** There was sound on the direct way at some time. */
  #everDirect = false;
  /** The direct way is possible by all that is known: it is gone back to by itself. */
  #returns = false;
  /** The broadcast was taken before the session let anybody in. */
  #outside = false;
  /** The server asked not to be asked before then, ms since the epoch. */
  #notBefore = 0;
  #room: Room | null = null;
  #held = false;
  /** Nothing is broadcast any more. */
  #missing = false;

  /** @param ends ends the direct connection, or begins it again */
  constructor(clock: Clock, ends: { stop(): void; start(): void }) {
    this.#clock = clock;
    this.#ends = ends;
  }

  /** The room as it is now; call at each change. */
  see(room: Room): void {
    this.#room = room;
    const { line } = room.media.ears;
    const { by, trying } = this.store.state;
    if (by === 'broadcast' && !trying) this.#remain(room);
    else if (line.phase === 'connected') this.#stands();
    else if (line.phase === 'idle') this.#rest();
    else if (trying) this.#judgeAgain(line);
    else if (hasBroadcast(room)) this.#judge(room, line);
    else this.#rest();
  }

  /** Goes to the broadcast without having tried: the session itself has no place. */
  watch(): void {
    if (this.store.state.by === 'broadcast') return;
    this.#outside = true;
    this.#give(this.#room?.socket ?? { phase: 'idle' }, 'full');
  }

  /** Tries the direct connection again, though not before the server asked to; the broadcast plays on until it stands. */
  tryDirect(): void {
    this.#try(true);
  }

  /** Whether somebody is in the middle of the broadcast: has gone back in it, or halted it. They are not taken away from there. */
  hold(held: boolean): void {
    this.#held = held;
  }

  stop(): void {
    this.#rest();
    this.#cancelBack();
  }

  #try(asked: boolean): void {
    const { by, trying } = this.store.state;
    if (by === 'direct' || trying) return;
    this.#hadSound = false;
    this.#cancelBack();
    const wait = this.#notBefore - this.#clock.now();
    this.store.dispatch({ kind: 'trying', asked, startsAt: wait > 0 ? this.#notBefore : null });
    if (wait > 0) this.#cancelBack = this.#clock.after(wait, () => this.#begin());
    else this.#ends.start();
  }

  #begin(): void {
    this.store.dispatch({ kind: 'trying', asked: this.store.state.asked, startsAt: null });
    this.#ends.start();
  }

  #stands(): void {
    this.#rest();
    this.#hadSound = this.#everDirect = this.#returns = true;
    this.#backs = 0;
    this.#notBefore = 0;
    if (this.store.state.trying) this.store.dispatch({ kind: 'direct' });
  }

  /** What ends the broadcast: that the session has a place now, or that the broadcast itself is no more. */
  #remain(room: Room): void {
    if (this.#outside && room.welcome !== null) {
      this.#outside = false;
      this.#returns = true;
      this.#comeBack();
    }
    const missing = room.welcome !== null && !hasBroadcast(room);
    if (missing && !this.#missing) this.#back(spread(MISSING_MS, this.#clock.random()));
    this.#missing = missing;
  }

  /** What a direct connection that does not stand comes to, where there is a broadcast. */
  #judge(room: Room, line: Line): void {
    if (isFull(line)) this.#give(line, 'full');
    else if (line.phase === 'refused') {
      const why = hopeless(line.problem);
      if (why === null) this.#rest();
      else this.#give(line, why);
    } // Where the server itself is out of reach, HLS is too: the line says so, and waits.
    else if (room.socket.phase !== 'connected') this.#rest();
    else if (line.phase === 'waiting' && line.problem === undefined && !this.#hadSound) this.#give(line);
    else if (!this.#waiting) this.#wait();
  }

  /** The same while the broadcast plays: there is nothing to wait for. */
  #judgeAgain(line: Line): void {
    if (line.phase === 'refused') {
      this.#returns = false;
      this.#give(line, hopeless(line.problem));
    } else if (line.phase === 'waiting') this.#give(line);
    else if (!this.#waiting) this.#wait();
  }

  #wait(): void {
    this.#waiting = true;
    this.#cancel = this.#clock.after(this.#hadSound ? MEND_WITHIN_MS : CONNECT_WITHIN_MS, () => {
      this.#waiting = false;
      const room = this.#room;
      if (room === null) return;
      const { line } = room.media.ears;
      if (line.phase === 'connected' || line.phase === 'idle') return;
      if (this.store.state.trying || room.socket.phase === 'connected') this.#give(line);
    });
  }

  #reason(line: Line): Why {
    if (isFull(line)) return 'full';
    if (line.phase === 'waiting' && line.problem !== undefined && line.problem.status > 0) return 'busy';
    return this.#everDirect ? 'lost' : 'blocked';
  }

  #give(line: Line, why: Why | null = this.#reason(line)): void {
    this.#rest();
    if (line.phase === 'waiting' && line.problem !== undefined) this.#notBefore = line.retryAt;
    const problem = line.phase === 'refused' && why === null ? line.problem : null;
    const { trying } = this.store.state;
    if (trying) this.store.dispatch({ kind: 'failed', why, problem });
    else if (why !== null) this.store.dispatch({ kind: 'broadcast', why });
    this.#ends.stop();
    this.#comeBack();
  }

  /** Tries the direct way again by itself after a while, where it is known to be possible or was refused for the moment only. */
  #comeBack(): void {
    this.#cancelBack();
    const { why, problem } = this.store.state;
    const room = this.#room;
    const missing = room !== null && room.welcome !== null && !hasBroadcast(room);
    if (problem !== null || !(this.#returns || why === 'busy' || missing)) return;
    const wait = Math.min(BACK_WITHIN_MS, BACK_AFTER_MS * 2 ** this.#backs);
    this.#backs += 1;
    this.#back(Math.max(spread(wait, this.#clock.random()), this.#notBefore - this.#clock.now()));
  }

  #back(wait: number): void {
    this.#cancelBack = this.#clock.after(wait, () => {
      const room = this.#room;
      const free = room !== null && !hasEnded(room) && !this.#held;
      if (free && room.socket.phase === 'connected') this.#try(false);
      else this.#back(BACK_AFTER_MS);
    });
  }

  #rest(): void {
    this.#cancel();
    this.#waiting = false;
  }
}

/** Whether the session can be followed by HLS now: it is to be recorded, and nothing says that it is not. */
export function hasBroadcast({ welcome, recording }: Room): boolean {
  if (typeof welcome?.session.hls !== 'string') return false;
  return recording?.state !== 'off' && recording?.state !== 'failed';
}

/** Why this browser will never be served directly; null for refusals that have nothing to do with the way. */
function hopeless({ type, status }: Problem): Why | null {
  if (type === NO_WEBRTC) return 'no-webrtc';
  return status === 422 ? 'bad-offer' : null;
}

function isFull(line: Line): boolean {
  return line.phase === 'waiting' && line.problem?.type === '/problems/at-capacity';
}
