import { beforeEach, describe, expect, it } from 'vitest';
import { backoff } from '../src/store/backoff';
import type { Line } from '../src/store/room';
import { SessionSocket } from '../src/store/socket';
import { FakeClock, FakeSocket } from './fakes';

const WELCOME = { type: 'welcome', session: { state: 'live' }, serverTime: '2026-11-22T11:00:00Z' };

let clock: FakeClock;
let sockets: FakeSocket[];
let lines: Line[];
let messages: object[];
let socket: SessionSocket;

const latest = () => sockets.at(-1) as FakeSocket;
const line = () => lines.at(-1) as Line;

beforeEach(() => {
  clock = new FakeClock();
  sockets = [];
  lines = [];
  messages = [];
  const open = () => {
    sockets.push(new FakeSocket());
    return latest();
  };
  socket = new SessionSocket(open, { token: () => 't', page: 'attend', forget: () => false }, clock, {
    line: (next) => lines.push(next),
    message: (message) => messages.push(message),
  });
  socket.start();
});

function welcome(): void {
  latest().opens();
  latest().says(WELCOME);
}

describe('the session socket', () => {
  it('says hello first, with the token in the message and nowhere else', () => {
    latest().opens();
    expect(latest().sent).toEqual([{ type: 'hello', page: 'attend', token: 't' }]);
  });

  it('is connected when the server welcomes, not when the line opens', () => {
    latest().opens();
    expect(line().phase).toBe('connecting');
    latest().says(WELCOME);
    expect(line()).toEqual({ phase: 'connected' });
  });

  it('sends nothing before it is welcome', () => {
    latest().opens();
    expect(socket.send({ type: 'take' })).toBe(false);
    latest().says(WELCOME);
    expect(socket.send({ type: 'take' })).toBe(true);
  });

  it('comes back at once, then after 1, 2, 4 … 30 seconds, counting', () => {
    welcome();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      latest().breaks();
      const waiting = line();
      if (waiting.phase !== 'waiting') throw new Error(waiting.phase);
      expect(waiting.attempt).toBe(attempt);
      waits.push((waiting.retryAt - clock.now()) / 1000);
      clock.pass(waiting.retryAt - clock.now());
    }
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 30, 30]);
  });

  it('counts anew after it was welcome', () => {
    welcome();
    latest().breaks();
    clock.pass(0);
    welcome();
    latest().breaks();
    expect(line()).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it('hurries when the network is back', () => {
    welcome();
    latest().breaks();
    clock.pass(0);
    latest().breaks();
    const before = sockets.length;
    socket.hurry();
    expect(sockets.length).toBe(before + 1);
    socket.hurry();
    expect(sockets.length).toBe(before + 1);
  });

  it('says that the server goes away', () => {
    welcome();
    latest().breaks(1001);
    expect(line()).toMatchObject({ phase: 'waiting', goingAway: true });
  });

  it.each([
    [4401, '/problems/bad-token'],
    [4403, '/problems/wrong-role'],
    [4404, '/problems/no-such-session'],
  ])('does not come back after %i', (code, type) => {
    welcome();
    latest().breaks(code);
    expect(line()).toMatchObject({ phase: 'refused', problem: { type } });
    clock.pass(120_000);
    socket.hurry();
    expect(sockets.length).toBe(1);
  });

  it.each([
    [1013, { type: '/problems/at-capacity', status: 503 }],
    [4429, { type: '/problems/too-many-requests', status: 429 }],
  ])('says why it is not let in, and comes back later and not at once (%i)', (code, problem) => {
    latest().opens();
    latest().breaks(code);
    const waiting = line();
    expect(waiting).toMatchObject({ phase: 'waiting', attempt: 2, problem });
    socket.hurry();
    clock.pass(5_000);
    expect(sockets.length).toBe(1);
    clock.pass(3_000);
    expect(sockets.length).toBe(2);
  });

  it('says what the server says of it', () => {
    latest().opens();
    latest().says({ type: 'problem', problem: { type: '/problems/unavailable', title: '', status: 503 } });
    latest().breaks(1013);
    expect(line()).toMatchObject({ phase: 'waiting', problem: { type: '/problems/unavailable' } });
  });

  it('comes back at once, with nothing said, where it only read too slowly', () => {
    welcome();
    latest().breaks(1013);
    expect(line()).toMatchObject({ phase: 'waiting', attempt: 1 });
    expect(line()).not.toHaveProperty('problem');
  });

  it('gives up a line that opens but never welcomes', () => {
    latest().opens();
    clock.pass(10_000);
    expect(line().phase).toBe('waiting');
    expect(sockets[0]?.closed).toBe(true);
  });

  it('ignores frames that are no messages', () => {
    welcome();
    for (const frame of ['{', '[]', 'null', '"x"', '{"type":1}', '{"type":"unheard-of"}']) latest().says(frame);
    expect(messages).toEqual([WELCOME]);
  });

  it('leaves no timer when stopped', () => {
    welcome();
    latest().breaks();
    socket.stop();
    expect(clock.waiting).toBe(0);
  });
});

describe('the back-off', () => {
  it('spreads a crowd by a quarter either way', () => {
    expect(backoff(4, 0)).toBe(3000);
    expect(backoff(4, 0.999)).toBeCloseTo(5000, -1);
    expect(backoff(1, 0.9)).toBe(0);
  });
});
