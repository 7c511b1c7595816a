import { describe, expect, it } from 'vitest';
import { pace } from '../src/hls/pace';

describe('the pace of a live listener', () => {
  it.each([
    // rate, behind, ahead → rate
    [1, 0, 1, 1],
    [1, -0.5, 1, 1],
    [1, 0.2, 1, 1],
    [1, 0.3, 1, 1.05],
    [1.05, 0.2, 1, 1.05],
    [1.05, 0.02, 1, 1],
    [1, 0.8, 1, 1.1],
    [1.1, 0.4, 1, 1.05],
    [1, 2, 1, 1.25],
    [1, 2, 0.2, 1],
    [1.25, 2, 0.2, 1],
  ])('at %d, %d s behind and %d s in hand, is %d', (rate, behind, ahead, expected) => {
    expect(pace({ rate, behind, ahead })).toBe(expected);
  });

  it('brings back who fell behind, without changing speed more than a few times', () => {
    let [behind, rate, changes] = [3, 1, 0];
    for (let quarters = 0; quarters < 400 && (behind > 0.03 || rate !== 1); quarters++) {
      const next = pace({ rate, behind, ahead: 1 });
      if (next !== rate) changes += 1;
      rate = next;
      behind -= (rate - 1) * 0.25;
    }
    expect(behind).toBeLessThanOrEqual(0.03);
    expect(changes).toBeLessThanOrEqual(4);
  });
});
