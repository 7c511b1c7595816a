import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../src/protocol/messages';
import { emptyRoom, NO_MEDIA, type Line, type Room } from '../src/store/room';
import { BACK_AFTER_MS, BACK_WITHIN_MS, CONNECT_WITHIN_MS, MEND_WITHIN_MS, WayChooser } from '../src/store/way';
import { FakeClock } from './fakes';

const FULL: Problem = { type: '/problems/at-capacity', title: 'Full', status: 503 };
const connecting: Line = { phase: 'connecting', attempt: 1 };
const connected: Line = { phase: 'connected' };
const waiting = (problem?: Problem, retryAt = 0): Line => ({
  phase: 'waiting',
  attempt: 2,
  retryAt,
  goingAway: false,
  ...(problem === undefined ? {} : { problem }),
});

const refused = (type: string, status: number): Line => ({ phase: 'refused', problem: { type, title: '', status } });
const BUSY: Problem = { type: '/problems/unavailable', title: '', status: 503 };

function room(ears: Line, { hls = '/hls/p/index.m3u8' as string | null, socket = connected } = {}): Room {
  const welcome = { session: { hls } } as unknown as NonNullable<Room['welcome']>;
  return { ...emptyRoom, socket, welcome, media: { ...emptyRoom.media, ears: { ...NO_MEDIA, line: ears } } };
}

