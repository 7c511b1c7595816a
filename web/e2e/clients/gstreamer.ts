import { fileURLToPath } from 'node:url';
import { readWav, writeWav, type Sound } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';
import { wavOf, type Voice } from '../voices.ts';
import { Program, takePcm } from './processes.ts';

const SCRIPT = fileURLToPath(new URL('webrtcbin.py', import.meta.url));
/** Debian's own Python: the one that has the bindings of GStreamer. */
const PYTHON = '/usr/bin/python3';

/** How often a speaker says their twelve seconds: longer than any test. */
const REPEATS = 15;

/** GStreamer's webrtcbin as a speaker. */
export async function publishWithGStreamer(endpoint: string, token: string, voice: Voice): Promise<Program> {
  const { rate, samples } = readWav(wavOf(voice));
  const long = outputs(`voices/${voice}-long.wav`);
  const length = samples.length * REPEATS;
  writeWav(long, { rate, samples: Float32Array.from({ length }, (_, i) => samples[i % samples.length]!) });
  const program = new Program('webrtcbin', PYTHON, [SCRIPT, 'publish', endpoint, token, long]);
  await program.says(/^connected$/m);
  return program;
}

/** GStreamer's webrtcbin as a listener. */
export class GStreamerListener {
  readonly name = 'webrtcbin';
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  static async listen(endpoint: string, token: string): Promise<GStreamerListener> {
    const program = new Program('webrtcbin', PYTHON, [SCRIPT, 'listen', endpoint, token]);
    await program.says(/^connected$/m);
    return new GStreamerListener(program);
  }

  hear(seconds: number): Promise<Sound> {
    return takePcm(this.#program.output, seconds);
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }
}
