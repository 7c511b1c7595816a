import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { locale } from '../src/i18n/locale.svelte';
import Attend from '../src/rooms/attend/Attend.svelte';
import * as player from '../src/rooms/attend/player';
import { BACK_AFTER_MS, CONNECT_WITHIN_MS, MEND_WITHIN_MS } from '../src/store/way';
import { settle, silenceBrowser } from './fakes';
import { FakeVisit } from './visit';

// What plays is tested elsewhere; no browser here plays anything.
vi.mock('../src/rooms/replay/Watch.svelte', () => import('./FakeWatch.svelte'));

let visit: FakeVisit;
/** What the server answers over HTTP, media apart. */
let answers: Record<string, { status: number; body: object; headers?: Record<string, string> }>;
let asked: string[];

const RECORDING = {
  state: 'live',
  startedAt: '2026-11-22T10:00:00Z',
  durationMs: 60_000,
  hls: '/hls/plenary/index.m3u8',
  poster: null,
  tracks: [{ track: 'floor', kind: 'audio' }],
};
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const broadcast = () => document.querySelector('[data-broadcast]');
const line = () => document.querySelector('[data-line]')?.textContent;

beforeEach(() => {
  localStorage.clear();
  locale.choose('en');
  silenceBrowser();
  answers = { '/api/recordings/plenary': { status: 200, body: RECORDING } };
  asked = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const { status, body, headers = {} } = answers[url] ?? { status: 204, body: {} };
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers }));
  });
  visit = new FakeVisit('attend');
  render(Attend, { session: visit.session });
});

afterEach(() => {
  visit.session.stop();
  cleanup();
  vi.unstubAllGlobals();
});

/** The broadcast's player is a file of its own. */
async function shown(): Promise<void> {
  await settle();
  await player.loadPlayer().catch(() => undefined);
  await settle();
}

async function refuseAsFull(times = 1, after = '20'): Promise<void> {
  visit.server.problem = '/problems/at-capacity';
  visit.server.retryAfter = after;
  visit.server.failures.push(...Array<number>(times).fill(503));
}

describe('a full server', () => {
  it('is said as such where nothing is broadcast, with the time of the next attempt', async () => {
    await refuseAsFull();
    visit.session.start();
    visit.welcome(null, null);
    await settle();
    await fireEvent.click(button('日本語'));
    await settle();
    expect(broadcast()).toBeNull();
    expect(line()).toMatch(/The session is full. Trying again/);
    expect(line()).not.toMatch(/lost/);
    expect(screen.getByText('No sound: the session is full')).toBeTruthy();
  });

  it('gives way to the broadcast, and to the direct connection when asked and there is room', async () => {
    await refuseAsFull(2);
    visit.session.start();
    visit.welcome();
    await settle();
    await fireEvent.click(button('日本語'));
    await shown();
    expect(broadcast()?.getAttribute('data-broadcast')).toBe('full');
    expect(broadcast()?.textContent).toMatch(/The server is full/);
    const way = button('Try the direct connection again');
    way.focus();
    await fireEvent.click(way);
    await settle();
    expect(visit.server.asked.filter(({ method }) => method === 'POST').length, 'not before it was asked to').toBe(1);
    expect(way.textContent).toMatch(/Trying/);
    expect(document.activeElement).toBe(way);
    visit.clock.pass(30_000);
    await settle();
    expect(broadcast()?.textContent).toMatch(/Still not possible/);
    visit.server.failures.length = 0;
    await fireEvent.click(way);
    visit.clock.pass(30_000);
    await visit.connects();
    await settle();
    expect(broadcast()).toBeNull();
    expect(document.activeElement?.id, 'the focus is not lost').toBe('main');
  });

  it('says so before one is let in, and shows the broadcast meanwhile', async () => {
    answers['/api/sessions/plenary'] = {
      status: 200,
      body: { id: 'plenary', state: 'live', languages: ['fr', 'ja'], hls: '/hls/plenary/index.m3u8' },
    };
    visit.session.start();
    visit.socket.opens();
    visit.socket.says({ type: 'problem', problem: { type: '/problems/at-capacity', title: '', status: 503 } });
    visit.socket.breaks(1013);
    await settle();
    expect(screen.getByRole('heading', { name: 'The session is full' })).toBeTruthy();
    expect(line()).toMatch(/full/);
    await fireEvent.click(button('Watch the broadcast'));
    await shown();
    expect(broadcast()?.getAttribute('data-broadcast')).toBe('full');
    visit.clock.pass(9_000);
    visit.welcome();
    await settle();
    visit.clock.pass(2 * BACK_AFTER_MS);
    await visit.connects();
    await settle();
    expect(broadcast(), 'let in, one is served directly').toBeNull();
  });

  it('says so before one is let in where nothing is broadcast, and lets one in later', async () => {
    answers['/api/sessions/plenary'] = {
      status: 200,
      body: { id: 'plenary', state: 'live', languages: ['fr', 'ja'], hls: null },
    };
    visit.session.start();
    visit.socket.opens();
    visit.socket.breaks(1013);
    await settle();
    expect(screen.getByText('This session is not broadcast.')).toBeTruthy();
    visit.clock.pass(9_000);
    visit.welcome();
    await settle();
    expect(screen.queryByRole('heading', { name: 'The session is full' })).toBeNull();
    expect(button('日本語')).toBeTruthy();
  });

  it('leaves the picture as it was, in the settings too', async () => {
    visit.session.start();
    visit.welcome();
    await settle();
    await fireEvent.click(button('日本語'));
    await visit.connects();
    await refuseAsFull();
    await settle();
    const [before] = screen.getAllByRole<HTMLInputElement>('radio').filter(({ checked }) => checked);
    await fireEvent.click(screen.getByRole('radio', { name: 'Sound only' }));
    await settle();
    expect(screen.getByText(/the server is full/)).toBeTruthy();
    const [after] = screen.getAllByRole<HTMLInputElement>('radio').filter(({ checked }) => checked);
    expect(after).toBe(before);
    await fireEvent.click(screen.getByRole('radio', { name: 'Sound only' }));
    await visit.connects();
    await settle();
    expect(screen.queryByText(/the server is full/)).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Sound only' }).checked).toBe(true);
  });
});

