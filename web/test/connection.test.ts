import { beforeEach, describe, expect, it } from 'vitest';
import { MediaConnection } from '../src/media/connection';
import { listening } from '../src/media/plans';
import type { Media } from '../src/store/room';
import { FakeClock, FakeMediaServer, FakePeer, settle } from './fakes';

let clock: FakeClock;
let server: FakeMediaServer;
let peers: FakePeer[];
let reports: Media[];
let connection: MediaConnection;
let channel: string;

const peer = () => peers.at(-1) as FakePeer;
const media = () => reports.at(-1) as Media;
const methods = () => server.asked.map(({ method }) => method);

beforeEach(() => {
  clock = new FakeClock();
  server = new FakeMediaServer();
  peers = [];
  reports = [];
  channel = 'ja';
  const open = () => {
    peers.push(new FakePeer());
    return peer() as unknown as RTCPeerConnection;
  };
  const ends = { fetch: server.fetch, token: () => 'secret', clock, open };
  connection = new MediaConnection(ends, (report) => reports.push(report));
});

async function connected(): Promise<void> {
  connection.start(listening('plenary', () => channel, 'picture'));
  await settle();
  peer().becomes('connected');
}

describe('a media connection', () => {
  it('offers two sounds, then the pictures', async () => {
    await connected();
    expect(peer().lines.map(({ kind }) => kind)).toEqual(['audio', 'audio', 'video', 'video', 'video']);
    expect(server.asked[0]).toMatchObject({ method: 'POST', url: '/whep/plenary/ja' });
    expect(server.asked[0]?.headers).toMatchObject({
      'Content-Type': 'application/sdp',
      Authorization: 'Bearer secret',
    });
  });

  it('is named by the last segment of its address, and has its tracks in order', async () => {
    await connected();
    expect(media()).toMatchObject({ line: { phase: 'connected' }, connection: 'c1' });
    expect(media().audio.map(({ id }) => id)).toEqual(['track-0', 'track-1']);
    expect(media().video.map(({ id }) => id)).toEqual(['track-2', 'track-3', 'track-4']);
  });

  it('hands out its tracks as soon as they are agreed, and its name once it is connected', async () => {
    connection.start(listening('plenary', () => channel, 'picture'));
    await settle();
    expect(media()).toMatchObject({ line: { phase: 'connecting', attempt: 1 }, connection: null });
    expect(media().audio.map(({ id }) => id)).toEqual(['track-0', 'track-1']);
    peer().becomes('connected');
    expect(media()).toMatchObject({ line: { phase: 'connected' }, connection: 'c1' });
  });

  it('restarts ICE when the path has been silent for two seconds', async () => {
    await connected();
    peer().becomes('disconnected');
    expect(media().line.phase).toBe('repairing');
    clock.pass(1_900);
    await settle();
    expect(methods()).toEqual(['POST']);
    clock.pass(200);
    await settle();
    expect(methods()).toEqual(['POST', 'PATCH']);
    expect(server.asked[1]?.headers['If-Match']).toBe('*');
    expect(server.asked[1]?.body).toContain('a=ice-ufrag:u1');
    expect(peer().answers.at(-1)).toContain('a=ice-ufrag:s2');
    peer().becomes('connected');
    expect(media().line.phase).toBe('connected');
  });

  it('makes a new connection where the restart is refused', async () => {
    await connected();
    server.failures.push(404);
    peer().becomes('failed');
    await settle();
    clock.pass(0);
    await settle();
    expect(methods()).toEqual(['POST', 'PATCH', 'DELETE', 'POST']);
    expect(peers[0]?.closed).toBe(true);
  });

  it('asks for the channel wanted now when it comes back', async () => {
    await connected();
    channel = 'fr';
    peer().becomes('closed');
    clock.pass(0);
    await settle();
    expect(server.asked.at(-1)?.url).toBe('/whep/plenary/fr');
  });

  it('comes back to a full server when that asked to, and neither before nor with everybody', async () => {
    server.failures.push(503, 503);
    server.problem = '/problems/at-capacity';
    server.retryAfter = '10';
    clock.chance = 0.2;
    connection.start(listening('plenary', () => channel, 'picture'));
    await settle();
    expect(media().line).toMatchObject({ phase: 'waiting', problem: { type: '/problems/at-capacity', status: 503 } });
    const { line } = media();
    if (line.phase !== 'waiting') throw new Error(line.phase);
    expect(line.retryAt - clock.now()).toBe(11_000);
    clock.pass(10_999);
    connection.hurry();
    await settle();
    expect(methods(), 'looking at the page does not hurry it').toEqual(['POST']);
    clock.pass(1);
    await settle();
    expect(methods()).toEqual(['POST', 'POST']);
    server.retryAfter = null;
    clock.pass(11_000);
    await settle();
    peer().becomes('connected');
    expect(media().line.phase).toBe('connected');
  });

  it('waits longer than asked where it was refused often', async () => {
    server.failures.push(...Array<number>(8).fill(503));
    server.retryAfter = '1';
    connection.start(listening('plenary', () => channel, 'picture'));
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await settle();
      const { line } = media();
      if (line.phase !== 'waiting') throw new Error(line.phase);
      clock.pass(line.retryAt - clock.now());
    }
    await settle();
    const { line } = media();
    expect(line.phase === 'waiting' && line.retryAt - clock.now()).toBe(30_000);
  });

  it('tries again where the server fails or is out of reach', async () => {
    server.failures.push(503, null);
    connection.start(listening('plenary', () => channel, 'picture'));
    await settle();
    expect(media().line).toMatchObject({ phase: 'waiting', attempt: 2 });
    clock.pass(1_000);
    await settle();
    expect(media().line).toMatchObject({ phase: 'waiting', attempt: 3 });
    connection.hurry();
    await settle();
    peer().becomes('connected');
    expect(media().line.phase).toBe('connected');
  });

  it('does not insist where it is refused', async () => {
    server.failures.push(403);
    connection.start(listening('plenary', () => channel, 'picture'));
    await settle();
    expect(media().line).toMatchObject({ phase: 'refused', problem: { status: 403 } });
    clock.pass(60_000);
    await settle();
    expect(methods()).toEqual(['POST']);
  });

  it('sees more without a gap: the new connection stands before the old one goes', async () => {
    await connected();
    connection.replace(listening('plenary', () => channel, 'everyone'));
    await settle();
    expect(peers[0]?.closed).toBe(false);
    expect(media().connection).toBe('c1');
    peer().becomes('connected');
    expect(media().connection).toBe('c2');
    expect(media().video.length).toBe(7);
    expect(peers[0]?.closed).toBe(true);
  });

  it.each([503, 422])('goes on as before where more is refused with %i, and says why', async (status) => {
    await connected();
    server.failures.push(status);
    const problem = await connection.replace(listening('plenary', () => channel, 'everyone'));
    expect(problem).toMatchObject({ status });
    expect(media()).toMatchObject({ line: { phase: 'connected' }, connection: 'c1' });
    peer().becomes('closed');
    peers[0]?.becomes('closed');
    clock.pass(0);
    await settle();
    expect(peer().lines.length, 'the picture asked for before').toBe(5);
  });

  it('says that more did not come about where it never connects', async () => {
    await connected();
    const asked = connection.replace(listening('plenary', () => channel, 'everyone'));
    await settle();
    clock.pass(12_000);
    expect((await asked)?.type).toBe('/problems/offline');
    expect(media().connection).toBe('c1');
  });

  it('opens no third connection where the old one is lost while its successor connects', async () => {
    await connected();
    const asked = connection.replace(listening('plenary', () => channel, 'everyone'));
    await settle();
    clock.chance = 1;
    peers[0]?.becomes('closed');
    peers[0]?.becomes('closed');
    peer().becomes('connected');
    expect(await asked).toBeNull();
    clock.pass(60_000);
    await settle();
    expect(peers.length).toBe(2);
    expect(media()).toMatchObject({ line: { phase: 'connected' }, connection: 'c2' });
    connection.stop();
    expect(peers.every(({ closed }) => closed)).toBe(true);
  });

  it('leaves nothing behind where a third was opened before the successor connected', async () => {
    await connected();
    void connection.replace(listening('plenary', () => channel, 'everyone'));
    await settle();
    peers[0]?.becomes('closed');
    clock.pass(0);
    await settle();
    expect(peers.length).toBe(3);
    peers[1]?.becomes('connected');
    expect(media().connection).toBe('c2');
    expect(peers.map(({ closed }) => closed)).toEqual([true, false, true]);
    expect(clock.waiting).toBe(0);
  });

  it('does not hurry a full server because another picture is wanted', async () => {
    server.failures.push(503);
    server.retryAfter = '10';
    connection.start(listening('plenary', () => channel, 'picture'));
    await settle();
    expect(await connection.replace(listening('plenary', () => channel, 'everyone'))).toBeNull();
    await settle();
    expect(methods()).toEqual(['POST']);
    clock.pass(15_000);
    await settle();
    expect(peer().lines.length).toBe(9);
  });

  it('says goodbye, and leaves no timer', async () => {
    await connected();
    connection.stop();
    expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', url: '/whep/r/c1' });
    expect(clock.waiting).toBe(0);
    peer().becomes('failed');
    expect(media().line.phase).toBe('idle');
  });

  it('gives back what came after it was stopped', async () => {
    connection.start(listening('plenary', () => channel, 'picture'));
    connection.stop();
    await settle();
    expect(methods()).toEqual(['POST', 'DELETE']);
  });
});
