import type { ProgrammeSession } from '../../protocol/api';

/** When a session is, seen from now. */
export type When = 'now' | 'next' | 'ended';

export function when({ state, startsAt }: ProgrammeSession, now: number): When {
  if (state === 'ended') return 'ended';
  return startsAt !== null && Date.parse(startsAt) > now ? 'next' : 'now';
}

/** The sessions of one event, in the order they start. */
export interface EventAgenda {
  event: ProgrammeSession['event'];
  sessions: ProgrammeSession[];
}

/** The programme by event: what can be joined in the order it starts, what has no announced start, what has ended. */
export function agenda(sessions: readonly ProgrammeSession[]): EventAgenda[] {
  const start = ({ state, startsAt }: ProgrammeSession) => {
    if (state === 'ended') return Infinity;
    return startsAt === null ? Number.MAX_VALUE : Date.parse(startsAt);
  };
  const events = new Map<string, EventAgenda>();
  for (const session of [...sessions].sort((a, b) => compare(start(a), start(b)))) {
    const known = events.get(session.event.id);
    if (known === undefined) events.set(session.event.id, { event: session.event, sessions: [session] });
    else known.sessions.push(session);
  }
  return [...events.values()];
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