describe('the broadcast', () => {
  beforeEach(async () => {
    visit.session.start();
    visit.welcome();
    await settle();
  });

  async function blocked(): Promise<void> {
    await fireEvent.click(button('日本語'));
    await settle();
    visit.clock.pass(CONNECT_WITHIN_MS);
    await shown();
  }

  it('is there, and its reason is said in a place that was there before', async () => {
    const place = document.querySelector('[data-said]');
    expect(place?.textContent).toBe('');
    await blocked();
    expect(broadcast()?.getAttribute('data-broadcast')).toBe('blocked');
    await vi.waitFor(() => expect(place?.textContent).toMatch(/this network seems to block it/));
    expect(broadcast()?.querySelectorAll('[role=status]:not([data-said])')).toHaveLength(0);
  });

  it('comes to an end by itself where the direct connection worked before', async () => {
    await fireEvent.click(button('日本語'));
    await visit.connects();
    visit.peers[0]?.becomes('closed');
    visit.server.failures.push(...Array<null>(20).fill(null));
    await settle();
    for (let second = 0; second <= MEND_WITHIN_MS; second += 1_000) {
      visit.clock.pass(1_000);
      await settle();
    }
    await shown();
    expect(broadcast()?.getAttribute('data-broadcast')).toBe('lost');
    expect(broadcast()?.textContent).toMatch(/goes back to it by itself/);
    visit.server.failures.length = 0;
    visit.clock.pass(2 * BACK_AFTER_MS);
    await visit.connects();
    await settle();
    expect(broadcast()).toBeNull();
  });

  it('has a way back where nothing is recorded after all, and looks again', async () => {
    answers['/api/recordings/plenary'] = { status: 404, body: { type: '/problems/no-such-recording', status: 404 } };
    await blocked();
    expect(screen.getByText(/Nothing is broadcast now/)).toBeTruthy();
    const before = asked.length;
    visit.clock.pass(30_000);
    await settle();
    expect(asked.length).toBe(before + 1);
    await fireEvent.click(button('Try the direct connection again'));
    await visit.connects();
    await settle();
    expect(broadcast()).toBeNull();
  });

  it('is not turned to while nothing is recorded', async () => {
    visit.says({ type: 'recording', state: 'failed' });
    await blocked();
    expect(broadcast()).toBeNull();
    expect(visit.session.ears.started).toBe(true);
  });

  it('says that its player could not be fetched, and fetches it when asked again', async () => {
    const load = vi.spyOn(player, 'loadPlayer').mockRejectedValueOnce(new TypeError('network'));
    await blocked();
    expect(screen.getByRole('heading', { name: 'The player could not be fetched' })).toBeTruthy();
    expect(button('Try the direct connection again')).toBeTruthy();
    await fireEvent.click(button('Try again'));
    await shown();
    expect(document.querySelector('[data-unloaded]')).toBeNull();
    expect(document.querySelector('[data-watch]')).not.toBeNull();
    expect(load).toHaveBeenCalled();
  });

  it('is loaded anew where its player is not to be had though the server is there', async () => {
    const reload = vi.spyOn(window.location, 'reload').mockReturnValue();
    vi.spyOn(player, 'loadPlayer').mockRejectedValue(new TypeError('no such file'));
    await blocked();
    expect(reload).not.toHaveBeenCalled();
    await fireEvent.click(button('Try again'));
    await settle();
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('has its player fetched ahead, once the direct sound is there', async () => {
    const load = vi.spyOn(player, 'fetchAhead');
    await fireEvent.click(button('日本語'));
    await settle();
    expect(load).not.toHaveBeenCalled();
    await visit.connects();
    await settle();
    visit.says({ type: 'levels', channels: {}, sources: {}, listeners: {} });
    await settle();
    expect(load).toHaveBeenCalledTimes(1);
  });
});
