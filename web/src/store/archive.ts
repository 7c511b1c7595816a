import type { Localized, Problem } from '../protocol/messages';
import type { Recording } from '../protocol/recordings';
import { isPassing, problemOf, type Fetch } from '../media/resource';
import { backoff } from './backoff';
import type { Clock } from './clock';
import type { Span } from './recorded';
import { OFFLINE, type Answer } from './requests';
import { retryAfter, spread } from './retryAfter';
import { Store } from './store';

/** What is known of one recording. */
export interface Archived {
  recording: Recording | null;
  /** Why it is not shown, or no longer fresh. */
  problem: Problem | null;
  /** Something asked is on its way. */
  busy: boolean;
}

export type ArchivedEvent =
  { kind: 'told'; recording: Recording } | { kind: 'failed'; problem: Problem } | { kind: 'busy'; busy: boolean };

/** What an organiser changes. */
export interface Change {
  published?: boolean;
  trim?: Span | null;
  chapters?: { id: string; title: Localized | null }[];
}

/** How often a session that is live is asked for its new chapters, ms; up to half as much later, since a whole audience asks. */
const FRESH_MS = 8_000;
/** How often a recording that is not there is asked for, where it may come yet, ms. */
const ABSENT_MS = 20_000;
/** The attempts of `backoff` that are left out where the server is out of reach: the first wait is 2 s. */
const PATIENT_ATTEMPTS = 2;

function reduce(archived: Archived, event: ArchivedEvent): Archived {
  switch (event.kind) {
    case 'told':
      return { ...archived, recording: event.recording, problem: null };
    case 'failed':
      return { ...archived, problem: event.problem };
    case 'busy':
      return { ...archived, busy: event.busy };
  }
}

/** A session's recording on the server: read, kept fresh while live, and changed by whoever may. */
export class Archive {
  readonly store = new Store<Archived, ArchivedEvent>({ recording: null, problem: null, busy: false }, reduce);
  readonly #address: string;
  readonly #token: string | null;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  #cancel: () => void = () => undefined;
  #closed = false;
  readonly #awaits: boolean;
  /** Reads begun; a later one makes those before it stop asking by themselves. */
  #turn = 0;
  #failures = 0;
  /** How long the server asked to stay away when it last answered, ms. */
  #asked: number | null = null;

  /** @param awaits goes on where there is no recording, as long as there may be one yet */
  constructor(session: string, token: string | null, fetch: Fetch, clock: Clock, awaits = false) {
    this.#address = `/api/recordings/${encodeURIComponent(session)}`;
    this.#token = token;
    this.#fetch = fetch;
    this.#clock = clock;
    this.#awaits = awaits;
  }

  /** Reads it, and goes on while the session is live or the server out of reach. */
  async start(): Promise<void> {
    this.#cancel();
    this.#turn += 1;
    const turn = this.#turn;
    const problem = await this.refresh();
    const wait = this.#wait(problem);
    if (this.#closed || turn !== this.#turn || wait === null) return;
    this.#cancel = this.#clock.after(wait, () => void this.start());
  }

  /** When to ask again, ms; null where there is nothing to wait for. */
  #wait(problem: Problem | null): number | null {
    const chance = () => this.#clock.random();
    if (problem !== null && isPassing(problem)) {
      this.#failures += 1;
      const asked = this.#asked === null ? 0 : spread(this.#asked, chance());
      return Math.max(asked, backoff(this.#failures + PATIENT_ATTEMPTS, chance()));
    }
    this.#failures = 0;
    if (problem?.status === 404 && this.#awaits) return spread(ABSENT_MS, chance());
    return this.store.state.recording?.state === 'live' ? spread(FRESH_MS, chance()) : null;
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async refresh(): Promise<Answer> {
    const answer = await this.#send('GET', '', null);
    if (answer instanceof Response) {
      this.store.dispatch({ kind: 'told', recording: (await answer.json()) as Recording });
      return null;
    }
    this.store.dispatch({ kind: 'failed', problem: answer });
    return answer;
  }

  change(change: Change): Promise<Answer> {
    return this.#ask('PATCH', '', { body: JSON.stringify(change), type: 'application/json' });
  }

  /** @param vtt the file's text */
  caption(language: string, vtt: string): Promise<Answer> {
    return this.#ask('PUT', `/captions/${encodeURIComponent(language)}`, { body: vtt, type: 'text/vtt' });
  }

  uncaption(language: string): Promise<Answer> {
    return this.#ask('DELETE', `/captions/${encodeURIComponent(language)}`, null);
  }

  poster(atMs: number): Promise<Answer> {
    const body = JSON.stringify({ atMs: Math.round(atMs) });
    return this.#ask('PUT', '/poster', { body, type: 'application/json' });
  }

  remove(): Promise<Answer> {
    return this.#ask('DELETE', '', null);
  }

  restore(): Promise<Answer> {
    return this.#ask('POST', '/restore', null);
  }

  /** Asks, and reads what became of it: the page shows the server's answer. */
  async #ask(method: string, path: string, sent: { body: string; type: string } | null): Promise<Answer> {
    this.store.dispatch({ kind: 'busy', busy: true });
    const answer = await this.#send(method, path, sent);
    const problem = answer instanceof Response ? null : answer;
    if (problem === null) await this.refresh();
    this.store.dispatch({ kind: 'busy', busy: false });
    return problem;
  }

  async #send(method: string, path: string, sent: { body: string; type: string } | null): Promise<Response | Problem> {
    const headers: Record<string, string> = {};
    if (sent !== null) headers['Content-Type'] = sent.type;
    if (this.#token !== null) headers['Authorization'] = `Bearer ${this.#token}`;
    const init: RequestInit = { method, headers };
    if (sent !== null) init.body = sent.body;
    try {
      const response = await this.#fetch(this.#address + path, init);
      this.#asked = retryAfter(response.headers, this.#clock.now());
      return response.ok ? response : await problemOf(response);
    } catch {
      this.#asked = null;
      return OFFLINE;
    }
  }
}
