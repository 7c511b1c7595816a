import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A program of somebody else's that runs beside the test; what it says on stderr is kept for the day it fails. */
export class Program {
  readonly #process: ChildProcess;
  readonly #name: string;
  #said = '';

  constructor(name: string, command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#name = name;
    this.#process = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
  }

  get output(): Readable {
    return this.#process.stdout!;
  }

  get said(): string {
    return this.#said;
  }

  /** Resolves once it has said so on stderr; rejects if it ends first, or takes longer than that many ms. */
  async says(words: RegExp, within = 30_000): Promise<void> {
    const deadline = AbortSignal.timeout(within);
    while (!words.test(this.#said)) {
      if (this.#ended) throw new Error(`${this.#name} ended: ${this.#said.slice(-2000)}`);
      await Promise.race([
        once(this.#process.stderr!, 'data', { signal: deadline }),
        once(this.#process, 'exit', { signal: deadline }),
      ]).catch((error: unknown) => {
        throw new Error(`${this.#name} has not said ${words}: ${this.#said.slice(-2000)}`, { cause: error });
      });
    }
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
  }

  get #ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}

/** Takes so many seconds of 48 kHz mono 16-bit PCM from now on; what came earlier is thrown away. */
export async function takePcm(output: Readable, seconds: number): Promise<{ rate: number; samples: Float32Array }> {
  const rate = 48_000;
  const wanted = Math.round(seconds * rate) * 2;
  while (output.read() !== null) continue;
  const parts: Buffer[] = [];
  let length = 0;
  for (const signal = AbortSignal.timeout(seconds * 1000 + 10_000); length < wanted; ) {
    const part = output.read() as Buffer | null;
    if (part === null) {
      await once(output, 'readable', { signal });
      continue;
    }
    parts.push(part);
    length += part.length;
  }
  const bytes = Buffer.concat(parts);
  const samples = Float32Array.from({ length: wanted / 2 }, (_, i) => bytes.readInt16LE(2 * i) / 32768);
  return { rate, samples };
}
