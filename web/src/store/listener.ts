import { listening, type Sight } from '../media/plans';
import { MediaRefused } from '../media/resource';
import { OFFLINE, type Answer } from './requests';
import type { Session } from './session';

/** What a listener asks for, kept so that a new connection asks for the same. What they get is in the room's state. */
export class Listener {
  readonly #session: Session;
  #channel: string;
  #understands: readonly string[] = [];
  #sight: Sight;
  #told: string | null = null;

  constructor(session: Session, channel: string, sight: Sight) {
    this.#session = session;
    this.#channel = channel;
    this.#sight = sight;
    session.store.follow(() => {
      this.#renew();
    });
  }

  start(): void {
    this.#session.ears.start(this.#plan());
  }

  /** Hears another channel on the same connection: by the socket, or past it where only the media still stands. */
  async listen(channel: string): Promise<Answer> {
    this.#channel = channel;
    this.#understands = [];
    const { resource } = this.#session.ears;
    if (resource === null) return null;
    const answer = await this.#session.requests.ask({ type: 'listen', connection: resource.connection, channel });
    if (answer?.type !== OFFLINE.type) return answer;
    try {
      await resource.put('channel', { channel });
      return null;
    } catch (error) {
      return error instanceof MediaRefused ? error.problem : OFFLINE;
    }
  }

  /** Hears the floor whenever its language is among these, else an interpretation into one of them. */
  async understand(languages: readonly string[]): Promise<Answer> {
    this.#understands = languages;
    const { resource } = this.#session.ears;
    if (resource === null) return null;
    this.#told = resource.connection;
    return this.#session.requests.ask({
      type: 'understand',
      connection: resource.connection,
      languages: [...languages],
    });
  }

  /** Sees more or less. The new connection is made before the old one is left, so that the sound goes on. */
  look(sight: Sight): void {
    if (sight === this.#sight) return;
    this.#sight = sight;
    if (this.#session.ears.started) this.#session.ears.replace(this.#plan());
  }

  /** A connection made anew does not know yet what the listener understands. */
  #renew(): void {
    const { socket, media } = this.#session.store.state;
    const { connection, line } = media.ears;
    if (this.#understands.length === 0 || line.phase !== 'connected' || socket.phase !== 'connected') return;
    if (connection !== this.#told) void this.understand(this.#understands);
  }

  #plan() {
    return listening(this.#session.visit.session, () => this.#channel, this.#sight);
  }
}
