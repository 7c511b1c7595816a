import { complex, powerOfTwo, transform, type Complex } from './fft.ts';

/** Where a piece of sound fits best into a voice that is spoken in a loop. */
export interface Match {
  /** Normalised cross-correlation there: 1 the same wave, about 0.7 one of two voices equally loud. */
  readonly score: number;
  /** Sample of the voice at which the piece begins. */
  readonly at: number;
}

/** A piece of sound to look for in several voices: its spectrum is worked out once for all of them. */
export class Piece {
  readonly samples: Float32Array;
  #spectrum: Complex | null = null;

  constructor(samples: Float32Array) {
    this.samples = samples;
  }

  spectrum(length: number): Complex {
    if (this.#spectrum?.re.length === length) return this.#spectrum;
    this.#spectrum = complex(length);
    this.#spectrum.re.set(this.samples);
    transform(this.#spectrum);
    return this.#spectrum;
  }
}

/** A voice that is repeated without end, ready to be looked for. */
export class Loop {
  readonly length: number;
  readonly #spectrum: Complex;
  /** Energy of the first n samples of the loop laid twice in a row. */
  readonly #energy: Float64Array;

  /** @param piece the longest piece, in samples, that will be looked for */
  constructor(voice: Float32Array, piece: number) {
    this.length = voice.length;
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

  find(piece: Piece): Match {
    const { re, im } = this.#spectrum;
    const other = piece.spectrum(re.length);
    const product = complex(re.length);
    for (let i = 0; i < re.length; i++) {
      product.re[i] = re[i]! * other.re[i]! + im[i]! * other.im[i]!;
      product.im[i] = im[i]! * other.re[i]! - re[i]! * other.im[i]!;
    }
    transform(product, true);
    return this.#peak(product.re, piece.samples);
  }

  #peak(correlation: Float64Array, piece: Float32Array): Match {
    const own = piece.reduce((sum, sample) => sum + sample * sample, 0);
    // A pause of the voice would fit anything once normalised: it counts as a tenth of the voice's mean at least.
    const floor = (0.1 * this.#energy[this.length]! * piece.length) / this.length;
    let best: Match = { score: 0, at: 0 };
    for (let at = 0; at < this.length; at++) {
      const there = Math.max(floor, this.#energy[at + piece.length]! - this.#energy[at]!);
      // The sign counts for nothing: a codec or a mixer may turn a wave over and nobody hears it.
      const score = Math.abs(correlation[at]!) / Math.sqrt(own * there || Infinity);
      if (score > best.score) best = { score, at };
    }
    return best;
  }
}
