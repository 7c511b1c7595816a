const FIRST_STEPS_S = [0, 1, 2, 4, 8, 16];
const LONGEST_S = 30;
const JITTER = 0.25;

/**
 * How long to wait before the attempt numbered `attempt` (from 1), in milliseconds: 0, 1, 2, 4 … 30 s, each but the
 * first spread by a quarter either way, so that a room full of listeners does not come back in one instant.
 */
export function backoff(attempt: number, random: number): number {
  const seconds = FIRST_STEPS_S[attempt - 1] ?? LONGEST_S;
  return Math.round(seconds * 1000 * (1 + JITTER * (2 * random - 1)));
}
