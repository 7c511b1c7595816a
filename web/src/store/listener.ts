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
  /** What the present connection carries. */
  #carried: Sight;
  #told: string | null = null;

  constructor(session: Session, channel: string, sight: Sight) {
    this.#session = session;
    this.#channel = channel;
    this.#sight = this.#carried = sight;
    session.store.follow(() => {
      this.#renew();
    });
  }

  start(): void {
    this.#carried = this.#sight;
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

  /** What is asked to be seen; after a refusal again what was seen before. */
  get sight(): Sight {
    return this.#sight;
  }

  /** Sees more or less. The new connection is made before the old one is left, so that the sound goes on. */
  async look(sight: Sight): Promise<Answer> {
    if (sight === this.#sight) return null;
    this.#sight = sight;
    if (!this.#session.ears.started) return null;
    const answer = await this.#session.ears.replace(this.#plan());
    // Something else may have been asked for meanwhile; then that decides.
    if (this.#sight !== sight) return null;
    if (answer === null) this.#carried = sight;
    else this.#sight = this.#carried;
    return answer;
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
