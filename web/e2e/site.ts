/** A session of `GET /api/demo`. */
export interface DemoSession {
  readonly id: string;
  readonly empty: boolean;
  readonly languages: readonly string[];
  readonly links: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

/** One row of `GET /api/sessions/{session}/routing`. */
export interface Route {
  readonly channel: string;
  readonly source: string | null;
  readonly kind: 'interpretation' | 'original' | 'silence';
  readonly rule: string;
  readonly listeners: number;
}

/** GET with an optional bearer token: the body, as text. */
export type Get = (url: string, token?: string) => Promise<string>;

/** What a server offers to everybody who has its address. */
export class Site {
  readonly url: string;
  readonly #fetch: Get;

  /** @param get how to reach it, where that is not directly */
  constructor(url: string, get: Get = getDirectly) {
    this.url = url;
    this.#fetch = get;
  }

  /** The empty demo session that offers exactly these languages. */
  async emptySession(...languages: string[]): Promise<DemoSession> {
    const { sessions } = (await this.#get('/api/demo')) as { sessions: DemoSession[] };
    const wanted = languages.toSorted().join();
    const session = sessions.find((s) => s.empty && s.languages.toSorted().join() === wanted);
    if (session === undefined) throw new Error(`the demo has no empty session in ${wanted}`);
    return session;
  }

  async routing({ id, tokens }: DemoSession): Promise<readonly Route[]> {
    const token = tokens['organiser'];
    return ((await this.#get(`/api/sessions/${id}/routing`, token)) as { channels: Route[] }).channels;
  }

  async route(session: DemoSession, channel: string): Promise<Route | undefined> {
    return (await this.routing(session)).find((route) => route.channel === channel);
  }

  async #get(path: string, token?: string): Promise<unknown> {
    return JSON.parse(await this.#fetch(`${this.url}${path}`, token));
  }
}

async function getDirectly(url: string, token?: string): Promise<string> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return response.text();
}
