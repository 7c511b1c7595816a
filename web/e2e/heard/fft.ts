/** A complex signal: real and imaginary parts of equal length, a power of two. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function complex(length: number): Complex {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** The least power of two that is not below `length`. */
export function powerOfTwo(length: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, length)));
}

/** Fourier transform in place (radix 2, decimation in time); the inverse is scaled by 1/N. */
export function transform(signal: Complex, inverse = false): void {
  const { re, im } = signal;
  const n = re.length;
  if (n !== im.length || n !== powerOfTwo(n)) throw new RangeError(`not a power of two: ${n}`);
  const { cos, sin, mirror } = planOf(n);
  shuffle(re, mirror);
  shuffle(im, mirror);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    const step = n / size;
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < half; k++) {
        const wr = cos[k * step]!;
        const wi = inverse ? sin[k * step]! : -sin[k * step]!;
        const a = start + k;
        const b = a + half;
        const br = re[b]! * wr - im[b]! * wi;
        const bi = re[b]! * wi + im[b]! * wr;
        re[b] = re[a]! - br;
        im[b] = im[a]! - bi;
        re[a]! += br;
        im[a]! += bi;
      }
    }
  }
  if (!inverse) return;
  for (let i = 0; i < n; i++) {
    re[i]! /= n;
    im[i]! /= n;
  }
}

interface Plan {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** The index whose bits are those of i in reverse. */
  readonly mirror: Uint32Array;
}

const plans = new Map<number, Plan>();

function planOf(n: number): Plan {
  const known = plans.get(n);
  if (known !== undefined) return known;
  const mirror = new Uint32Array(n);
  for (let i = 1; i < n; i++) mirror[i] = (mirror[i >> 1]! >> 1) | (i & 1 ? n >> 1 : 0);
  const turn = (k: number) => (2 * Math.PI * k) / n;
  const plan = {
    cos: Float64Array.from({ length: n / 2 }, (_, k) => Math.cos(turn(k))),
    sin: Float64Array.from({ length: n / 2 }, (_, k) => Math.sin(turn(k))),
    mirror,
  };
  plans.set(n, plan);
  return plan;
}

function shuffle(values: Float64Array, mirror: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    const j = mirror[i]!;
    if (j <= i) continue;
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
