import type { Problem } from '../protocol/messages';
import { backoff } from '../store/backoff';
import { NO_MEDIA, type Line, type Media } from '../store/room';
import { Link, type LinkEnds, type MediaPlan } from './link';
import { MediaRefused, type MediaResource } from './resource';

/** The type of the problem of a browser without WebRTC, or one whose owner has switched it off. */
export const NO_WEBRTC = '/problems/no-webrtc';

/** Keeps one media connection alive: opens links one after another until it is told to stop, and reports what is. */
export class MediaConnection {
  readonly #ends: LinkEnds;
  readonly #report: (media: Media) => void;
  #plan: MediaPlan | null = null;
  #link: Link | null = null;
  /** A link being made to take the place of `#link`, which goes on meanwhile. */
  #successor: Link | null = null;
  #cancelRetry: () => void = () => undefined;
  #attempt = 0;

  constructor(ends: LinkEnds, report: (media: Media) => void) {
    this.#ends = ends;
    this.#report = report;
  }

  get resource(): MediaResource | null {
    return this.#link?.resource ?? null;
  }

  get peer(): RTCPeerConnection | null {
    return this.#link?.peer ?? null;
  }

  get started(): boolean {
    return this.#plan !== null;
  }

  start(plan: MediaPlan): void {
    this.stop();
    this.#plan = plan;
    this.#open();
  }

  /** Carries something else from now on: the new link is made before the old one is broken. */
  replace(plan: MediaPlan): void {
    if (this.#link === null || this.#plan === null) {
      this.start(plan);
      return;
    }
    this.#plan = plan;
    this.#successor?.close();
    const successor = this.#make(plan);
    this.#successor = successor;
    successor.establish().catch(() => {
      if (this.#successor === successor) this.#successor = null;
      successor.close();
    });
  }

  /** Tries again at once if waiting to. */
  hurry(): void {
    if (this.#plan !== null && this.#link === null) this.#open();
  }

  stop(): void {
    if (this.#plan === null) return;
    this.#plan = null;
    this.#attempt = 0;
    this.#cancelRetry();
    this.#successor?.close();
    this.#link?.close();
    this.#successor = this.#link = null;
    this.#report(NO_MEDIA);
  }

  #open(): void {
    const plan = this.#plan;
    if (plan === null) return;
    this.#cancelRetry();
    this.#attempt += 1;
    this.#say({ phase: 'connecting', attempt: this.#attempt });
    let link: Link;
    try {
      link = this.#make(plan);
    } catch {
      this.#say({ phase: 'refused', problem: { type: NO_WEBRTC, title: 'No WebRTC', status: 0 } });
      return;
    }
    this.#link = link;
    link.establish().catch((error: unknown) => {
      link.close();
      if (this.#link === link) this.#failed(error);
    });
  }

  #make(plan: MediaPlan): Link {
    const link: Link = new Link(plan, this.#ends, {
      answered: () => {
        this.#answered(link);
      },
      connected: () => {
        this.#connected(link);
      },
      repairing: () => {
        if (this.#link === link) this.#say({ phase: 'repairing' });
      },
      lost: () => {
        this.#lost(link);
      },
    });
    return link;
  }

  /** A player takes longer to start than a connection: it starts meanwhile. Nothing is said to be heard yet. */
  #answered(link: Link): void {
    if (link !== this.#link || link.peer.connectionState === 'connected') return;
    const line: Line = { phase: 'connecting', attempt: this.#attempt };
    this.#report({ ...NO_MEDIA, line, audio: link.received('audio'), video: link.received('video') });
  }

  #connected(link: Link): void {
    if (link === this.#successor) {
      const predecessor = this.#link;
      this.#link = link;
      this.#successor = null;
      this.#say({ phase: 'connected' });
      predecessor?.close();
    } else if (link === this.#link) {
      this.#say({ phase: 'connected' });
    }
    this.#attempt = 0;
  }

  #lost(link: Link): void {
    if (link === this.#successor) this.#successor = null;
    if (link === this.#link) this.#retry();
  }

  #failed(error: unknown): void {
    if (error instanceof MediaRefused && !error.passing) {
      this.#link = null;
      this.#say({ phase: 'refused', problem: error.problem });
      return;
    }
    this.#retry(error instanceof MediaRefused ? error.problem : undefined);
  }

  #retry(problem?: Problem): void {
    this.#link = null;
    const attempt = this.#attempt + 1;
    const wait = backoff(attempt, this.#ends.clock.random());
    const retryAt = this.#ends.clock.now() + wait;
    this.#say({ phase: 'waiting', attempt, retryAt, goingAway: false, ...(problem === undefined ? {} : { problem }) });
    this.#cancelRetry = this.#ends.clock.after(wait, () => {
      this.#open();
    });
  }

  #say(line: Line): void {
    const link = this.#link;
    const connection = link?.resource?.connection ?? null;
    if (link === null || connection === null) this.#report({ ...NO_MEDIA, line });
    else this.#report({ line, connection, audio: link.received('audio'), video: link.received('video') });
  }
}
