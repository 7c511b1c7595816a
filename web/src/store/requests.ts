import type { Done, Problem, Refused, Request } from '../protocol/messages';
import type { Clock } from './clock';

/** What became of a request: nothing to say, or the problem. */
export type Answer = Problem | null;

export const OFFLINE: Problem = { type: '/problems/offline', title: 'Not connected', status: 0 };
const UNANSWERED: Problem = { type: '/problems/unanswered', title: 'No answer', status: 0 };
const ANSWER_WITHIN_MS = 10_000;

/** Requests to the server, each matched with its answer by `ref`. */
export class Requests {
  readonly #send: (message: object) => boolean;
  readonly #clock: Clock;
  readonly #pending = new Map<string, (answer: Answer) => void>();
  #count = 0;

  constructor(send: (message: object) => boolean, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Sends a request; resolves with null when done, else with the problem. Never rejects. */
  ask(request: Request): Promise<Answer> {
    this.#count += 1;
    const ref = String(this.#count);
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ANSWER_WITHIN_MS, () => {
        this.#settle(ref, UNANSWERED);
      });
      this.#pending.set(ref, (answer) => {
        cancel();
        resolve(answer);
      });
      if (!this.#send({ ...request, ref })) this.#settle(ref, OFFLINE);
    });
  }

  answered(message: Done | Refused): void {
    if (message.ref !== undefined) this.#settle(message.ref, message.type === 'done' ? null : message.problem);
  }

  /** The line broke: nothing that was asked will be answered. */
  lost(): void {
    for (const ref of [...this.#pending.keys()]) this.#settle(ref, OFFLINE);
  }

  #settle(ref: string, answer: Answer): void {
    const settle = this.#pending.get(ref);
    this.#pending.delete(ref);
    settle?.(answer);
  }
}
