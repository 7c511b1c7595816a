import { NO_WEBRTC } from '../media/connection';
import type { Clock } from './clock';
import type { Line, Room } from './room';
import { Store } from './store';

/** How a listener is served: by WebRTC, within a fifth of a second; or by HLS, some seconds later, past any firewall. */
export interface Way {
  by: 'direct' | 'broadcast';
  /** Why it is the broadcast. */
  why: 'blocked' | 'full' | null;
  /** The direct connection is being tried again meanwhile. */
  trying: boolean;
  /** It was tried again, in vain. */
  failedAgain: boolean;
}

export type WayEvent = { kind: 'broadcast'; why: 'blocked' | 'full' } | { kind: 'direct' | 'trying' | 'failed' };

export const DIRECT: Way = { by: 'direct', why: null, trying: false, failedAgain: false };

/** A connection that works is there within a second or two: what is not there by then is blocked. ms */
export const CONNECT_WITHIN_MS = 6_000;
/** A connection that worked before is given longer to mend itself. ms */
export const MEND_WITHIN_MS = 15_000;

export function reduceWay(way: Way, event: WayEvent): Way {
  switch (event.kind) {
    case 'broadcast':
      return { by: 'broadcast', why: event.why, trying: false, failedAgain: false };
    case 'direct':
      return DIRECT;
    case 'trying':
      return { ...way, trying: true, failedAgain: false };
    case 'failed':
      return { ...way, trying: false, failedAgain: true };
  }
}

/** Turns to the broadcast where the direct connection cannot be had, and back when it can. Follows the room's state. */
export class WayChooser {
  readonly store = new Store<Way, WayEvent>(DIRECT, reduceWay);
  readonly #clock: Clock;
  readonly #ends: { stop(): void; start(): void };
  #cancel: () => void = () => undefined;
  #waiting = false;
  #hadSound = false;

  /** @param ends ends the direct connection, or begins it again */
  constructor(clock: Clock, ends: { stop(): void; start(): void }) {
    this.#clock = clock;
    this.#ends = ends;
  }

  /** The room as it is now; call at each change. */
  see(room: Room): void {
    const { line } = room.media.ears;
    const { by, trying } = this.store.state;
    if (by === 'broadcast' && !trying) return;
    if (line.phase === 'idle') return;
    if (line.phase === 'connected') {
      this.#rest();
      this.#hadSound = true;
      if (trying) this.store.dispatch({ kind: 'direct' });
      return;
    }
    if (!hasBroadcast(room)) return;
    if (isFull(line)) this.#give('full');
    else if (line.phase === 'refused' && line.problem.type === NO_WEBRTC) this.#give('blocked');
    else if (line.phase === 'refused') this.#rest();
    else if (line.phase === 'waiting' && !this.#hadSound && room.socket.phase === 'connected') this.#give('blocked');
    else if (!this.#waiting) this.#wait(room);
  }

  /** Tries the direct connection again; the broadcast plays on until it stands. */
  tryDirect(): void {
    if (this.store.state.by === 'direct' || this.store.state.trying) return;
    this.#hadSound = false;
    this.store.dispatch({ kind: 'trying' });
    this.#ends.start();
  }

  stop(): void {
    this.#rest();
  }

  #wait(room: Room): void {
    // Where the server itself is out of reach, HLS is too: the line says so, and waits.
    if (room.socket.phase !== 'connected') return;
    this.#waiting = true;
    this.#cancel = this.#clock.after(this.#hadSound ? MEND_WITHIN_MS : CONNECT_WITHIN_MS, () => {
      this.#waiting = false;
      this.#give('blocked');
    });
  }

  #give(why: 'blocked' | 'full'): void {
    this.#rest();
    const { trying } = this.store.state;
    this.store.dispatch(trying ? { kind: 'failed' } : { kind: 'broadcast', why });
    this.#ends.stop();
  }

  #rest(): void {
    this.#cancel();
    this.#waiting = false;
  }
}

function hasBroadcast({ welcome }: Room): boolean {
  return typeof welcome?.session.hls === 'string';
}

function isFull(line: Line): boolean {
  return line.phase === 'waiting' && line.problem?.type === '/problems/at-capacity';
}
