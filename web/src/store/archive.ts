import type { Localized, Problem } from '../protocol/messages';
import type { Recording } from '../protocol/recordings';
import type { Fetch } from '../media/resource';
import type { Clock } from './clock';
import type { Span } from './recorded';
import { OFFLINE, type Answer } from './requests';
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

/** How often a session that is live is asked for its new chapters, ms. */
const FRESH_MS = 3_000;
const AGAIN_MS = 4_000;

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

  constructor(session: string, token: string | null, fetch: Fetch, clock: Clock) {
    this.#address = `/api/recordings/${encodeURIComponent(session)}`;
    this.#token = token;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** Reads it, and goes on while the session is live or the server out of reach. */
  async start(): Promise<void> {
    this.#cancel();
    const problem = await this.refresh();
    if (this.#closed) return;
    const { recording } = this.store.state;
    const passing = problem !== null && (problem.status === 0 || problem.status === 429 || problem.status >= 500);
    if (passing || recording?.state === 'live') {
      this.#cancel = this.#clock.after(passing ? AGAIN_MS : FRESH_MS, () => void this.start());
    }
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
      return response.ok ? response : await problemIn(response);
    } catch {
      return OFFLINE;
    }
  }
}

async function problemIn(response: Response): Promise<Problem> {
  const fallback = { type: 'about:blank', title: response.statusText, status: response.status };
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}
