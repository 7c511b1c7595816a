/** Sound that is decoded, and can be played. */
export type Decoded = Pick<AudioBuffer, 'duration'>;

/** One language in the audio graph. */
export interface Voice {
  /** @param when on the graph's clock, s @param offset from where in it, s */
  play(sound: Decoded, when: number, offset: number): void;
  /** How loud it is, 0 to 1, after `seconds` from `when` on. */
  fade(to: number, when: number, seconds: number): void;
  /** Ends it and forgets it. @param when on the graph's clock, s */
  stop(when: number): void;
}

/** An audio graph that is only run while something is to be heard from it. */
export interface Sounds {
  /** Makes it run, within a gesture of the listener's; resolves when it does. */
  wake(): Promise<void>;
  decode(file: ArrayBuffer): Promise<Decoded>;
  /** The first moment that can still be filled, on the graph's clock, s. */
  readonly soonest: number;
  /** The moment of the graph's clock that is heard now, s. */
  readonly heard: number;
  /** Of everything, 0 to 1. */
  volume: number;
  voice(): Voice;
  sleep(): void;
  close(): void;
}

/** What the recorder makes; another rate would have each piece resampled by itself, which is heard where two of them meet. */
const RATE = 48_000;
/** Further from what the context says of its latency its clock's reading is none: some have none until they have run a while. s */
const UNLIKELY_S = 0.3;

/** The browser's own. */
export class WebAudioSounds implements Sounds {
  #context: AudioContext | null = null;
  #master: GainNode | null = null;

  async wake(): Promise<void> {
    const { context } = this.#graph();
    if (context.state !== 'running') await context.resume();
  }

  decode(file: ArrayBuffer): Promise<Decoded> {
    return this.#graph().context.decodeAudioData(file);
  }

  get soonest(): number {
    return this.#context?.currentTime ?? 0;
  }

  get heard(): number {
    const context = this.#context;
    if (context === null) return 0;
    const byLatency = context.currentTime - (context.outputLatency || context.baseLatency || 0);
    const { contextTime, performanceTime } = context.getOutputTimestamp();
    if (contextTime === undefined || performanceTime === undefined) return byLatency;
    const byClock = contextTime + (performance.now() - performanceTime) / 1000;
    return Math.abs(byClock - byLatency) > UNLIKELY_S ? byLatency : byClock;
  }

  set volume(volume: number) {
    const { master } = this.#graph();
    master.gain.setTargetAtTime(volume, this.soonest, 0.005);
  }

  voice(): Voice {
    const { context, master } = this.#graph();
    return new WebAudioVoice(context, master);
  }

  sleep(): void {
    void this.#context?.suspend();
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
    this.#master = null;
  }

  #graph(): { context: AudioContext; master: GainNode } {
    const context = this.#context ?? new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' });
    const master = this.#master ?? new GainNode(context, { gain: 0 });
    if (this.#master === null) master.connect(context.destination);
    this.#context = context;
    this.#master = master;
    return { context, master };
  }
}

class WebAudioVoice implements Voice {
  readonly #context: AudioContext;
  readonly #gain: GainNode;
  readonly #sources: AudioBufferSourceNode[] = [];

  constructor(context: AudioContext, to: AudioNode) {
    this.#context = context;
    this.#gain = new GainNode(context, { gain: 0 });
    this.#gain.connect(to);
  }

  play(sound: Decoded, when: number, offset: number): void {
    const source = new AudioBufferSourceNode(this.#context, { buffer: sound as AudioBuffer });
    source.connect(this.#gain);
    source.start(when, offset);
    this.#sources.push(source);
  }

  fade(to: number, when: number, seconds: number): void {
    const { gain } = this.#gain;
    gain.cancelScheduledValues(when);
    gain.setValueAtTime(gain.value, when);
    gain.linearRampToValueAtTime(to, when + seconds);
  }

  stop(when: number): void {
    for (const source of this.#sources) source.stop(when);
    const last = this.#sources.at(-1);
    if (last === undefined) return;
    last.onended = () => {
      this.#gain.disconnect();
    };
  }
}
