import type { Problem } from '../protocol/messages';
import { retryAfter } from '../store/retryAfter';

/** The part of `fetch` used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request the server refused, or that never reached it (status 0). */
export class MediaRefused extends Error {
  readonly problem: Problem;
  /** When the server asks to come back, ms from now; null where it asks nothing. */
  readonly retryAfterMs: number | null;

  constructor(problem: Problem, retryAfterMs: number | null = null) {
    super(problem.title);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later. */
  get passing(): boolean {
    return isPassing(this.problem);
  }
}

/** Whether what was refused may be granted later: the network, a full node, a node going away. */
export function isPassing({ status }: Problem): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** One WHIP or WHEP resource on the server (RFC 9725): what `POST` created, until `DELETE`. */
export class MediaResource {
  readonly location: string;
  readonly answer: string;
  readonly #token: string | null;
  readonly #fetch: Fetch;

  private constructor(location: string, answer: string, token: string | null, fetch: Fetch) {
    this.location = location;
    this.answer = answer;
    this.#token = token;
    this.#fetch = fetch;
  }

  /** The unguessable name of the connection: the last segment of its address. */
  get connection(): string {
    return this.location.slice(this.location.lastIndexOf('/') + 1);
  }

  static async create(url: string, offer: string, token: string | null, fetch: Fetch): Promise<MediaResource> {
    const response = await send(fetch, url, token, { method: 'POST', body: offer, type: 'application/sdp' });
    const location = response.headers.get('Location');
    if (location === null) throw new MediaRefused({ type: '/problems/no-location', title: 'No Location', status: 502 });
    const path = new URL(location, new URL(url, document.baseURI)).pathname;
    return new MediaResource(path, await response.text(), token, fetch);
  }

  /** Sends an ICE restart's fragment; the server's fragment in return. */
  async patch(fragment: string): Promise<string> {
    const init = { method: 'PATCH', body: fragment, type: 'application/trickle-ice-sdpfrag', ifMatch: '*' };
    const response = await send(this.#fetch, this.location, this.#token, init);
    return response.text();
  }

  /** `PUT {Location}/{what}`: the channel heard, or the state of a microphone. */
  async put(what: 'channel' | 'microphone', body: object): Promise<void> {
    const init = { method: 'PUT', body: JSON.stringify(body), type: 'application/json' };
    await send(this.#fetch, `${this.location}/${what}`, this.#token, init);
  }

  /** Says goodbye; works while the page closes. */
  delete(): void {
    const init = { method: 'DELETE', keepalive: true };
    send(this.#fetch, this.location, this.#token, init).catch(() => {
      // Gone already, or out of reach: the server lets go of silent peers by itself.
    });
  }
}

interface Sent {
  method: string;
  body?: string;
  type?: string;
  ifMatch?: string;
  keepalive?: boolean;
}

async function send(fetch: Fetch, url: string, token: string | null, sent: Sent): Promise<Response> {
  const headers: Record<string, string> = {};
  if (sent.type !== undefined) headers['Content-Type'] = sent.type;
  if (sent.ifMatch !== undefined) headers['If-Match'] = sent.ifMatch;
  if (token !== null) headers['Authorization'] = `Bearer ${token}`;
  const init: RequestInit = { method: sent.method, headers, keepalive: sent.keepalive ?? false };
  if (sent.body !== undefined) init.body = sent.body;
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new MediaRefused({ type: '/problems/offline', title: 'Not connected', status: 0 });
  }
  if (!response.ok) throw new MediaRefused(await problemOf(response), retryAfter(response.headers, Date.now()));
  return response;
}

/** What a refusal says of itself, as far as it can be read. */
export async function problemOf(response: Response): Promise<Problem> {
  const fallback = { type: 'about:blank', title: response.statusText, status: response.status };
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}
