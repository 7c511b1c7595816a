/** The bottom of the meters, dBFS; below is silence. */
export const FLOOR_DB = -60;

const PEAK_HOLD_MS = 1_500;
const PEAK_FALL_DB_PER_S = 20;
const BAR_FALL_DB_PER_S = 40;
const CLIP_HOLD_MS = 2_000;
/** Full scale, less one step of 16 bits and a little for converters that stop short of it. */
const CLIP_AT = 0.999;

export interface Reading {
  /** Peak of the last block with a slow fall, dBFS. */
  bar: number;
  /** Held peak, dBFS. */
  peak: number;
  clipped: boolean;
}

/** The ballistics of a peak meter: rises at once, falls slowly, holds the peak, remembers a clip for two seconds. */
export class LevelMeter {
  #bar = FLOOR_DB;
  #peak = FLOOR_DB;
  #peakAt = 0;
  #clipUntil = -Infinity;
  #at = 0;

  /** @param peak the largest magnitude since the last call, 0 to 1 @param now ms, never backwards */
  read(peak: number, now: number): Reading {
    const db = decibels(peak);
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#bar = Math.max(db, this.#bar - BAR_FALL_DB_PER_S * seconds, FLOOR_DB);
    if (db >= this.#peak) {
      this.#peak = db;
      this.#peakAt = now;
    } else if (now - this.#peakAt > PEAK_HOLD_MS) {
      this.#peak = Math.max(db, this.#peak - PEAK_FALL_DB_PER_S * seconds, FLOOR_DB);
    }
    if (peak >= CLIP_AT) this.#clipUntil = now + CLIP_HOLD_MS;
    return { bar: this.#bar, peak: this.#peak, clipped: now < this.#clipUntil };
  }
}

export function decibels(magnitude: number): number {
  return magnitude <= 0 ? FLOOR_DB : Math.max(FLOOR_DB, 20 * Math.log10(magnitude));
}

/** Where a level stands on the meter's scale, 0 to 1. */
export function onScale(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}
