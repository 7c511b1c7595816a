import { mkdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Listener } from './heard/verdict.ts';
import { readWav, writeWav } from './heard/wav.ts';
import { openChromium } from './browser/chromium.ts';
import { outputs } from './outputs.ts';

/** The people of these tests; claire and yves speak French, aiko and kenji Japanese, jane English. */
export const VOICES = ['claire', 'yves', 'aiko', 'kenji', 'jane'] as const;
export type Voice = (typeof VOICES)[number];

export function opusOf(voice: Voice): string {
  return fileURLToPath(new URL(`voices/${voice}.opus`, import.meta.url));
}

export function opusInBase64(voice: Voice): string {
  return readFileSync(opusOf(voice)).toString('base64');
}

/** Where `decodeVoices` has put the voice as 48 kHz mono PCM. */
export function wavOf(voice: Voice): string {
  return outputs(`voices/${voice}.wav`);
}

/** The voice over and over for three minutes, longer than any test: for players that cannot repeat. */
export function longWavOf(voice: Voice): string {
  const path = outputs(`voices/${voice}-long.wav`);
  const { rate, samples } = readWav(wavOf(voice));
  const repeated = Float32Array.from({ length: 180 * rate }, (_, i) => samples[i % samples.length]!);
  writeWav(path, { rate, samples: repeated });
  return path;
}

/** Decodes the voices in a browser, so that nothing but the browser need be installed. */
export async function decodeVoices(): Promise<void> {
  const stale = VOICES.filter((v) => !existsSync(wavOf(v)) || statSync(wavOf(v)).mtimeMs < statSync(opusOf(v)).mtimeMs);
  if (stale.length === 0) return;
  mkdirSync(outputs('voices'), { recursive: true });
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    for (const voice of stale) {
      const opus = opusInBase64(voice);
      const samples = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const context = new OfflineAudioContext(1, 1, 48_000);
        return [...(await context.decodeAudioData(bytes.buffer)).getChannelData(0)];
      }, opus);
      writeWav(wavOf(voice), { rate: 48_000, samples: Float32Array.from(samples) });
    }
  } finally {
    await browser.close();
  }
}

/** Knows all the voices. */
export function listener(): Listener {
  return new Listener(new Map(VOICES.map((voice) => [voice, readWav(wavOf(voice))])));
}
