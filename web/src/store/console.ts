import { MediaRefused } from '../media/resource';
import { sendInstead } from '../media/sending';
import type { BoothMember, MicrophoneState } from '../protocol/messages';
import { OFFLINE, type Answer } from './requests';
import type { Room } from './room';
import type { Session } from './session';

/** What an interpreter's own microphone really is: on air only where it feeds a channel. */
export type AirState = 'absent' | 'off' | 'open' | 'cough' | 'on-air';

/** The interpreter of this page among the members of their booth. */
export function ownMember(room: Room): BoothMember | null {
  const { connection } = room.media.microphone;
  const members = room.booth?.members ?? [];
  const own = connection === null ? undefined : members.find((member) => member.connection === connection);
  return own ?? members.find(({ person }) => person === room.welcome?.you.person) ?? null;
}

export function partners(room: Room): BoothMember[] {
  const own = ownMember(room);
  return (room.booth?.members ?? []).filter((member) => member !== own);
}

/**
 * By the server's account. A line that is down, not yet up, or on which nothing arrives is never on air, whatever was said before.
 *
 * @param present whether there is a microphone at this end
 */
export function airState(room: Room, present: boolean): AirState {
  const own = ownMember(room);
  const { phase } = room.media.microphone.line;
  if (!present || own === null || own.lost || room.media.microphone.connection === null) return 'absent';
  if (phase !== 'connected' && phase !== 'repairing') return 'absent';
  if (own.microphone === 'closed') return 'off';
  if (own.microphone === 'cough') return 'cough';
  return room.booth?.onAir === true && room.booth.holder === own.person ? 'on-air' : 'open';
}

/** Whether the booth speaks into the language the floor speaks: somebody forgot to switch. */
export function sameLanguage(room: Room): boolean {
  return room.booth?.warnings.includes('same-language') ?? false;
}

/** What the keys of an interpreter's console ask of the server, and of the microphone itself. */
export class Console {
  readonly #session: Session;
  #track: MediaStreamTrack | null = null;
  #coughing = false;
  /** Requests that had to go by HTTP, one after another: a cough must not be let go before it is held. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  get coughing(): boolean {
    return this.#coughing;
  }

  /** The microphone now in use, or none: put into the running connection without a new offer. */
  use(track: MediaStreamTrack | null): Promise<void> {
    this.#track = track;
    if (track !== null) track.enabled = !this.#coughing;
    return sendInstead(this.#session.microphone.peer, 'audio', track);
  }

  toggle(): Promise<Answer> {
    const own = ownMember(this.#session.store.state);
    const opens = own === null || own.microphone === 'closed';
    // A channel is not to be taken with silence.
    if (opens && this.#track === null) return Promise.resolve(null);
    return this.#microphone({ state: opens ? 'open' : 'closed' });
  }

  /** Held or let go. The microphone itself is silenced at once, whatever the line does. */
  async cough(held: boolean): Promise<Answer> {
    if (held === this.#coughing) return null;
    const own = ownMember(this.#session.store.state);
    if (held && own?.microphone !== 'open') return null;
    this.#coughing = held;
    if (this.#track !== null) this.#track.enabled = !held;
    return this.#microphone({ state: held ? 'cough' : 'open' });
  }

  outgoing(side: 'a' | 'b'): Promise<Answer> {
    const { booth } = this.#session.store.state;
    const language = side === 'a' ? booth?.a : booth?.b;
    if (language === undefined || language === null) return Promise.resolve(null);
    return this.#microphone({ outgoing: language });
  }

  incoming(choice: string): Promise<Answer> {
    return this.#session.requests.ask({ type: 'incoming', choice });
  }

  take(): Promise<Answer> {
    return this.#session.requests.ask({ type: 'take' });
  }

  async #microphone(change: { state?: MicrophoneState; outgoing?: string }): Promise<Answer> {
    const { resource } = this.#session.microphone;
    if (resource === null) return OFFLINE;
    const { connection } = resource;
    const answer = await this.#session.requests.ask({ type: 'microphone', connection, ...change });
    if (answer?.type !== OFFLINE.type) return answer;
    // The socket is down but the voice may still go out: the same key by HTTP.
    const put = this.#queue.then(() => resource.put('microphone', change));
    this.#queue = put.catch(() => undefined);
    try {
      await put;
      return null;
    } catch (error) {
      return error instanceof MediaRefused ? error.problem : OFFLINE;
    }
  }
}
