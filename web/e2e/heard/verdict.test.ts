import { describe as group, expect, test } from 'vitest';
import { listener, VOICES, wavOf, type Voice } from '../voices.ts';
import { coded, concealed, cut, hurried, mix, noise } from './mishaps.ts';
import { describe, HEARD, type Score } from './verdict.ts';
import { readWav, type Sound } from './wav.ts';

const ear = listener();
const RATE = 48_000;
/** What a test of the rooms listens to at once. */
const CAPTURE_S = 2.1;

const spoken = new Map<Voice, Float32Array>(VOICES.map((voice) => [voice, readWav(wavOf(voice)).samples]));

/** So many seconds of a voice that is spoken in a loop. */
function said(voice: Voice, from: number, seconds: number, gain = 1): Sound {
  const samples = spoken.get(voice)!;
  const start = Math.round(from * RATE);
  const length = Math.round(seconds * RATE);
  return { rate: RATE, samples: Float32Array.from({ length }, (_, i) => gain * samples[(start + i) % samples.length]!) };
}

function captured({ rate, samples }: Sound): Sound {
  return { rate, samples: samples.subarray(0, CAPTURE_S * rate) };
}

group('who is heard', () => {
  test.each(VOICES)('%s alone, over the seam of the loop', (voice) => {
    const verdict = ear.listen(said(voice, 10.9, CAPTURE_S));
    expect(verdict, describe(verdict)).toMatchObject({ heard: [voice], fleeting: [], silent: false });
    const { position } = verdict.scores.find((score) => score.voice === voice)!;
    expect(position).toBeCloseTo(10.9, 1);
  });

  test('two at once, one of them at half the level', () => {
    expect(ear.listen(mix(said('claire', 2, 3), said('kenji', 7.7, 3, 0.5))).heard).toEqual(['claire', 'kenji']);
  });

  test('through hiss and a drifting clock', () => {
    expect(ear.listen(mix(hurried(said('aiko', 4, 3.1), 150), noise(RATE, 3, -45))).heard).toEqual(['aiko']);
  });

  test('a wave turned over is the same voice', () => {
    expect(ear.listen(said('yves', 1, 3, -1)).heard).toEqual(['yves']);
  });

  test('a voice whose player threw half a second away', () => {
    const [before, after] = [said('jane', 3, 1).samples, said('jane', 4.5, 1.1).samples];
    const sound = { rate: RATE, samples: Float32Array.of(...before, ...after) };
    expect(ear.listen(sound)).toMatchObject({ heard: ['jane'], fleeting: [] });
  });

  test.each([-30, -55])('hiss at %i dBFS is nobody known, and not silence', (db) => {
    expect(ear.listen(noise(RATE, 3, db))).toMatchObject({ heard: [], fleeting: [], silent: false });
  });

  test('a hum is nobody known', () => {
    const hum = Float32Array.from({ length: CAPTURE_S * RATE }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 220 * i) / RATE));
    expect(ear.listen({ rate: RATE, samples: hum })).toMatchObject({ heard: [], fleeting: [], silent: false });
  });

  test('the same instant over and over is nobody known', () => {
    const { samples } = said('claire', 2, 0.05);
    const stuck = Float32Array.from({ length: CAPTURE_S * RATE }, (_, i) => samples[i % samples.length]!);
    expect(ear.listen({ rate: RATE, samples: stuck })).toMatchObject({ heard: [], silent: false });
  });

  // As much like a voice as anything that is not it: the same pitch, the same vowels.
  test.each(VOICES)('%s said backwards is not heard', (voice) => {
    const verdict = ear.listen({ rate: RATE, samples: said(voice, 4, CAPTURE_S).samples.reverse() });
    expect(verdict.heard, describe(verdict)).toEqual([]);
  });

  test('nothing is silence', () => {
    expect(ear.listen(noise(RATE, 3, -80))).toMatchObject({ heard: [], fleeting: [], silent: true });
  });

  test('a voice that stops early is fleeting', () => {
    const { samples } = said('claire', 0, 4);
    const stopped = { rate: RATE, samples: samples.map((sample, i) => (i < 1.2 * RATE ? sample : 0)) };
    expect(ear.listen(mix(stopped, said('aiko', 3, 4)))).toMatchObject({ heard: ['aiko'], fleeting: ['claire'] });
  });
});

/** What may happen to one voice, or to two: the second speaks a third of the time at a third of the first one's level. */
const ALONE: Readonly<Record<string, (voice: Sound) => Sound>> = {
  'as it was spoken': (voice) => voice,
  'through Opus at 24 kbit/s': (voice) => coded(voice, 24_000),
  'stretched and hurried by 2 %': (voice) => cut(voice, 1),
  'cut four times a second, through Opus': (voice) => coded(cut(voice, 4), 32_000),
  'with a fifth of its packets lost': (voice) => concealed(coded(voice, 32_000), 0.2),
};
const TOGETHER: Readonly<Record<string, (one: Sound, other: Sound) => Sound>> = {
  'equally loud': (one, other) => mix(one, other),
  'at half the level, through Opus': (one, other) => coded(mix(one, quieter(other, 0.5)), 32_000),
  'equally loud, each cut twice a second': (one, other) => mix(cut(one, 2, 3), cut(other, 2, 5)),
  'at half the level, cut once a second, through Opus': (one, other) => coded(cut(mix(one, quieter(other, 0.5)), 1), 32_000),
  'equally loud, with a tenth of the packets lost': (one, other) => concealed(coded(mix(one, other), 48_000), 0.1),
};

function quieter({ rate, samples }: Sound, gain: number): Sound {
  return { rate, samples: samples.map((sample) => gain * sample) };
}

group('right and wrong pairs lie far apart', () => {
  test.each(Object.entries(ALONE))('one voice %s', (_, mishap) => {
    measure((voice) => ({ sound: mishap(said(voice, 1.1, 3)), right: [voice] }));
  });

  test.each(Object.entries(TOGETHER))('two voices %s', (_, mishap) => {
    measure((voice, i) => {
      const other = VOICES[(i + 1) % VOICES.length]!;
      return { sound: mishap(said(voice, 1.1, 3), said(other, 5.2, 3)), right: [voice, other] };
    });
  });
});

/** Right pairs are above the threshold by half of it in their median second, wrong ones below it by a third in their best. */
function measure(make: (voice: Voice, i: number) => { sound: Sound; right: readonly Voice[] }): void {
  const right: number[] = [];
  const wrong: number[] = [];
  VOICES.forEach((voice, i) => {
    const { sound, right: present } = make(voice, i);
    const isPresent = ({ voice: name }: Score) => present.some((one) => one === name);
    const verdict = ear.listen(captured(sound));
    expect(verdict, describe(verdict)).toMatchObject({ heard: present.toSorted(), fleeting: [] });
    for (const score of verdict.scores) (isPresent(score) ? right : wrong).push(isPresent(score) ? score.median : score.best);
  });
  const summary = `right from ${Math.min(...right).toFixed(2)}, wrong up to ${Math.max(...wrong).toFixed(2)}, heard from ${HEARD}`;
  process.stdout.write(`${expect.getState().currentTestName}: ${summary}\n`);
  expect(Math.min(...right), summary).toBeGreaterThan(1.3 * HEARD);
  expect(Math.max(...wrong), summary).toBeLessThan(0.8 * HEARD);
}
