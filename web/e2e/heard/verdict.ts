import { BIN, Loop, Pair, type Fit } from './correlate.ts';
import { bestPath, type Path, type Step } from './path.ts';
import { level, RATE, voiceprint } from './voiceprint.ts';
import type { Sound } from './wav.ts';

/** The least mean correlation of a second of sound with a voice that is in it. `verdict.test.ts` measures how far right and wrong are. */
export const HEARD = 0.3;
/** Sound below this is silence, dBFS: Opus codes digital silence as nothing, a pause of a voice is louder. */
export const SILENT_DB = -60;
/** Sound is compared in pieces of 0.2 s: short enough to be found whole between two cuts of a player, long enough to be found at all. */
const PIECE = 0.2 * RATE;
/** Pieces of a second. */
const SECOND = 5;
/** 20 ms off the pace cost a tenth of what a piece can earn; a jump pays if the next three pieces fit. */
const TOLL = { bin: 0.01, jump: 0.6 };

/** How one voice was found in a capture. */
export interface Score {
  readonly voice: string;
  /** The median second: mean correlation of its pieces. Seconds begin at every piece. */
  readonly median: number;
  /** The second that fits best. */
  readonly best: number;
  /** Share of the seconds in which it is heard, 0 to 1. */
  readonly share: number;
  /** Where in its loop the voice was when the capture began, s. */
  readonly position: number;
}

/** Who is heard in a capture. */
export interface Verdict {
  /** Voices heard in half of it at least, in alphabetical order. */
  readonly heard: readonly string[];
  /** Voices heard in any part of it that are not in `heard`. */
  readonly fleeting: readonly string[];
  /** No piece is louder than silence. */
  readonly silent: boolean;
  readonly levelDb: number;
  readonly scores: readonly Score[];
}

/** Knows the voices by name and tells which of them a capture holds. */
export class Listener {
  readonly #loops: ReadonlyMap<string, Loop>;

  constructor(voices: ReadonlyMap<string, Sound>) {
    this.#loops = new Map([...voices].map(([name, sound]) => [name, new Loop(voiceprint(sound), PIECE)]));
  }

  listen(capture: Sound): Verdict {
    const sound = voiceprint(capture);
    const pieces: { start: number; samples: Float32Array }[] = [];
    let loudest = -127;
    for (let start = 0; start + PIECE <= sound.length; start += PIECE) {
      const db = levelOf(capture, start);
      loudest = Math.max(loudest, db);
      if (db > SILENT_DB) pieces.push({ start, samples: sound.slice(start, start + PIECE) });
    }
    const starts = pieces.map(({ start }) => start);
    const pairs = inPairs(pieces.map(({ samples }) => samples));
    const scores = [...this.#loops].map(([voice, loop]) => score(voice, loop, starts, pairs));
    const heard = scores.filter((s) => s.share >= 0.5).map((s) => s.voice);
    return {
      heard: heard.sort(),
      fleeting: scores.filter((s) => s.best >= HEARD && !heard.includes(s.voice)).map((s) => s.voice),
      silent: loudest <= SILENT_DB,
      levelDb: Math.round(level(capture.samples)),
      scores,
    };
  }
}

/** One line for people: who was heard, and how sure that is. */
export function describe(verdict: Verdict): string {
  const scores = verdict.scores
    .map((s) => `${s.voice} ${s.median.toFixed(2)} (best ${s.best.toFixed(2)}, ${Math.round(s.share * 100)} %)`)
    .join(', ');
  const heard = verdict.silent ? 'silence' : verdict.heard.join(' + ') || 'nobody known';
  const fleeting = verdict.fleeting.length === 0 ? '' : `, in part ${verdict.fleeting.join(' + ')}`;
  return `${heard}${fleeting} at ${verdict.levelDb} dBFS; scores: ${scores}`;
}

function inPairs(pieces: readonly Float32Array[]): Pair[] {
  const nothing = new Float32Array(PIECE);
  return pieces.flatMap((piece, i) => (i % 2 === 0 ? [new Pair(piece, pieces[i + 1] ?? nothing)] : []));
}

function score(voice: string, loop: Loop, starts: readonly number[], pairs: readonly Pair[]): Score {
  if (starts.length === 0) return { voice, median: 0, best: 0, share: 0, position: 0 };
  const fits = pairs.flatMap((pair) => loop.fit(pair)).slice(0, starts.length);
  const upright = along(starts, fits, ({ upright }) => upright);
  const turned = along(starts, fits, ({ turned }) => turned);
  const path = upright.score > turned.score ? upright : turned;
  const seconds = means(path.fits, SECOND).sort((a, b) => a - b);
  return {
    voice,
    median: seconds[seconds.length >> 1]!,
    best: seconds.at(-1)!,
    share: seconds.filter((mean) => mean >= HEARD).length / seconds.length,
    position: (path.origin * BIN) / RATE,
  };
}

function along(starts: readonly number[], fits: readonly Fit[], side: (fit: Fit) => Float32Array): Path {
  const steps = fits.map((fit, i): Step => ({ after: Math.round((starts[i]! - starts[0]!) / BIN), fit: side(fit) }));
  return bestPath(steps, TOLL);
}

/** Of each `length` values in a row, or of all if they are fewer. */
function means(values: readonly number[], length: number): number[] {
  const taken = Math.min(length, values.length);
  const sum = (from: number) => values.slice(from, from + taken).reduce((total, value) => total + value, 0);
  return Array.from({ length: values.length - taken + 1 }, (_, from) => sum(from) / taken);
}

function levelOf({ rate, samples }: Sound, start: number): number {
  const scale = rate / RATE;
  return level(samples.subarray(start * scale, (start + PIECE) * scale));
}
