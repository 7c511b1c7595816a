import { readFileSync, writeFileSync } from 'node:fs';

/** Mono sound: samples from -1 to 1, and how many of them a second. */
export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

/** Writes 16-bit mono PCM, what Chromium's fake microphone and every player read. */
export function writeWav(path: string, { rate, samples }: Sound): void {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // mono
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, i) => bytes.writeInt16LE(pcm(sample), 44 + i * 2));
  writeFileSync(path, bytes);
}

/** Reads what `writeWav` writes; throws on anything else. */
export function readWav(path: string): Sound {
  const bytes = readFileSync(path);
  if (bytes.toString('latin1', 36, 40) !== 'data' || bytes.readUInt32LE(20) !== 0x10001 || bytes.readUInt16LE(34) !== 16) {
    throw new Error(`${path}: not 16-bit mono PCM with a plain header`);
  }
  const length = Math.floor(Math.min(bytes.readUInt32LE(40), bytes.length - 44) / 2);
  const samples = Float32Array.from({ length }, (_, i) => bytes.readInt16LE(44 + i * 2) / 32768);
  return { rate: bytes.readUInt32LE(24), samples };
}

function pcm(sample: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
}
