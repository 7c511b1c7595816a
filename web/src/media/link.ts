import type { Clock } from '../store/clock';
import { MediaResource, type Fetch } from './resource';
import { iceFragment, withIce } from './sdp';

/** What a media connection is to carry, and where. */
export interface MediaPlan {
  /** Where to POST the offer. */
  url(): string;
  /** Adds the m-lines, in the order agreed with the server. */
  prepare(peer: RTCPeerConnection): void;
  /** Changes the answer before it is applied (what we ask of our own encoder). */
  amend?(answer: string): string;
}

export interface LinkEnds {
  fetch: Fetch;
  /** The token to present now; a guest is given one by the socket. */
  token: () => string | null;
  clock: Clock;
  open: () => RTCPeerConnection;
}

export interface LinkEvents {
  /** The tracks to be received exist: players may get ready, though nothing comes yet. */
  answered(): void;
  connected(): void;
  /** The path is broken; the link tries to mend it by itself. */
  repairing(): void;
  /** Beyond repair. The link is closed. */
  lost(): void;
}

const CONNECT_WITHIN_MS = 12_000;
/** How long a path may be silent before ICE is restarted: most short gaps heal by themselves. */
const PATIENCE_MS = 2_000;
const REPAIR_WITHIN_MS = 8_000;

/** One peer connection and its resource on the server: from the offer until it is closed or lost, never reused. */
export class Link {
  readonly peer: RTCPeerConnection;
  readonly #plan: MediaPlan;
  readonly #ends: LinkEnds;
  readonly #events: LinkEvents;
  #resource: MediaResource | null = null;
  #cancelTimer: () => void = () => undefined;
  #closed = false;
  #repairing = false;

  constructor(plan: MediaPlan, ends: LinkEnds, events: LinkEvents) {
    this.#plan = plan;
    this.#ends = ends;
    this.#events = events;
    this.peer = ends.open();
  }

  get resource(): MediaResource | null {
    return this.#resource;
  }

  /** Received tracks, in the order of the offer's m-lines. */
  received(kind: 'audio' | 'video'): MediaStreamTrack[] {
    return this.peer
      .getTransceivers()
      .filter(({ currentDirection }) => currentDirection === 'recvonly' || currentDirection === 'sendrecv')
      .map(({ receiver }) => receiver.track)
      .filter((track) => track.kind === kind);
  }

  /**
   * Makes the offer and applies the answer. The server is ICE-lite and its candidates are in the answer, so the offer waits for none of
   * ours. Rejects with MediaRefused.
   */
  async establish(): Promise<void> {
    this.#plan.prepare(this.peer);
    this.peer.onconnectionstatechange = () => {
      this.#follow();
    };
    this.#expect(CONNECT_WITHIN_MS);
    await this.peer.setLocalDescription(await this.peer.createOffer());
    const offer = this.peer.localDescription?.sdp ?? '';
    const { fetch, token } = this.#ends;
    const resource = await MediaResource.create(this.#plan.url(), offer, token(), fetch);
    if (this.#closed) {
      resource.delete();
      return;
    }
    this.#resource = resource;
    const sdp = this.#plan.amend?.(resource.answer) ?? resource.answer;
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
    if (!this.#closed) this.#events.answered();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTimer();
    this.peer.onconnectionstatechange = null;
    this.peer.close();
    this.#resource?.delete();
  }

  #follow(): void {
    switch (this.peer.connectionState) {
      case 'connected':
        this.#cancelTimer();
        this.#repairing = false;
        this.#events.connected();
        break;
      case 'disconnected':
        this.#cancelTimer();
        this.#events.repairing();
        this.#cancelTimer = this.#ends.clock.after(PATIENCE_MS, () => {
          void this.#restartIce();
        });
        break;
      case 'failed':
        if (this.#repairing || this.#resource === null) this.#lose();
        else void this.#restartIce();
        break;
      case 'closed':
        this.#lose();
        break;
      default:
    }
  }

  async #restartIce(): Promise<void> {
    if (this.#closed || this.#repairing || this.#resource === null) return;
    this.#repairing = true;
    this.#events.repairing();
    this.#expect(REPAIR_WITHIN_MS);
    try {
      const offer = await this.peer.createOffer({ iceRestart: true });
      await this.peer.setLocalDescription(offer);
      const fragment = await this.#resource.patch(iceFragment(offer.sdp ?? ''));
      const earlier = this.peer.currentRemoteDescription?.sdp ?? this.#resource.answer;
      await this.peer.setRemoteDescription({ type: 'answer', sdp: withIce(earlier, fragment) });
    } catch {
      // Refused, or out of reach: a new connection is the next thing to try.
      this.#lose();
    }
  }

  #expect(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#ends.clock.after(ms, () => {
      this.#lose();
    });
  }

  #lose(): void {
    if (this.#closed) return;
    this.close();
    this.#events.lost();
  }
}
