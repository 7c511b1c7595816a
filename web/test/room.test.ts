import { describe, expect, it } from 'vitest';
import type { Hearing, Notice } from '../src/protocol/messages';
import { emptyRoom, heard, reduceRoom, seen, type Room } from '../src/store/room';
import { Store } from '../src/store/store';

const AT = Date.parse('2026-11-22T11:00:00Z');
const told = (room: Room, notice: object) => reduceRoom(room, { kind: 'notice', notice: notice as Notice, at: AT });
const HEARING = { type: 'hearing', connection: 'c1', channel: 'ja', kind: 'interpretation' } as Hearing;

describe('the room', () => {
  it('hears what the server says of its own connection', () => {
    const media = { line: { phase: 'connected' }, connection: 'c1', audio: [], video: [] } as const;
    let room = told(emptyRoom, { ...HEARING, connection: 'c2', channel: 'fr' });
    expect(heard(room)).toBeNull();
    room = reduceRoom(told(room, HEARING), { kind: 'media', name: 'ears', media });
    expect(heard(room)?.channel).toBe('ja');
  });

  it('sees all it asked for until the server says that its line takes less', () => {
    const media = { line: { phase: 'connected' }, connection: 'c1', audio: [], video: [] } as const;
    const room = reduceRoom(emptyRoom, { kind: 'media', name: 'ears', media });
    expect(seen(room)).toBe('full');
    expect(seen(told(room, { type: 'seeing', connection: 'c2', pictures: 'none' }))).toBe('full');
    const reduced = told(room, { type: 'seeing', connection: 'c1', pictures: 'reduced' });
    expect(seen(reduced)).toBe('reduced');
    expect(seen(told(reduced, { type: 'seeing', connection: 'c1', pictures: 'full' }))).toBe('full');
  });

  it('keeps snapshots as they came', () => {
    const stage = { type: 'stage', sources: [], listeners: 3 };
    expect(told(emptyRoom, stage).stage).toBe(stage);
  });

  it('knows how far the server’s clock is from ours', () => {
    const welcome = { type: 'welcome', session: { state: 'live' }, serverTime: '2026-11-22T11:00:05Z' };
    expect(told(emptyRoom, welcome).clockOffset).toBe(5000);
  });

  it('takes a welcome to a live session as the end undone', () => {
    const welcome = { type: 'welcome', session: { state: 'live' }, serverTime: '2026-11-22T11:00:00Z' };
    const ended = told(emptyRoom, { type: 'ended', resumableUntil: '' });
    const room = told(ended, welcome);
    expect(room.ended).toBeNull();
  });

  it('takes back an end', () => {
    const ended = told(emptyRoom, { type: 'ended', resumableUntil: '2026-11-22T11:01:00Z' });
    expect(ended.ended).not.toBeNull();
    expect(told(ended, { type: 'resumed' }).ended).toBeNull();
  });

  it('keeps the last few notices until they are put away', () => {
    let room = emptyRoom;
    for (let n = 0; n < 6; n += 1) room = told(room, { type: 'told', code: 'admitted', by: String(n) });
    expect(room.notifications.map(({ id }) => id)).toEqual([3, 4, 5, 6]);
    expect(reduceRoom(room, { kind: 'dismiss', id: 4 }).notifications.map(({ id }) => id)).toEqual([3, 5, 6]);
  });
});

describe('the store', () => {
  it('tells its followers of changes, and only of changes', () => {
    const store = new Store(0, (state: number, event: number) => state + event);
    const seen: number[] = [];
    const leave = store.follow((state) => seen.push(state));
    store.dispatch(2);
    store.dispatch(0);
    leave();
    store.dispatch(5);
    expect(seen).toEqual([2]);
    expect(store.state).toBe(7);
  });
});
