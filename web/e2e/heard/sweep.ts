import { complex, transform } from './fft.ts';
import type { Sound } from './wav.ts';

/** A tone that rises evenly, over and over: at each moment its pitch says where in it one is. */
export interface Sweep {
  /** Hz */
  readonly from: number;
  readonly to: number;
  /** How long it rises, s. */
  readonly seconds: number;
}

/** What of a sweep is there in one moment of a sound. */
export interface Trace {
  /** The loudest tone within the sweep's range, dB below full scale. */
  readonly level: number;
  /** Where in the sweep that is, s. */
  readonly place: number;
  /** How much quieter another tone of the range is that is no side of the first: an echo, or the end beside the beginning. dB */
  readonly apart: number;
}

/** How one sweep gave way to another in a sound. Times in ms. */
export interface Change {
  /** From which on only the second is heard; NaN if it never is. */
  readonly at: number;
  /** The longest time with neither of them. */
  readonly gap: number;
  /** Time with both of them. */
  readonly both: number;
  /** Time with one of them at two places at once. */
  readonly doubled: number;
  /** The furthest that what is heard jumps, forth or back, within the second one. */
  readonly jump: number;
}

/** Quieter than this a sweep is not heard, dB below full scale; it is played at -8. */
const HEARD_DB = -25;
/** A second tone this close to the first is heard beside it, dB. */
const BESIDE_DB = 12;
/** Nearer to where a sweep ends and begins anew both places are heard in one look, s. */
const SEAM_S = 0.04;
/** A jump is between the places so far apart in time: a look that holds both sides of it says neither. */
const LOOKS_APART = 5;

/** A look at a sound is this long, and every so often there is one: s. */
const LOOK_S = 1024 / 48_000;
const EVERY_S = 0.01;
/** Bins of the spectrum on either side that belong to a tone: the window's own width, and how far it rises meanwhile. */
const SIDE_HZ = 260;
const SIZE = 4096;

export function sweeping({ from, to, seconds }: Sweep, rate = 48_000): Sound {
  let phase = 0;
  const samples = Float32Array.from({ length: seconds * rate }, (_, i) => {
    phase += (2 * Math.PI * (from + ((to - from) * i) / (seconds * rate))) / rate;
    return 0.4 * Math.sin(phase);
  });
  return { rate, samples };
}

/** How the first sweep gives way to the second. Their ranges must be apart. */
export function change(sound: Sound, first: Sweep, second: Sweep): Change {
  const looks = traces(sound, [first, second]);
  const heard = looks.map(([a, b]) => [a!.level > HEARD_DB, b!.level > HEARD_DB] as const);
  const lastOfFirst = heard.findLastIndex(([a]) => a);
  const at = heard.findIndex(([a, b], i) => i > lastOfFirst && b && !a);
  const inside = ({ place }: Trace, { seconds }: Sweep) => place > SEAM_S && place < seconds - SEAM_S;
  const doubled = looks.filter(([a, b]) =>
    [[a!, first] as const, [b!, second] as const].some(([t, sweep]) => t.level > HEARD_DB && inside(t, sweep) && t.apart < BESIDE_DB),
  );
  const behind = looks.map(([, b], i) => (at >= 0 && i >= at && b!.level > HEARD_DB && inside(b!, second) ? b!.place - i * EVERY_S : NaN));
  return {
    at: at < 0 ? NaN : at * EVERY_S * 1000,
    gap: longest(heard, ([a, b]) => !a && !b) * EVERY_S * 1000,
    both: heard.filter(([a, b]) => a && b).length * EVERY_S * 1000,
    doubled: doubled.length * EVERY_S * 1000,
    jump: Math.max(0, ...behind.slice(LOOKS_APART).map((later, i) => Math.abs(within(later - behind[i]!, second.seconds)) || 0)) * 1000,
  };
}

/** The most in a row of which something is so. */
function longest<T>(values: readonly T[], so: (value: T) => boolean): number {
  let most = 0;
  let row = 0;
  for (const value of values) {
    row = so(value) ? row + 1 : 0;
    most = Math.max(most, row);
  }
  return most;
}

/** A difference of places in a loop, the shorter way round. */
function within(difference: number, seconds: number): number {
  return difference - seconds * Math.round(difference / seconds);
}

/** What there is of each sweep every `EVERY_S`. */
function traces({ rate, samples }: Sound, sweeps: readonly Sweep[]): Trace[][] {
  const look = Math.round(LOOK_S * rate);
  const found: Trace[][] = [];
  for (let at = 0; at + look <= samples.length; at += EVERY_S * rate) {
    const signal = complex(SIZE);
    for (let i = 0; i < look; i++) signal.re[i] = samples[at + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / look));
    transform(signal);
    const power = signal.re.map((re, i) => re ** 2 + signal.im[i]! ** 2);
    found.push(sweeps.map((sweep) => trace(power, sweep, rate, look)));
  }
  return found;
}

function trace(power: Float64Array, sweep: Sweep, rate: number, look: number): Trace {
  const bin = rate / SIZE;
  const [first, last] = [Math.ceil(sweep.from / bin), Math.floor(sweep.to / bin)];
  const peak = loudest(power, first, last);
  const side = Math.round(SIDE_HZ / bin);
  const other = Math.max(power[loudest(power, first, peak - side)] ?? 0, power[loudest(power, peak + side, last)] ?? 0);
  const hertz = (peak + vertex(power, peak)) * bin;
  // A tone at full scale has a quarter of the window's samples in its bin.
  const level = (value: number) => 10 * Math.log10(value / (look / 4) ** 2 + 1e-12);
  return {
    level: level(power[peak]!),
    place: (sweep.seconds * (hertz - sweep.from)) / (sweep.to - sweep.from),
    apart: level(power[peak]!) - level(other),
  };
}

/** The bin from `first` to `last` with most in it; -1 where there is none. */
function loudest(power: Float64Array, first: number, last: number): number {
  let peak = -1;
  for (let i = first; i <= last; i++) if (peak < 0 || power[i]! > power[peak]!) peak = i;
  return peak;
}

/** How far from a bin the tone lies that is strongest in it, by the parabola through it and its neighbours. */
function vertex(power: Float64Array, bin: number): number {
  const [left, middle, right] = [bin - 1, bin, bin + 1].map((i) => Math.log((power[i] ?? 0) + 1e-30)) as [number, number, number];
  const bend = left - 2 * middle + right;
  return bend === 0 ? 0 : (left - right) / (2 * bend);
}
