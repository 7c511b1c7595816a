/** What the voice check says, and each has words that say what to mend. */
export type Verdict = 'listening' | 'silent' | 'low' | 'loud' | 'noisy' | 'good';

/** Blocks needed before anything is said: two seconds at ten a second. */
const ENOUGH = 20;
/** Blocks the verdict looks back on: six seconds. */
const KEPT = 60;
const SILENT_DB = -55;
const LOW_DB = -34;
const LOUD_DB = -9;
/** Least distance between voice and the pauses in it. */
const CLEAN_DB = 18;
/** A pause this quiet is a quiet room, however low the voice. */
const QUIET_ROOM_DB = -52;

/** Listens to somebody saying their name: the voice is the loud tenth of the blocks, the noise the quiet tenth. */
export class VoiceCheck {
  #blocks: number[] = [];
  #clips = 0;

  /** @param rms of about 100 ms, dBFS @param clipped whether a sample reached full scale */
  hear(rms: number, clipped: boolean): Verdict {
    this.#blocks = [...this.#blocks, rms].slice(-KEPT);
    this.#clips = clipped ? ENOUGH : Math.max(0, this.#clips - 1);
    return this.verdict();
  }

  verdict(): Verdict {
    if (this.#clips > 0) return 'loud';
    if (this.#blocks.length < ENOUGH) return 'listening';
    const sorted = [...this.#blocks].sort((a, b) => a - b);
    const noise = sorted[Math.floor(sorted.length * 0.1)] ?? SILENT_DB;
    const voice = sorted[Math.floor(sorted.length * 0.9)] ?? SILENT_DB;
    if (voice < SILENT_DB) return 'silent';
    if (voice > LOUD_DB) return 'loud';
    if (noise > QUIET_ROOM_DB && voice - noise < CLEAN_DB) return 'noisy';
    return voice < LOW_DB ? 'low' : 'good';
  }
}
