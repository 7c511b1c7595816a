import { beforeEach, describe, expect, test } from 'vitest';
import { Rouse, type Load } from '../src/hls/rouse';
import { FakeClock } from './fakes';

describe('a loader that stands still', () => {
  let clock: FakeClock;
  let media: HTMLVideoElement;
  let state: { readyState: number; paused: boolean; currentTime: number };
  let end: number | null;
  let loads: number[];
  let ahead: Record<Load, number | null>;
  let rouse: Rouse;

  beforeEach(() => {
    clock = new FakeClock();
    media = document.createElement('video');
    state = { readyState: 2, paused: false, currentTime: 18 };
    for (const key of ['readyState', 'paused', 'currentTime'] as const) {
      Object.defineProperty(media, key, { get: () => state[key] });
    }
    end = 22;
    loads = [];
    ahead = { main: 4, audio: 0 };
    const loader = {
      get end() {
        return end;
      },
      ahead: (what: Load) => ahead[what],
      load: (from: number) => loads.push(from),
    };
    rouse = new Rouse(media, loader, clock);
    rouse.asked('main');
    rouse.asked('audio');
    clock.pass(10_000);
  });

  const waits = () => media.dispatchEvent(new Event('waiting'));

  test('is woken where the player waits, and again if that was of no use', () => {
    waits();
    clock.pass(1_999);
    expect(loads).toEqual([]);
    clock.pass(1);
    expect(loads).toEqual([18]);
    clock.pass(2_000);
    expect(loads).toEqual([18, 18]);
  });

  test('is left alone while it asks for something', () => {
    waits();
    for (let i = 0; i < 10; i++) {
      clock.pass(1_500);
      rouse.asked('audio');
    }
    expect(loads).toEqual([]);
    clock.pass(2_000);
    expect(loads).toEqual([18]);
  });

  test('is woken though the picture goes on being loaded, of which there is enough', () => {
    waits();
    for (let i = 0; i < 10; i++) {
      clock.pass(1_000);
      rouse.asked('main');
    }
    expect(loads).toEqual([18, 18, 18, 18, 18]);
  });

  test('is left alone while the picture is what is missing, and being loaded', () => {
    ahead = { main: 0, audio: 20 };
    waits();
    for (let i = 0; i < 10; i++) {
      clock.pass(1_000);
      rouse.asked('main');
    }
    expect(loads).toEqual([]);
  });

  test.each([
    ['plays again', () => void (state.readyState = 4)],
    ['is paused', () => void (state.paused = true)],
    ['has come to the end of what there is', () => void (end = 18.2)],
    ['does not know yet what there is', () => void (end = null)],
  ])('is left alone where the player %s', (_what, happens) => {
    waits();
    happens();
    clock.pass(20_000);
    expect(loads).toEqual([]);
  });

  test('is left alone once the engine is closed', () => {
    waits();
    rouse.close();
    clock.pass(20_000);
    expect(loads).toEqual([]);
  });
});
