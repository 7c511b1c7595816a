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

  it('tries again where the server is full or out of reach', async () => {
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
