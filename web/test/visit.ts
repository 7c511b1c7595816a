import type { Notice, Page } from '../src/protocol/messages';
import { Session } from '../src/store/session';
import { FakeClock, FakeMediaServer, FakePeer, FakeSocket, settle } from './fakes';

/** A page's visit to a session of which the test is the server. */
export class FakeVisit {
  readonly clock = new FakeClock();
  readonly server = new FakeMediaServer();
  readonly sockets: FakeSocket[] = [];
  readonly peers: FakePeer[] = [];
  readonly session: Session;

  /** @param token of the link; null for a guest */
  constructor(page: Page, token: string | null = 't') {
    this.session = new Session(
      { session: 'plenary', page, token },
      {
        clock: this.clock,
        fetch: this.server.fetch,
        openSocket: () => {
          const socket = new FakeSocket();
          this.sockets.push(socket);
          return socket;
        },
        openPeer: () => {
          const peer = new FakePeer();
          this.peers.push(peer);
          return peer as unknown as RTCPeerConnection;
        },
      },
    );
  }

  get socket(): FakeSocket {
    return this.sockets.at(-1) as FakeSocket;
  }

  /** Requests sent on the socket, hello apart. */
  get asked(): Record<string, unknown>[] {
    return this.socket.sent.filter(({ type }) => type !== 'hello');
  }

  /** @param hls where it is broadcast; null where it is not recorded */
  welcome(identity: string | null = null, hls: string | null = '/hls/plenary/index.m3u8'): void {
    if (this.sockets.length === 0) this.session.start();
    this.socket.opens();
    this.says({
      type: 'welcome',
      you: { person: 'p-me', name: 'Aiko', role: 'interpreter', booth: 'fr-ja', token: identity },
      session: {
        id: 'plenary',
        title: { fr: 'Plénière' },
        state: 'live',
        languages: ['fr', 'ja'],
        event: { title: {}, cities: [] },
        startsAt: null,
        endsAt: null,
        chaired: false,
        hls,
        replay: hls === null ? null : '/replay/plenary',
      },
      serverTime: '2026-11-22T11:00:00Z',
      demo: false,
    });
  }

  says(notice: Notice): void {
    this.socket.says(notice);
  }

  /** Answers the latest request. */
  done(): void {
    this.socket.says({ type: 'done', ref: this.asked.at(-1)?.['ref'] });
  }

  async connects(): Promise<void> {
    await settle();
    this.peers.at(-1)?.becomes('connected');
  }
}
