/** Where a second player is kept: in step with the first. Times are on the recording's clock, ms. */
export interface Pair {
  /** The first player's. */
  at: number;
  rate: number;
  /** The second player's. */
  ownAt: number;
}

/** What brings a second player into step: a jump, or a pace. */
export type Correction = { seekTo: number } | { rate: number };

/** Further apart than this is seen at once, and is not made up by pace. ms */
export const JUMP_MS = 400;
/** Closer than this is left alone: one picture of 25 a second. ms */
export const CLOSE_MS = 40;
/** The most by which the pace differs. */
const HASTE = 0.12;
/** Time in which a drift is to be made up, ms. */
const WITHIN_MS = 1_500;

/** How to bring a second player into step. */
export function correction({ at, rate, ownAt }: Pair): Correction {
  const behind = at - ownAt;
  if (Math.abs(behind) > JUMP_MS) return { seekTo: at };
  if (Math.abs(behind) <= CLOSE_MS) return { rate };
  const haste = Math.min(HASTE, Math.max(-HASTE, behind / WITHIN_MS));
  return { rate: rate * (1 + haste) };
}