describe('the way to a listener', () => {
  let clock: FakeClock;
  let done: string[];
  let chooser: WayChooser;
  const way = () => chooser.store.state;

  beforeEach(() => {
    clock = new FakeClock();
    done = [];
    chooser = new WayChooser(clock, { stop: () => done.push('stop'), start: () => done.push('start') });
  });

  it('is the direct one while that connects in time', () => {
    chooser.see(room(connecting));
    clock.pass(CONNECT_WITHIN_MS - 1);
    chooser.see(room(connected));
    clock.pass(60_000);
    expect(way().by).toBe('direct');
    expect(done).toEqual([]);
  });

  it('is the broadcast when nothing connects in time', () => {
    chooser.see(room(connecting));
    clock.pass(CONNECT_WITHIN_MS);
    expect(way()).toMatchObject({ by: 'broadcast', why: 'blocked' });
    expect(done).toEqual(['stop']);
  });

  it('is the broadcast at once when the node is full, or there is no WebRTC', () => {
    chooser.see(room(waiting(FULL)));
    expect(way()).toMatchObject({ by: 'broadcast', why: 'full' });
    chooser = new WayChooser(clock, { stop: () => undefined, start: () => undefined });
    chooser.see(room(refused('/problems/no-webrtc', 0)));
    expect(way()).toMatchObject({ by: 'broadcast', why: 'no-webrtc' });
  });

  it('stays direct where nothing is broadcast, where one is refused, and where the server itself is out of reach', () => {
    chooser.see(room(waiting(FULL), { hls: null }));
    chooser.see(room({ phase: 'refused', problem: { type: '/problems/bad-token', title: '', status: 401 } }));
    chooser.see(room(connecting, { socket: waiting() }));
    chooser.see(room(waiting(), { socket: waiting() }));
    clock.pass(60_000);
    expect(way().by).toBe('direct');
  });

  it('gives a connection that worked longer to mend itself', () => {
    chooser.see(room(connected));
    chooser.see(room({ phase: 'repairing' }));
    chooser.see(room(waiting()));
    clock.pass(MEND_WITHIN_MS - 1);
    expect(way().by).toBe('direct');
    clock.pass(1);
    expect(way()).toMatchObject({ by: 'broadcast', why: 'lost' });
  });

  it('waits with the line where the socket goes after the media: the server is out of reach, and nothing is blocked', () => {
    chooser.see(room(connected));
    chooser.see(room({ phase: 'repairing' }));
    clock.pass(MEND_WITHIN_MS - 1);
    chooser.see(room(waiting(), { socket: waiting() }));
    clock.pass(60_000);
    expect(way().by).toBe('direct');
    // Back again, it is given its time anew.
    chooser.see(room(waiting()));
    clock.pass(MEND_WITHIN_MS - 1);
    chooser.see(room(connected));
    clock.pass(60_000);
    expect(way().by).toBe('direct');
    expect(done).toEqual([]);
  });

  it('goes back by itself to the direct one where that worked before, less and less often while it is in vain', () => {
    chooser.see(room(connected));
    chooser.see(room(waiting()));
    clock.pass(MEND_WITHIN_MS);
    expect(way().why).toBe('lost');
    const tries: number[] = [];
    let before = clock.now();
    for (let turn = 0; turn < 9; turn += 1) {
      while (!way().trying) clock.pass(500);
      tries.push(clock.now() - before);
      chooser.see(room(waiting()));
      expect(way()).toMatchObject({ by: 'broadcast', trying: false, failedAgain: false });
      before = clock.now();
    }
    expect(tries[0]).toBeGreaterThanOrEqual(BACK_AFTER_MS);
    expect(tries[1]).toBeGreaterThan(1.5 * (tries[0] ?? Infinity));
    expect(tries.at(-1)).toBeLessThanOrEqual(1.6 * BACK_WITHIN_MS);
    while (!way().trying) clock.pass(500);
    chooser.see(room(connected));
    expect(way()).toMatchObject({ by: 'direct', trying: false });
  });

  it('takes nobody out of the middle of the broadcast, nor out of the recording of what is over', () => {
    chooser.see(room(connected));
    chooser.see(room(waiting()));
    clock.pass(MEND_WITHIN_MS);
    chooser.hold(true);
    clock.pass(BACK_WITHIN_MS);
    expect(way().trying).toBe(false);
    chooser.hold(false);
    chooser.see({ ...room({ phase: 'idle' }), ended: { type: 'ended', resumableUntil: '' } });
    clock.pass(BACK_WITHIN_MS);
    expect(way().trying).toBe(false);
  });

  it('does not try by itself what never worked', () => {
    chooser.see(room(connecting));
    clock.pass(CONNECT_WITHIN_MS);
    clock.pass(2 * BACK_WITHIN_MS);
    expect(done).toEqual(['stop']);
  });

  it('does not call a server busy or out of order a network that blocks, and comes back', () => {
    chooser.see(room(connecting));
    chooser.see(room(waiting(BUSY)));
    clock.pass(CONNECT_WITHIN_MS);
    expect(way()).toMatchObject({ by: 'broadcast', why: 'busy' });
    clock.pass(2 * BACK_AFTER_MS);
    expect(way().trying).toBe(true);
  });

  it('does not try before the server asked to', () => {
    const asked = clock.now() + 20_000;
    chooser.see(room(waiting(FULL, asked)));
    chooser.tryDirect();
    expect(way()).toMatchObject({ trying: true, startsAt: asked });
    clock.pass(19_999);
    expect(done).toEqual(['stop']);
    clock.pass(1);
    expect(done).toEqual(['stop', 'start']);
    expect(way()).toMatchObject({ trying: true, startsAt: null });
  });

  it.each([401, 403, 410])('says it when a direct connection tried again is refused with %i', (status) => {
    chooser.see(room(waiting(FULL)));
    chooser.tryDirect();
    chooser.see(room(connecting));
    chooser.see(room(refused('/problems/wrong-role', status)));
    expect(way()).toMatchObject({
      by: 'broadcast',
      why: 'full',
      trying: false,
      failedAgain: true,
      problem: { status },
    });
    expect(done).toEqual(['stop', 'start', 'stop']);
    clock.pass(BACK_WITHIN_MS);
    expect(way().trying).toBe(false);
  });

  it('is the broadcast where browser and server cannot agree, if there is one', () => {
    chooser.see(room(refused('/problems/bad-offer', 422), { hls: null }));
    expect(way().by).toBe('direct');
    chooser.see(room(refused('/problems/bad-offer', 422)));
    expect(way()).toMatchObject({ by: 'broadcast', why: 'bad-offer' });
    chooser.tryDirect();
    chooser.see(room(refused('/problems/bad-offer', 422)));
    expect(way()).toMatchObject({ trying: false, failedAgain: true });
  });

  it('leaves a broadcast that is no more', () => {
    chooser.see(room(connecting));
    clock.pass(CONNECT_WITHIN_MS);
    chooser.see({ ...room({ phase: 'idle' }), recording: { type: 'recording', state: 'failed' } });
    clock.pass(2_000);
    expect(way().trying).toBe(true);
  });

  it('is the broadcast where the session itself has no place, and the direct one once it has', () => {
    const outside = { ...emptyRoom, socket: waiting(FULL, clock.now() + 8_000) };
    chooser.see(outside);
    chooser.watch();
    expect(way()).toMatchObject({ by: 'broadcast', why: 'full' });
    clock.pass(BACK_WITHIN_MS);
    expect(way().trying).toBe(false);
    chooser.see(room({ phase: 'idle' }));
    clock.pass(2 * BACK_AFTER_MS);
    expect(way().trying).toBe(true);
  });

  it('stays direct, ears and all, where nothing is recorded whatever the plan says', () => {
    for (const state of ['off', 'failed'] as const) {
      chooser.see({ ...room(waiting(FULL)), recording: { type: 'recording', state } });
      chooser.see({ ...room(connecting), recording: { type: 'recording', state } });
      clock.pass(60_000);
    }
    expect(way().by).toBe('direct');
    expect(done).toEqual([]);
  });

  it('comes back to the direct one when asked and able, and says when it is not', () => {
    chooser.see(room(connecting));
    clock.pass(CONNECT_WITHIN_MS);
    chooser.see(room({ phase: 'idle' }));
    chooser.tryDirect();
    expect(way()).toMatchObject({ by: 'broadcast', trying: true });
    chooser.see(room(connecting));
    chooser.see(room(waiting()));
    expect(way()).toMatchObject({ by: 'broadcast', trying: false, failedAgain: true });
    chooser.tryDirect();
    chooser.see(room(connecting));
    chooser.see(room(connected));
    expect(way()).toMatchObject({ by: 'direct', trying: false });
    expect(done).toEqual(['stop', 'start', 'stop', 'start']);
  });
});
