import type { BufferAppendingData } from 'hls.js';
import { describe, expect, it } from 'vitest';
import { pieceOf, Pieces } from '../src/hls/bridge/pieces';
import { entry, graphTime, holdMs } from '../src/hls/bridge/timing';
import { init, sound } from './bridgeFakes';

describe('the place of a sound in the graph', () => {
  const heard = { media: 10, graph: 100 };

  it('is where the element would sound it', () => {
    expect(graphTime(heard, 10.5)).toBe(100.5);
    const at = entry(heard, 100.04, { start: 9.8, end: 10.2 });
    expect(at?.when).toBe(100.04);
    expect(at?.offset).toBeCloseTo(0.24);
    expect(entry(heard, 100.04, { start: 10.06, end: 10.5 })).toEqual({ when: 100.06, offset: 0 });
  });

  it('is none where the sound is nearly over, is past, or is still to come', () => {
    expect(entry(heard, 100.04, { start: 9.8, end: 10.09 })).toBeNull();
    expect(entry(heard, 100.04, { start: 8, end: 9 })).toBeNull();
    expect(entry(heard, 100.04, { start: 10.2, end: 11 })).toBeNull();
  });

  it('is given up when the element has played out what it may have decoded, which is more each time it ran dry', () => {
    const chromium = [0, 1, 2, 3, 4, 9].map((stalls) => holdMs({}, stalls));
    expect(chromium).toEqual([450, 650, 1_050, 1_850, 3_250, 3_250]);
    expect([0, 3].map((stalls) => holdMs({ mozHasAudio: true }, stalls))).toEqual([2_250, 2_250]);
  });
});

describe('the pieces of a language', () => {
  it('are what hls.js puts in of its sound, with their times on the element’s clock', () => {
    const appending = (more: object) =>
      ({ type: 'audio', data: new Uint8Array([7]), part: null, ...more }) as unknown as BufferAppendingData;
    const frag = {
      type: 'audio',
      level: 2,
      sn: 5,
      elementaryStreams: { audio: { startPTS: 4, endPTS: 8 } },
    };
    const part = { elementaryStreams: { audio: { startPTS: 4.4, endPTS: 4.8 } } };
    expect(pieceOf(appending({ frag }), 2)).toMatchObject({ kind: 'sound', span: { start: 4, end: 8 } });
    expect(pieceOf(appending({ frag, part }), 2)).toMatchObject({ span: { start: 4.4, end: 4.8 } });
    expect(pieceOf(appending({ frag: { ...frag, sn: 'initSegment' } }), 2)).toMatchObject({ kind: 'init' });
    expect(pieceOf(appending({ frag }), 1)).toBeNull();
    expect(pieceOf(appending({ frag, type: 'video' }), 2)).toBeNull();
    expect(pieceOf(appending({ frag: { ...frag, type: 'main' } }), 2)).toBeNull();
    expect(pieceOf(appending({ frag: { ...frag, elementaryStreams: { audio: null } } }), 2)).toBeNull();
  });

  it('are one file while each continues the one before it', () => {
    const pieces = new Pieces();
    expect(pieces.add(sound(1, 1.4)) && pieces.span).toBeNull();
    expect(pieces.add(init)).toBe(true);
    expect(pieces.add(sound(1.401, 1.8))).toBe(true);
    expect(pieces.span).toEqual({ start: 1, end: 1.8 });
    expect([...new Uint8Array(pieces.file())]).toEqual([1, 2, 2]);
    expect(pieces.add(sound(2.2, 2.6))).toBe(false);
    expect(pieces.add(init)).toBe(false);
    pieces.restart(sound(2.2, 2.6));
    expect(pieces.span).toEqual({ start: 2.2, end: 2.6 });
    expect([...new Uint8Array(pieces.file())]).toEqual([1, 2]);
  });

  it('are no more than can be decoded at once', () => {
    const pieces = new Pieces();
    pieces.add(init);
    expect(pieces.add({ kind: 'sound', bytes: new Uint8Array(3_000_000), span: { start: 0, end: 9 } })).toBe(false);
    expect(pieces.span).toBeNull();
  });
});
