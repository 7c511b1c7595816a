/** How a live listener stands. Times in s. */
export interface Standing {
  /** The speed it plays at now. */
  rate: number;
  /** How much further behind the present than it should be; negative where it is ahead of that. */
  behind: number;
  /** What lies ready after the place that is played. */
  ahead: number;
}

/** Less than this is not worth a change of speed that one might hear. */
const SLACK_S = 0.25;
/** Near enough to go at the speed of life again. */
const CLOSE_S = 0.03;
/** With less than this in hand, hurrying would end in a stall. */
const IN_HAND_S = 0.3;
/** Speech with its pitch kept: the first is not noticed, the last is, and is over soon. */
const PACES = [
  { from: 1.5, rate: 1.25 },
  { from: 0.6, rate: 1.1 },
  { from: 0, rate: 1.05 },
] as const;

/**
 * The speed that brings a live listener back to where they should be. It begins late and ends where it aimed: a speed that
 * changes several times a second, as hls.js's own does, is heard as a wavering voice.
 */
export function pace({ rate, behind, ahead }: Standing): number {
  const enough = rate > 1 ? CLOSE_S : SLACK_S;
  if (behind <= enough || ahead < IN_HAND_S) return 1;
  return PACES.find(({ from }) => behind >= from)?.rate ?? 1;
}
