import { complex, powerOfTwo, transform, type Complex } from './fft.ts';

/** Lags this many samples apart at most are one place of a loop: 2 ms at 8 kHz. */
export const BIN = 16;

/** How well one piece of sound fits at each place of a voice that is spoken in a loop. */
export interface Fit {
  /** Normalised cross-correlation, -1 to 1: the largest within each `BIN` of lags. */
  readonly upright: Float32Array;
  /** The same for the wave turned over, as a codec or a mixer may and nobody hears. */
  readonly turned: Float32Array;
}

/** Two pieces of sound to look for in several voices: their spectrum is worked out once for all of these, and both at once. */
export class Pair {
  readonly first: Float32Array;
  readonly second: Float32Array;
  #spectrum: Complex | null = null;

  /** @param second of the same length as the first */
  constructor(first: Float32Array, second: Float32Array) {
    this.first = first;
    this.second = second;
  }

  spectrum(length: number): Complex {
    if (this.#spectrum?.re.length === length) return this.#spectrum;
    this.#spectrum = complex(length);
    this.#spectrum.re.set(this.first);
    this.#spectrum.im.set(this.second);
    transform(this.#spectrum);
    return this.#spectrum;
  }
}

/** A voice that is repeated without end, ready to be looked for. */
export class Loop {
  /** Places of the loop, each `BIN` samples long. */
  readonly bins: number;
  readonly #length: number;
  readonly #spectrum: Complex;
  /** Energy of the first n samples of the loop laid twice in a row. */
  readonly #energy: Float64Array;

  /** @param piece the longest piece, in samples, that will be looked for */
  constructor(voice: Float32Array, piece: number) {
    this.#length = voice.length;
    this.bins = Math.floor(voice.length / BIN);
    const laid = voice.length + piece;
    this.#spectrum = complex(powerOfTwo(laid + piece));
    this.#energy = new Float64Array(laid + 1);
    for (let i = 0; i < laid; i++) {
      const sample = voice[i % voice.length]!;
      this.#spectrum.re[i] = sample;
      this.#energy[i + 1] = this.#energy[i]! + sample * sample;
    }
    transform(this.#spectrum);
  }

  /** How either piece fits everywhere. */
  fit(pair: Pair): [Fit, Fit] {
    const { re, im } = this.#spectrum;
    const other = pair.spectrum(re.length);
    const product = complex(re.length);
    for (let i = 0; i < re.length; i++) {
      product.re[i] = re[i]! * other.re[i]! + im[i]! * other.im[i]!;
      product.im[i] = im[i]! * other.re[i]! - re[i]! * other.im[i]!;
    }
    transform(product, true);
    // The voice is real: what the second piece correlates to is the imaginary part, with its sign turned by conjugation.
    return [this.#pooled(product.re, 1, pair.first), this.#pooled(product.im, -1, pair.second)];
  }

  #pooled(correlation: Float64Array, sign: 1 | -1, piece: Float32Array): Fit {
    const own = piece.reduce((sum, sample) => sum + sample * sample, 0);
    // A pause of the voice would fit anything once normalised: it counts as a tenth of the voice's mean at least.
    const floor = (0.1 * this.#energy[this.#length]! * piece.length) / this.#length;
    const fit = { upright: new Float32Array(this.bins), turned: new Float32Array(this.bins) };
    for (let bin = 0; bin < this.bins; bin++) {
      let most = -1;
      let least = 1;
      for (let at = bin * BIN; at < (bin + 1) * BIN; at++) {
        const there = Math.max(floor, this.#energy[at + piece.length]! - this.#energy[at]!);
        const score = (sign * correlation[at]!) / Math.sqrt(own * there || Infinity);
        if (score > most) most = score;
        if (score < least) least = score;
      }
      fit.upright[bin] = most;
      fit.turned[bin] = -least;
    }
    return fit;
  }
}
