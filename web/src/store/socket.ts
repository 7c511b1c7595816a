import { decode, type Page, type Problem, type ServerMessage } from '../protocol/messages';
import { backoff } from './backoff';
import type { Clock } from './clock';
import type { Line } from './room';

/** The part of WebSocket used here. */
export type SocketLike = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface SocketEnds {
  line(line: Line): void;
  message(message: ServerMessage): void;
}

const GOING_AWAY = 1001;
/** There is no room now, or a client reads too slowly. */
const LATER = 1013;
const TOO_MANY = 4429;
const BAD_TOKEN = 4401;
/** Close codes after which coming back by oneself would only be refused again. */
const FINAL: Readonly<Record<number, string>> = {
  [BAD_TOKEN]: '/problems/bad-token',
  4403: '/problems/wrong-role',
  4404: '/problems/no-such-session',
  4410: '/problems/session-ended',
};
/** What is wrong where the server asks to come later, if it does not say so itself. */
const PASSING: Readonly<Record<number, Problem>> = {
  [LATER]: { type: '/problems/at-capacity', title: '', status: 503 },
  [TOO_MANY]: { type: '/problems/too-many-requests', title: '', status: 429 },
};
/** The attempt of `backoff` from which on one waits where the server asks to come later: 8 s. */
const PATIENT_ATTEMPT = 5;
const WELCOME_WITHIN_MS = 10_000;

/** Who says hello. */
export interface Introduction {
  readonly page: Page;
  token(): string | null;
  /** Forgets an identity that was given to a guest; false if there is none, and a refusal is final. */
  forget(): boolean;
}

/** The session's socket: says hello, and comes back by itself whenever the line breaks. */
export class SessionSocket {
  readonly #open: () => SocketLike;
  readonly #hello: Introduction;
  readonly #clock: Clock;
  readonly #ends: SocketEnds;
  #socket: SocketLike | null = null;
  #cancelTimer: () => void = () => undefined;
  #attempt = 0;
  #welcomed = false;
  #stopped = false;
  /** Why the server does not welcome, by its own account. */
  #refusal: Problem | null = null;
  /** The server asked not to be asked before then, ms since the epoch. */
  #notBefore = 0;

  constructor(open: () => SocketLike, hello: Introduction, clock: Clock, ends: SocketEnds) {
    this.#open = open;
    this.#hello = hello;
    this.#clock = clock;
    this.#ends = ends;
  }

  get connected(): boolean {
    return this.#welcomed;
  }

  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  /** Tries again at once if the line is down and the server did not ask to wait: the network is back, or the page is looked at again. */
  hurry(): void {
    if (this.#stopped || this.#socket !== null || this.#clock.now() < this.#notBefore) return;
    this.#connect();
  }

  /** Forgets the present line, which the browser knows to be dead, and comes back. */
  drop(): void {
    if (this.#socket !== null) this.#lost(this.#socket, 0);
  }

  send(message: object): boolean {
    if (!this.#welcomed || this.#socket === null) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.#detach();
    this.#ends.line({ phase: 'idle' });
  }

  #connect(): void {
    this.#cancelTimer();
    this.#attempt += 1;
    this.#refusal = null;
    this.#ends.line({ phase: 'connecting', attempt: this.#attempt });
    const socket = this.#open();
    this.#socket = socket;
    this.#cancelTimer = this.#clock.after(WELCOME_WITHIN_MS, () => {
      this.#lost(socket, 0);
    });
    socket.onopen = () => {
      const token = this.#hello.token();
      const { page } = this.#hello;
      socket.send(JSON.stringify({ type: 'hello', page, ...(token === null ? {} : { token }) }));
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = typeof data === 'string' ? decode(data) : undefined;
      if (message === undefined) return;
      if (message.type === 'welcome') this.#welcome();
      if (message.type === 'problem' && !this.#welcomed) this.#refusal = message.problem;
      this.#ends.message(message);
    };
    socket.onclose = ({ code }) => {
      this.#lost(socket, code);
    };
  }

  #welcome(): void {
    this.#cancelTimer();
    this.#attempt = 0;
    this.#welcomed = true;
    this.#ends.line({ phase: 'connected' });
  }

  #lost(socket: SocketLike, code: number): void {
    if (socket !== this.#socket) return;
    const welcomed = this.#welcomed;
    this.#detach();
    const final = FINAL[code];
    if (final !== undefined && !(code === BAD_TOKEN && this.#hello.forget())) {
      this.#stopped = true;
      this.#ends.line({ phase: 'refused', problem: { type: final, title: '', status: code - 4000 } });
      return;
    }
    // Who was welcome and read too slowly just comes back.
    const problem = code === LATER && welcomed ? undefined : (this.#refusal ?? PASSING[code]);
    const patient = code === TOO_MANY || (code === LATER && !welcomed);
    const attempt = this.#attempt + 1;
    const wait = backoff(patient ? Math.max(attempt, PATIENT_ATTEMPT) : attempt, this.#clock.random());
    const retryAt = this.#clock.now() + wait;
    this.#notBefore = patient ? retryAt : 0;
    const why = problem === undefined ? {} : { problem };
    this.#ends.line({ phase: 'waiting', attempt, retryAt, goingAway: code === GOING_AWAY, ...why });
    this.#cancelTimer = this.#clock.after(wait, () => {
      this.#connect();
    });
  }

  #detach(): void {
    this.#cancelTimer();
    this.#welcomed = false;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
