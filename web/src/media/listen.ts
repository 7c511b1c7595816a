let shared: AudioContext | null = null;

/** The page's audio context: made on first use, woken by the first gesture. */
export function audioContext(): AudioContext {
  shared ??= new AudioContext({ latencyHint: 'interactive' });
  return shared;
}

export async function wakeAudio(): Promise<void> {
  if (audioContext().state === 'suspended') await audioContext().resume();
}

/** Reads the samples of a track as they pass, without changing what is heard or sent. */
export class Tap {
  readonly #node: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(track: MediaStreamTrack) {
    const context = audioContext();
    this.#node = context.createMediaStreamSource(new MediaStream([track]));
    // 2048 samples are 43 ms at 48 kHz: no gap between two frames of the screen.
    this.#analyser = new AnalyserNode(context, { fftSize: 2048 });
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#node.connect(this.#analyser);
  }

  /** The largest magnitude of the latest samples, 0 to 1. */
  peak(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    return peak;
  }

  /** Root mean square of the latest samples, 0 to 1. */
  rms(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.sqrt(sum / this.#samples.length);
  }

  close(): void {
    this.#node.disconnect();
  }
}
