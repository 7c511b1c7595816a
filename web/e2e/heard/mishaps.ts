import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav, type Sound } from './wav.ts';

/** What happens to a voice on its way to an ear, for tests of the verdict. All of it is the same at each run. */

/** Numbers from 0 to 1 from a generator with a fixed seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** White noise. */
export function noise(rate: number, seconds: number, db: number): Sound {
  const random = dice(20_260_101);
  const peak = Math.sqrt(3) * 10 ** (db / 20);
  return { rate, samples: Float32Array.from({ length: seconds * rate }, () => (2 * random() - 1) * peak) };
}

/** Sounds heard at once; as long as the first. */
export function mix(...sounds: readonly [Sound, ...Sound[]]): Sound {
  const { rate, samples } = sounds[0];
  return { rate, samples: samples.map((_, i) => sounds.reduce((sum, sound) => sum + (sound.samples[i] ?? 0), 0)) };
}

/** The same sound played slightly too fast, as two sound cards' clocks differ. */
export function hurried({ rate, samples }: Sound, partsPerMillion: number): Sound {
  const step = 1 + partsPerMillion / 1e6;
  return {
    rate,
    samples: Float32Array.from({ length: Math.floor(samples.length / step) - 1 }, (_, i) => {
      const at = Math.floor(i * step);
      const part = i * step - at;
      return samples[at]! * (1 - part) + samples[at + 1]! * part;
    }),
  };
}

/** As a jitter buffer does to catch up or to wait: pieces of 10 to 30 ms left out or said twice, so many a second on average. */
export function cut({ rate, samples }: Sound, aSecond: number, seed = 7): Sound {
  const random = dice(seed);
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; ) {
    const until = at + Math.round(((0.5 + random()) * rate) / aSecond);
    parts.push(samples.subarray(at, until));
    const piece = Math.round((0.01 + 0.02 * random()) * rate);
    at = random() < 0.5 ? until + piece : until - piece;
  }
  return { rate, samples: Float32Array.from(parts.flatMap((part) => [...part])) };
}

/** As a decoder does for packets that were lost: such a share of the frames of 20 ms repeats the one before it, fading. */
export function concealed({ rate, samples }: Sound, share: number): Sound {
  const random = dice(11);
  const frame = 0.02 * rate;
  const heard = samples.slice();
  for (let start = frame; start + frame <= heard.length; start += frame) {
    if (random() >= share) continue;
    for (let i = start; i < start + frame; i++) heard[i] = 0.7 * heard[i - frame]!;
  }
  return { rate, samples: heard };
}

/** Through Opus at so many bits a second. */
export function coded(sound: Sound, bitrate: number): Sound {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-ear-'));
  try {
    const [wav, opus] = [join(folder, 'in.wav'), join(folder, 'coded.opus')];
    writeWav(wav, sound);
    execFileSync('ffmpeg', ['-v', 'error', '-i', wav, '-c:a', 'libopus', '-b:a', String(bitrate), opus]);
    const pcm = execFileSync('ffmpeg', ['-v', 'error', '-i', opus, '-ac', '1', '-ar', String(sound.rate), '-f', 's16le', '-'], {
      maxBuffer: 1 << 26,
    });
    return { rate: sound.rate, samples: Float32Array.from({ length: pcm.length / 2 }, (_, i) => pcm.readInt16LE(2 * i) / 32768) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
