import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../src/protocol/messages';
import { emptyRoom, NO_MEDIA, type Line, type Room } from '../src/store/room';
import { CONNECT_WITHIN_MS, MEND_WITHIN_MS, WayChooser } from '../src/store/way';
import { FakeClock } from './fakes';

const FULL: Problem = { type: '/problems/at-capacity', title: 'Full', status: 503 };
const connecting: Line = { phase: 'connecting', attempt: 1 };
const connected: Line = { phase: 'connected' };
const waiting = (problem?: Problem): Line => ({
  phase: 'waiting',
  attempt: 2,
  retryAt: 0,
  goingAway: false,
  ...(problem === undefined ? {} : { problem }),
});

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
    chooser.see(room({ phase: 'refused', problem: { type: '/problems/no-webrtc', title: '', status: 0 } }));
    expect(way()).toMatchObject({ by: 'broadcast', why: 'blocked' });
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
    expect(way()).toMatchObject({ by: 'broadcast', why: 'blocked' });
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
