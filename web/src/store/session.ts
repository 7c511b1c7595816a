import { MediaConnection } from '../media/connection';
import type { Fetch } from '../media/resource';
import type { Page, ServerMessage } from '../protocol/messages';
import type { Clock } from './clock';
import { Requests } from './requests';
import { emptyRoom, reduceRoom, type MediaName, type Room, type RoomEvent } from './room';
import { SessionSocket, type SocketLike } from './socket';
import { Store } from './store';

/** The world outside, passed in so that a test can be the server. */
export interface World {
  clock: Clock;
  fetch: Fetch;
  openSocket: (path: string) => SocketLike;
  openPeer: () => RTCPeerConnection;
}

export interface Visit {
  session: string;
  page: Page;
  token: string | null;
}

/**
 * A page's visit to a session, in three parts: the state (what the server and the media say is so), the requests (what is asked), and the
 * media (what is really received and sent). Nothing in the state comes from a click.
 */
export class Session {
  readonly visit: Visit;
  readonly store = new Store<Room, RoomEvent>(emptyRoom, reduceRoom);
  readonly requests: Requests;
  readonly ears: MediaConnection;
  readonly microphone: MediaConnection;
  readonly slides: MediaConnection;
  readonly sign: MediaConnection;
  readonly clock: Clock;
  /** What the server gave a guest to be the same guest on the socket and for media. */
  #guest: string | null = null;
  readonly #socket: SessionSocket;

  constructor(visit: Visit, world: World) {
    const { session, page } = visit;
    const token = () => visit.token ?? this.#guest;
    const { clock, fetch } = world;
    this.visit = visit;
    this.clock = clock;
    const media = (name: MediaName): MediaConnection =>
      new MediaConnection({ fetch, token, clock, open: world.openPeer }, (state) => {
        this.store.dispatch({ kind: 'media', name, media: state });
      });
    this.ears = media('ears');
    this.microphone = media('microphone');
    this.slides = media('slides');
    this.sign = media('sign');
    const open = () => world.openSocket(`/ws/${encodeURIComponent(session)}`);
    const forget = () => this.#forgetGuest();
    this.#socket = new SessionSocket(open, { token, page, forget }, clock, {
      line: (line) => {
        if (line.phase !== 'connected') this.requests.lost();
        this.store.dispatch({ kind: 'socket', line });
        // The server is back: what waits for it need not wait longer.
        if (line.phase === 'connected') for (const media of this.#media()) media.hurry();
      },
      message: (message) => {
        this.#told(message);
      },
    });
    this.requests = new Requests((message) => this.#socket.send(message), clock);
  }

  start(): void {
    this.#socket.start();
  }

  /** The network is back, or somebody looks at the page again: whatever waits tries at once. */
  hurry(): void {
    this.#socket.hurry();
    for (const media of this.#media()) media.hurry();
  }

  /** The browser says the network is gone. */
  offline(): void {
    this.#socket.drop();
  }

  /** Leaves: says goodbye on every connection. */
  stop(): void {
    for (const media of this.#media()) media.stop();
    this.#socket.stop();
  }

  #media(): MediaConnection[] {
    return [this.ears, this.microphone, this.slides, this.sign];
  }

  /** Whether there was one: the server does not know it any more. */
  #forgetGuest(): boolean {
    const had = this.#guest !== null;
    this.#guest = null;
    return had;
  }

  #told(message: ServerMessage): void {
    if (message.type === 'welcome') this.#guest = message.you.token ?? this.#guest;
    if (message.type === 'done' || message.type === 'problem') this.requests.answered(message);
    else this.store.dispatch({ kind: 'notice', notice: message, at: this.clock.now() });
  }
}
