import type { Problem } from '../protocol/messages';
import { backoff } from '../store/backoff';
import { OFFLINE, type Answer } from '../store/requests';
import { spread } from '../store/retryAfter';
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
  /** A link being made to take the place of `#link`, which goes on meanwhile; and who waits to know whether it does. */
  #successor: { link: Link; settle: (answer: Answer) => void } | null = null;
  /** What the present link carries: what is gone back to when its successor is refused. */
  #carried: MediaPlan | null = null;
  #cancelRetry: () => void = () => undefined;
  #attempt = 0;
  /** The server asked not to be asked before then, ms since the epoch. */
  #notBefore = 0;

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

  /**
   * Carries something else from now on: the new link is made before the old one is broken. Resolves with why it could not be made, and
   * then goes on as before; with null once it stands, or where something else is wanted meanwhile. Never rejects.
   */
  replace(plan: MediaPlan): Promise<Answer> {
    if (this.#plan === null) {
      this.start(plan);
      return Promise.resolve(null);
    }
    this.#plan = plan;
    if (this.#link === null) {
      this.hurry();
      return Promise.resolve(null);
    }
    this.#settle(null);
    let link: Link;
    try {
      link = this.#make(plan);
    } catch {
      this.#plan = this.#carried;
      return Promise.resolve(OFFLINE);
    }
    return new Promise((settle) => {
      this.#successor = { link, settle };
      link.establish().catch((error: unknown) => {
        link.close();
        this.#miss(link, error instanceof MediaRefused ? error.problem : OFFLINE);
      });
    });
  }

  /** Tries again at once if waiting to, but not before the server asked to. */
  hurry(): void {
    if (this.#plan === null || this.#link !== null || this.#ends.clock.now() < this.#notBefore) return;
    this.#open();
  }

  stop(): void {
    if (this.#plan === null) return;
    this.#plan = null;
    this.#attempt = 0;
    this.#cancelRetry();
    this.#settle(null);
    this.#link?.close();
    this.#link = null;
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
    this.#carried = plan;
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
    if (link === this.#successor?.link) {
      const predecessor = this.#link;
      const { settle } = this.#successor;
      this.#link = link;
      this.#successor = null;
      this.#carried = this.#plan;
      // The predecessor may have been lost meanwhile, and wait to be made anew.
      this.#cancelRetry();
      this.#say({ phase: 'connected' });
      predecessor?.close();
      settle(null);
    } else if (link === this.#link) {
      this.#say({ phase: 'connected' });
    }
    this.#attempt = 0;
    this.#notBefore = 0;
  }

  #lost(link: Link): void {
    this.#miss(link, OFFLINE);
    if (link === this.#link) this.#retry();
  }

  /** A link that should have taken the place of the present one did not come about. */
  #miss(link: Link, problem: Problem): void {
    if (link !== this.#successor?.link) return;
    this.#plan = this.#carried;
    this.#settle(problem);
  }

  #settle(answer: Answer): void {
    const successor = this.#successor;
    this.#successor = null;
    successor?.link.close();
    successor?.settle(answer);
  }

  #failed(error: unknown): void {
    if (error instanceof MediaRefused && !error.passing) {
      this.#link = null;
      this.#say({ phase: 'refused', problem: error.problem });
      return;
    }
    if (error instanceof MediaRefused) this.#retry(error.problem, error.retryAfterMs);
    else this.#retry();
  }

  /** @param asked how long the server asks to stay away, ms */
  #retry(problem?: Problem, asked: number | null = null): void {
    const { clock } = this.#ends;
    this.#link = null;
    const attempt = this.#attempt + 1;
    const least = asked === null ? 0 : spread(asked, clock.random());
    const wait = Math.max(least, backoff(attempt, clock.random()));
    const retryAt = clock.now() + wait;
    this.#notBefore = clock.now() + least;
    this.#say({ phase: 'waiting', attempt, retryAt, goingAway: false, ...(problem === undefined ? {} : { problem }) });
    this.#cancelRetry = clock.after(wait, () => {
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
