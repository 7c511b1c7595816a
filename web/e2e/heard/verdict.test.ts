import { describe as group, expect, test } from 'vitest';
import { listener, VOICES, wavOf, type Voice } from '../voices.ts';
import { HEARD } from './verdict.ts';
import { readWav, type Sound } from './wav.ts';

const ear = listener();
const RATE = 48_000;

/** So many seconds of a voice that is spoken in a loop. */
function said(voice: Voice, from: number, seconds: number, gain = 1): Sound {
  const { samples } = readWav(wavOf(voice));
  const start = Math.round(from * RATE);
  const length = Math.round(seconds * RATE);
  return { rate: RATE, samples: Float32Array.from({ length }, (_, i) => gain * samples[(start + i) % samples.length]!) };
}

function mix(...sounds: Sound[]): Sound {
  const samples = sounds[0]!.samples.map((_, i) => sounds.reduce((sum, sound) => sum + sound.samples[i]!, 0));
  return { rate: RATE, samples };
}

/** White noise from a generator with a fixed seed. */
function noise(seconds: number, db: number): Sound {
  let seed = 20_260_101;
  const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const peak = Math.sqrt(3) * 10 ** (db / 20);
  return { rate: RATE, samples: Float32Array.from({ length: seconds * RATE }, () => (2 * random() - 1) * peak) };
}

/** The same sound played slightly too fast, as two sound cards' clocks differ. */
function hurried({ samples }: Sound, partsPerMillion: number): Sound {
  const step = 1 + partsPerMillion / 1e6;
  return {
    rate: RATE,
    samples: Float32Array.from({ length: Math.floor(samples.length / step) - 1 }, (_, i) => {
      const at = Math.floor(i * step);
      const part = i * step - at;
      return samples[at]! * (1 - part) + samples[at + 1]! * part;
    }),
  };
}

group('who is heard', () => {
  test.each(VOICES)('%s alone, over the seam of the loop', (voice) => {
    expect(ear.listen(said(voice, 10.3, 3))).toMatchObject({ heard: [voice], fleeting: [], silent: false });
  });

  test('two at once, one of them at half the level', () => {
    expect(ear.listen(mix(said('claire', 2, 3), said('kenji', 7.7, 3, 0.5))).heard).toEqual(['claire', 'kenji']);
  });

  test('through hiss and a drifting clock', () => {
    expect(ear.listen(mix(hurried(said('aiko', 4, 3.1), 150), noise(3, -45))).heard).toEqual(['aiko']);
  });

  test('a wave turned over is the same voice', () => {
    expect(ear.listen(said('yves', 1, 3, -1)).heard).toEqual(['yves']);
  });

  test('hiss is nobody known, and not silence', () => {
    expect(ear.listen(noise(3, -30))).toMatchObject({ heard: [], fleeting: [], silent: false });
  });

  test('nothing is silence', () => {
    expect(ear.listen(noise(3, -80))).toMatchObject({ heard: [], fleeting: [], silent: true });
  });

  test('a voice that stops early is fleeting', () => {
    const { samples } = said('claire', 0, 4);
    const cut = { rate: RATE, samples: samples.map((sample, i) => (i < 1.2 * RATE ? sample : 0)) };
    expect(ear.listen(mix(cut, said('aiko', 3, 4)))).toMatchObject({ heard: ['aiko'], fleeting: ['claire'] });
  });
});

test('right and wrong pairs lie far apart', () => {
  const right: number[] = [];
  const wrong: number[] = [];
  VOICES.forEach((voice, i) => {
    const other = VOICES[(i + 1) % VOICES.length]!;
    for (const score of ear.listen(mix(said(voice, 1.1, 2), said(other, 5.2, 2))).scores) {
      (score.voice === voice || score.voice === other ? right : wrong).push(score.best);
    }
  });
  const summary = `mixed pairs: right from ${Math.min(...right).toFixed(2)}, wrong up to ${Math.max(...wrong).toFixed(2)}`;
  process.stdout.write(`${summary}, heard from ${HEARD}\n`);
  expect(Math.min(...right), summary).toBeGreaterThan(HEARD + 0.1);
  expect(Math.max(...wrong), summary).toBeLessThan(HEARD - 0.1);
});
