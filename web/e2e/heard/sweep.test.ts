import { expect, test } from 'vitest';
import { change, sweeping, type Sweep } from './sweep.ts';
import type { Sound } from './wav.ts';

const LOW: Sweep = { from: 200, to: 800, seconds: 1 };
const HIGH: Sweep = { from: 1_000, to: 7_000, seconds: 1 };
const RATE = 48_000;

/** Two seconds: `first` at each moment, ms, at which it says where in its sweep it is, and `second` likewise; null where it is silent. */
function played(first: (ms: number) => number | null, ...seconds: ((ms: number) => number | null)[]): Sound {
  const [low, high] = [sweeping(LOW, RATE).samples, sweeping(HIGH, RATE).samples];
  const sample = (loop: Float32Array, ms: number | null) => (ms === null ? 0 : loop[Math.floor((ms * RATE) / 1000) % loop.length]!);
  const samples = Float32Array.from({ length: 2 * RATE }, (_, i) => {
    const ms = (i * 1000) / RATE;
    return sample(low, first(ms)) + seconds.reduce((sum, second) => sum + sample(high, second(ms)), 0);
  });
  return { rate: RATE, samples };
}

const until = (end: number) => (ms: number) => (ms < end ? ms : null);
const from = (start: number) => (ms: number) => (ms >= start ? ms : null);

test('a change that nobody could make better is heard as one', () => {
  const { at, gap, both, doubled, jump } = change(played(until(700), from(700)), LOW, HIGH);
  expect(at).toBeGreaterThanOrEqual(680);
  expect(at).toBeLessThanOrEqual(710);
  expect(gap).toBe(0);
  expect(both).toBeLessThanOrEqual(20);
  expect(doubled).toBeLessThanOrEqual(20);
  expect(jump).toBeLessThan(5);
});

test('a gap is heard, and two languages at once, and one that never comes', () => {
  const apart = change(played(until(700), from(800)), LOW, HIGH);
  expect(Math.abs(apart.gap - 90)).toBeLessThanOrEqual(20);
  const over = change(played(until(800), from(700)), LOW, HIGH);
  expect(Math.abs(over.both - 110)).toBeLessThanOrEqual(20);
  expect(change(played(until(2_000)), LOW, HIGH).at).toBeNaN();
});

test('an echo is heard, and a jump', () => {
  const echo = (ms: number) => (ms >= 1_200 && ms < 1_400 ? ms - 60 : null);
  expect(change(played(until(700), from(700), echo), LOW, HIGH).doubled).toBeGreaterThan(150);
  const jumping = change(played(until(700), (ms) => (ms < 700 ? null : ms < 1_300 ? ms : ms + 50)), LOW, HIGH);
  expect(Math.abs(jumping.jump - 50)).toBeLessThan(8);
});
