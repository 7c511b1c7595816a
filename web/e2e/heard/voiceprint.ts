import type { Sound } from './wav.ts';

/** Samples a second at which sounds are compared: all that tells voices apart is below 4 kHz. */
export const RATE = 8000;
/** Zero crossings of the low-pass filter on each side. */
const CROSSINGS = 8;
/** Speech falls by some 6 dB an octave; lifting the treble as much makes correlation peaks sharp and wrong ones low. */
const PRE_EMPHASIS = 0.95;

/** Loudness is evened out over so many samples before and after each: 20 ms, a fraction of a syllable. */
const EVEN = 0.02 * RATE;
/** What is this much quieter than the rest, in power, is not lifted to the level of the rest. */
const QUIET = 0.01;

/** The sound as it is compared: at 8 kHz, of even spectrum, and evenly loud, so that no vowel counts more than a consonant. */
export function voiceprint(sound: Sound): Float32Array {
  const low = decimate(sound);
  return even(low.map((sample, i) => sample - PRE_EMPHASIS * (low[i - 1] ?? 0)));
}

function even(samples: Float32Array): Float32Array {
  const energy = new Float64Array(samples.length + 1);
  for (let i = 0; i < samples.length; i++) energy[i + 1] = energy[i]! + samples[i]! ** 2;
  const floor = (QUIET * energy[samples.length]!) / Math.max(1, samples.length);
  return samples.map((sample, i) => {
    const from = Math.max(0, i - EVEN);
    const to = Math.min(samples.length, i + EVEN + 1);
    return sample / Math.sqrt((energy[to]! - energy[from]!) / (to - from) + floor || Infinity);
  });
}

/** Root mean square in dB below full scale; -127 for digital silence. */
export function level(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(-127, 10 * Math.log10(sum / Math.max(1, samples.length)));
}

/** To 8 kHz through a Hann-windowed sinc. */
function decimate({ rate, samples }: Sound): Float32Array {
  const factor = rate / RATE;
  if (!Number.isInteger(factor)) throw new RangeError(`${rate} Hz is no multiple of ${RATE} Hz`);
  if (factor === 1) return samples;
  const reach = CROSSINGS * factor;
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const x = (i - reach) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    return (sinc * (0.5 + 0.5 * Math.cos((Math.PI * (i - reach)) / (reach + 1)))) / factor;
  });
  return Float32Array.from({ length: Math.floor(samples.length / factor) }, (_, n) => {
    let sum = 0;
    for (let i = 0; i < taps.length; i++) sum += taps[i]! * (samples[n * factor + i - reach] ?? 0);
    return sum;
  });
}
