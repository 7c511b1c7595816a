import { sendInstead } from '../media/sending';
import type { StageSource } from '../protocol/messages';
import type { Answer } from './requests';
import type { Room } from './room';
import type { Session } from './session';

/** This page's speaker on the stage, by the server's account; null while not there. */
export function ownSource(room: Room): StageSource | null {
  const person = room.welcome?.you.person;
  return room.stage?.sources.find((source) => source.kind === 'speaker' && source.person === person) ?? null;
}

/** What a speaker asks of the server, and of their own microphone. */
export class Speaker {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Closing silences the microphone itself at once; opening waits for the server to say so. */
  microphone(track: MediaStreamTrack | null, open: boolean): Promise<Answer> {
    if (!open && track !== null) track.enabled = false;
    const own = ownSource(this.#session.store.state);
    if (own === null) return Promise.resolve(null);
    const state = open ? 'open' : 'closed';
    return this.#session.requests.ask({ type: 'source.microphone', source: own.source, state });
  }

  /** Another microphone, camera, or none, on the running connection. */
  send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    return sendInstead(this.#session.microphone.peer, kind, track);
  }

  speaks(language: string | null): Promise<Answer> {
    return this.#session.requests.ask({ type: 'speaks', language });
  }

  goOn(): Promise<Answer> {
    return this.#session.requests.ask({ type: 'stage.ready' });
  }

  stepOff(): Promise<Answer> {
    return this.#session.requests.ask({ type: 'stage.leave' });
  }
}
