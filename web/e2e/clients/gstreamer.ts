import { fileURLToPath } from 'node:url';
import type { Sound } from '../heard/wav.ts';
import { longWavOf, type Voice } from '../voices.ts';
import { Program, takePcm } from './processes.ts';

const SCRIPT = fileURLToPath(new URL('webrtcbin.py', import.meta.url));
/** Debian's own Python: the one that has the bindings of GStreamer. */
const PYTHON = '/usr/bin/python3';

/** GStreamer's webrtcbin as a speaker. */
export async function publishWithGStreamer(endpoint: string, token: string, voice: Voice): Promise<Program> {
  const program = new Program('webrtcbin', PYTHON, [SCRIPT, 'publish', endpoint, token, longWavOf(voice)]);
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
