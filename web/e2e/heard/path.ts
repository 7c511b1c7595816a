/** The best way through a loop for pieces that follow each other. */
export interface Path {
  /** How well each piece fits where the way passes: its correlation there. */
  readonly fits: readonly number[];
  /** The sum of these, less what the way's turns cost. */
  readonly score: number;
  /** Place of the loop where the first piece begins, in bins. */
  readonly origin: number;
}

/** A piece, ready to be laid on a way. */
export interface Step {
  /** How far after the first piece it begins, in bins. */
  readonly after: number;
  /** Its correlation at each place of the loop. */
  readonly fit: Float32Array;
}

/** What it costs to leave the pace, in correlation; nothing where every piece goes on exactly where the one before it ended. */
export interface Toll {
  /** Each bin earlier or later: players stretch and cut by some ten milliseconds at a time. */
  readonly bin: number;
  /** Anywhere else: a player's buffer was emptied. */
  readonly jump: number;
}

/** Dynamic programming over the loop's places, with the cheapest turn between two pieces found in linear time. */
export function bestPath(steps: readonly Step[], { bin, jump }: Toll): Path {
  const places = steps[0]!.fit.length;
  let sums = new Float32Array(places);
  const cameFrom: Int32Array[] = [];
  for (const [i, { after, fit }] of steps.entries()) {
    const from = Int32Array.from({ length: places }, (_, place) => place);
    if (i > 0) turn(sums, from, bin, jump);
    cameFrom.push(from);
    const next = new Float32Array(places);
    for (let origin = 0; origin < places; origin++) next[origin] = sums[origin]! + fit[(origin + after) % places]!;
    sums = next;
  }
  let origin = top(sums);
  const score = sums[origin]!;
  const fits: number[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const { after, fit } = steps[i]!;
    fits.push(fit[(origin + after) % places]!);
    origin = cameFrom[i]![origin]!;
  }
  return { fits: fits.reverse(), score, origin };
}

/** Lets each place be reached from the best other place, round the loop; the linear cost needs one pass in either direction. */
function turn(sums: Float32Array, from: Int32Array, bin: number, jump: number): void {
  const places = sums.length;
  const reach = (here: number, there: number, cost: number) => {
    const sum = sums[there]! - cost;
    if (sum <= sums[here]!) return;
    sums[here] = sum;
    from[here] = from[there]!;
  };
  const best = top(sums);
  const leap = { sum: sums[best]! - jump, from: best };
  // Twice, so that what begins at the end of the loop gets over its seam.
  for (let i = 1; i < 2 * places; i++) reach(i % places, (i - 1) % places, bin);
  for (let i = 2 * places - 2; i >= 0; i--) reach(i % places, (i + 1) % places, bin);
  for (let i = 0; i < places; i++) {
    if (leap.sum <= sums[i]!) continue;
    sums[i] = leap.sum;
    from[i] = leap.from;
  }
}

function top(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
