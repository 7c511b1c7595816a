import { Loop, Piece } from './correlate.ts';
import { level, RATE, voiceprint } from './voiceprint.ts';
import type { Sound } from './wav.ts';

/**
 * The least correlation of one second of sound with a voice that is in it. Measured on the voices of these tests, 40 kbit/s Opus:
 * right pairs are above 0.97 alone and above 0.54 as one of two, wrong pairs below 0.29; `verdict.test.ts` measures it again.
 */
export const HEARD = 0.4;
/** Sound below this is silence, dBFS: Opus codes digital silence as nothing, a pause of a voice is louder. */
export const SILENT_DB = -60;
/** From one piece to the next the player's buffer may stretch or drop this much on a busy machine, in samples. */
const DRIFT = 0.5 * RATE;
const PIECE = RATE;
const HOP = RATE / 2;

/** How one voice was found in a capture. */
export interface Score {
  readonly voice: string;
  /** Median over the pieces that are not silent. */
  readonly median: number;
  readonly best: number;
  /** Share of these pieces in which it is heard, 0 to 1. */
  readonly share: number;
  /** Where in its loop the voice was when the capture began, s. */
  readonly position: number;
  /** Whether it went on from piece to piece at the pace it is spoken. */
  readonly steady: boolean;
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
    const pieces: { start: number; piece: Piece }[] = [];
    let loudest = -127;
    for (let start = 0; start + PIECE <= sound.length; start += HOP) {
      const samples = sound.slice(start, start + PIECE);
      const db = levelOf(capture, start);
      loudest = Math.max(loudest, db);
      if (db > SILENT_DB) pieces.push({ start, piece: new Piece(samples) });
    }
    const scores = [...this.#loops].map(([voice, loop]) => score(voice, loop, pieces));
    const heard = scores.filter((s) => s.steady && s.share >= 0.5).map((s) => s.voice);
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

function score(voice: string, loop: Loop, pieces: readonly { start: number; piece: Piece }[]): Score {
  const matches = pieces.map(({ start, piece }) => {
    const { score, at } = loop.find(piece);
    return { score, origin: (((at - start) % loop.length) + loop.length) % loop.length };
  });
  const hits = matches.filter((match) => match.score >= HEARD);
  const steps = hits.slice(1).map((match, i) => circular(match.origin - hits[i]!.origin, loop.length));
  const sorted = matches.map((match) => match.score).sort((a, b) => a - b);
  return {
    voice,
    median: sorted[sorted.length >> 1] ?? 0,
    best: sorted.at(-1) ?? 0,
    share: hits.length / Math.max(1, pieces.length),
    position: (hits[0]?.origin ?? 0) / RATE,
    steady: hits.length >= 2 && steps.every((step) => step <= DRIFT),
  };
}

function circular(difference: number, length: number): number {
  const there = ((difference % length) + length) % length;
  return Math.min(there, length - there);
}

function levelOf({ rate, samples }: Sound, start: number): number {
  const scale = rate / RATE;
  return level(samples.subarray(start * scale, (start + PIECE) * scale));
}
