import type { Clock } from '../src/store/clock';
import type { SocketLike } from '../src/store/socket';

/** A clock that stands still until told. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #tasks: { at: number; task: () => void }[] = [];
  chance = 0.5;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.#now + ms, task };
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry);
    };
  }

  /** Lets time pass; tasks run in order, each at its own time. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#tasks = this.#tasks.filter((other) => other !== due);
      this.#now = due.at;
      due.task();
    }
    this.#now = until;
  }

  get waiting(): number {
    return this.#tasks.length;
  }
}

/** The server's end of a socket. */
export class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  opens(): void {
    this.onopen?.call(this as unknown as WebSocket, new Event('open'));
  }

  says(message: object | string): void {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent('message', { data }));
  }

  breaks(code = 1006): void {
    this.onclose?.call(this as unknown as WebSocket, { code } as CloseEvent);
  }
}

/** A peer connection whose state the test decides. */
export class FakePeer {
  connectionState: RTCPeerConnectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  localDescription: RTCSessionDescriptionInit | null = null;
  currentRemoteDescription: RTCSessionDescriptionInit | null = null;
  readonly answers: string[] = [];
  readonly lines: { kind: string; direction: string }[] = [];
  restarts = 0;
  closed = false;

  addTransceiver(track: string | { kind: string }, { direction }: { direction: string }): object {
    this.lines.push({ kind: typeof track === 'string' ? track : track.kind, direction });
    return {};
  }

  getTransceivers(): object[] {
    return this.lines.map(({ kind, direction }, index) => ({
      currentDirection: direction,
      receiver: { track: { kind, id: `track-${String(index)}` } },
    }));
  }

  getSenders(): object[] {
    return [];
  }

  createOffer(options?: RTCOfferOptions): Promise<RTCSessionDescriptionInit> {
    if (options?.iceRestart === true) this.restarts += 1;
    const sdp = `v=0\r\na=ice-ufrag:u${String(this.restarts)}\r\na=ice-pwd:p\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n`;
    return Promise.resolve({ type: 'offer', sdp });
  }

  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.localDescription = description;
    return Promise.resolve();
  }

  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.currentRemoteDescription = description;
    this.answers.push(description.sdp ?? '');
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

/** A server of WHIP and WHEP that remembers what it was asked. */
export class FakeMediaServer {
  readonly asked: { method: string; url: string; body: string; headers: Record<string, string> }[] = [];
  /** What the next requests are answered with instead; a status, or nothing for a broken network. */
  readonly failures: (number | null)[] = [];
  /** What a request is asked to wait that is answered with 429 or 503, s or a date; and by which problem it is refused. */
  retryAfter: string | null = null;
  problem = '/problems/refused';
  #made = 0;

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { method = 'GET', body } = init;
    const headers = init.headers as Record<string, string>;
    this.asked.push({ method, url, body: typeof body === 'string' ? body : '', headers });
    const failure = this.failures.shift();
    if (failure === null) return Promise.reject(new TypeError('network'));
    if (failure !== undefined) {
      const problem = { type: this.problem, title: 'Refused', status: failure };
      const headers = new Headers({ 'Content-Type': 'application/problem+json' });
      if (this.retryAfter !== null && (failure === 429 || failure === 503)) headers.set('Retry-After', this.retryAfter);
      return Promise.resolve(new Response(JSON.stringify(problem), { status: failure, headers }));
    }
    if (method === 'POST') {
      this.#made += 1;
      const Location = `/whep/r/c${String(this.#made)}`;
      return Promise.resolve(new Response('a=ice-ufrag:s\r\na=ice-pwd:s\r\n', { status: 201, headers: { Location } }));
    }
    if (method === 'PATCH') return Promise.resolve(new Response('a=ice-ufrag:s2\r\na=ice-pwd:s2\r\n'));
    return Promise.resolve(new Response(null, { status: 204 }));
  };
}

/** Lets promises that are ready settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((done) => setTimeout(done, 0));
}

/** happy-dom plays nothing and has no audio graph. */
export function silenceBrowser(): void {
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  window.AudioContext = class {
    state = 'running';
    createMediaStreamSource = () => ({ connect: () => undefined, disconnect: () => undefined });
  } as unknown as typeof AudioContext;
  window.AnalyserNode = class {
    fftSize = 8;
    getFloatTimeDomainData = () => undefined;
  } as unknown as typeof AnalyserNode;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { writable: true, configurable: true, value: null });
}
