import type { Sound } from '../heard/wav.ts';

/** Runs on the audio thread of the page: hands over what it is given, some 200 times a second. */
export const RECORDER = `registerProcessor('e2e-recorder', class extends AudioWorkletProcessor {
  constructor() { super(); this.block = new Float32Array(256); this.filled = 0; }
  process([input]) {
    const channel = input[0];
    for (let i = 0; i < 128; i++) this.block[this.filled++] = channel ? channel[i] : 0;
    if (this.filled === this.block.length) { this.port.postMessage(this.block); this.filled = 0; }
    return true;
  }
});`;

/** What `listenIn` leaves in the page. */
export interface Ear {
  /** The next so many seconds, 16-bit PCM in base64. */
  hear(seconds: number): Promise<{ rate: number; pcm: string }>;
  /**
   * Listens anew to what is played. While the page was too busy to run the ear, what it should have heard queued up before it, and
   * from then on it hears everything later; to measure a moment, begin without a queue.
   */
  afresh(): void;
  /** Called with each block of samples and the page's time (ms) of its arrival. */
  onBlock: ((samples: Float32Array, at: number) => void) | null;
  /** Every connection the page ever made. */
  readonly connections: readonly RTCPeerConnection[];
}

declare global {
  interface Window {
    ear: Ear;
  }
}

/** The part of a page of Playwright's or Puppeteer's that is needed to hear it. */
export interface Audible {
  evaluate<T>(run: (seconds: number) => T | Promise<T>, seconds: number): Promise<T>;
}

/** What the page's loudspeakers play during the next so many seconds; `listenIn` must have run in it. */
export async function hear(page: Audible, seconds: number): Promise<Sound> {
  const { rate, pcm } = await page.evaluate((s) => window.ear.hear(s), seconds);
  const bytes = Buffer.from(pcm, 'base64');
  const samples = Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i) / 32768);
  return { rate, samples };
}

/**
 * Runs in the page before its own scripts, given `RECORDER`. It does not ask the page what it plays: it hears every media element as loud as
 * it plays, and everything that an audio graph sends to the loudspeakers.
 */
export function listenIn(recorder: string): void {
  const elements = new Set<HTMLMediaElement>();
  const graphs: MediaStream[] = [];
  const connections: RTCPeerConnection[] = [];
  const inputs = new Map<string, { source: MediaStreamAudioSourceNode; gain: GainNode }>();
  const blocks = new Set<(samples: Float32Array) => void>();
  let context: AudioContext | null = null;
  let mine = false;
  /** Looks anew at what is played, once somebody listens. */
  let listening: () => void = () => undefined;

  const stream = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')!;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...stream,
    set(this: HTMLMediaElement, value: MediaProvider | null) {
      elements.add(this);
      stream.set!.call(this, value);
    },
  });

  // An element that plays a file or HLS is known by its being played; what it plays is captured, which leaves it as it is.
  const captured = new Map<HTMLMediaElement, MediaStream>();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    elements.add(this);
    return play.call(this);
  };

  // How loud an element really plays, whatever it or its page says; and at once, as the loudspeakers would have it.
  const volume = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')!;
  Object.defineProperty(HTMLMediaElement.prototype, 'volume', {
    ...volume,
    set(this: HTMLMediaElement, value: number) {
      volume.set!.call(this, value);
      listening();
    },
  });

  function streamOf(element: HTMLMediaElement): MediaStream | null {
    if (element.srcObject instanceof MediaStream) return element.srcObject;
    if (element.readyState === HTMLMediaElement.HAVE_NOTHING) return null;
    let made = captured.get(element);
    if (made === undefined) {
      made = (element as HTMLMediaElement & { captureStream(): MediaStream }).captureStream();
      captured.set(element, made);
    }
    return made;
  }

  const connect = AudioNode.prototype.connect as (...args: unknown[]) => unknown;
  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]) {
    if (args[0] instanceof AudioDestinationNode && !mine) {
      const tap = (this.context as AudioContext).createMediaStreamDestination();
      connect.call(this, tap);
      graphs.push(tap.stream);
      listening();
    }
    return connect.apply(this, args);
  } as typeof AudioNode.prototype.connect;

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };

  function played(): Map<string, { stream: MediaStream; volume: number }> {
    const now = new Map<string, { stream: MediaStream; volume: number }>();
    for (const element of elements) {
      if (element.paused || element.muted) continue;
      const source = streamOf(element);
      if (source === null) continue;
      for (const track of source.getAudioTracks()) {
        // One at volume 0 stays in the ear: to take it up again would take time.
        if (track.enabled) now.set(track.id, { stream: new MediaStream([track]), volume: volume.get!.call(element) as number });
      }
    }
    for (const graph of graphs) now.set(graph.id, { stream: graph, volume: 1 });
    return now;
  }

  function follow(context: AudioContext, mix: AudioNode): void {
    const now = played();
    for (const [id, { source, gain }] of inputs) {
      if (now.has(id)) continue;
      source.disconnect();
      gain.disconnect();
      inputs.delete(id);
    }
    for (const [id, { stream, volume }] of now) {
      let input = inputs.get(id);
      if (input === undefined) {
        input = { source: context.createMediaStreamSource(stream), gain: new GainNode(context) };
        input.source.connect(input.gain).connect(mix);
        inputs.set(id, input);
      }
      input.gain.gain.value = volume;
    }
  }

  function heard(samples: Float32Array): void {
    window.ear.onBlock?.(samples, performance.now());
    for (const block of blocks) block(samples);
  }

  async function recorderIn(context: AudioContext): Promise<AudioNode> {
    const module = URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' }));
    try {
      await context.audioWorklet.addModule(module);
      const node = new AudioWorkletNode(context, 'e2e-recorder', { channelCount: 1, channelCountMode: 'explicit' });
      node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => heard(data);
      return node;
    } catch {
      // The page's Content-Security-Policy refuses a script that is not its own: the old way needs none.
      const node = context.createScriptProcessor(4096, 1, 1);
      node.onaudioprocess = ({ inputBuffer }) => heard(inputBuffer.getChannelData(0).slice());
      return node;
    }
  }

  async function start(): Promise<AudioContext> {
    if (context !== null) return context;
    context = new AudioContext({ sampleRate: 48_000 });
    const mix = await recorderIn(context);
    const nowhere = new GainNode(context, { gain: 0 });
    mine = true; // a node is only run if it leads to the loudspeakers
    mix.connect(nowhere).connect(context.destination);
    mine = false;
    const here = context;
    listening = () => follow(here, mix);
    setInterval(listening, 20);
    listening();
    await context.resume();
    return context;
  }

  window.ear = {
    onBlock: null,
    connections,
    afresh() {
      for (const { source, gain } of inputs.values()) {
        source.disconnect();
        gain.disconnect();
      }
      inputs.clear();
    },
    async hear(seconds) {
      const { sampleRate } = await start();
      const wanted = Math.round(seconds * sampleRate);
      const pcm = new Int16Array(wanted);
      let filled = 0;
      await new Promise<void>((resolve) => {
        const take = (samples: Float32Array): void => {
          for (const sample of samples) {
            if (filled < wanted) pcm[filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
          }
          if (filled < wanted) return;
          blocks.delete(take);
          resolve();
        };
        blocks.add(take);
      });
      const bytes = new Uint8Array(pcm.buffer);
      let binary = '';
      for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return { rate: sampleRate, pcm: btoa(binary) };
    },
  };
}
