import { beforeEach, describe, expect, it } from 'vitest';
import { Listener } from '../src/store/listener';
import { settle } from './fakes';
import { FakeVisit } from './visit';

let visit: FakeVisit;
let listener: Listener;

beforeEach(async () => {
  visit = new FakeVisit('attend');
  visit.welcome();
  listener = new Listener(visit.session, 'fr', 'picture');
  listener.start();
  await visit.connects();
});

describe('a listener', () => {
  it('changes channel by the socket, without a new offer', async () => {
    const asked = listener.listen('ja');
    expect(visit.asked).toEqual([{ type: 'listen', connection: 'c1', channel: 'ja', ref: '1' }]);
    visit.done();
    expect(await asked).toBeNull();
    expect(visit.server.asked.map(({ method }) => method)).toEqual(['POST']);
  });

  it('changes channel by HTTP where the socket is down', async () => {
    visit.socket.breaks();
    expect(await listener.listen('ja')).toBeNull();
    expect(visit.server.asked.at(-1)).toMatchObject({
      method: 'PUT',
      url: '/whep/r/c1/channel',
      body: '{"channel":"ja"}',
    });
  });

  it('tells why a channel cannot be had', async () => {
    const asked = listener.listen('xx');
    const problem = { type: '/problems/no-such-channel', title: '', status: 404 };
    visit.socket.says({ type: 'problem', ref: '1', problem });
    expect(await asked).toEqual(problem);
  });

  it('says again what it understands to a connection made anew', async () => {
    const asked = listener.understand(['fr', 'ja']);
    visit.done();
    await asked;
    visit.peers[0]?.becomes('closed');
    visit.clock.pass(0);
    await visit.connects();
    expect(visit.asked.at(-1)).toMatchObject({ type: 'understand', connection: 'c2', languages: ['fr', 'ja'] });
  });

  it('asks nothing twice while nothing changed', async () => {
    const asked = listener.understand(['fr']);
    visit.done();
    await asked;
    visit.says({ type: 'levels', channels: {}, sources: {}, listeners: {} });
    await settle();
    expect(visit.asked.length).toBe(1);
  });

  it('is told that it is offline, and not left waiting, when the line breaks', async () => {
    const asked = visit.session.requests.ask({ type: 'take' });
    visit.socket.breaks();
    expect((await asked)?.type).toBe('/problems/offline');
  });

  it('is told when no answer comes', async () => {
    const asked = visit.session.requests.ask({ type: 'take' });
    visit.clock.pass(10_000);
    expect((await asked)?.type).toBe('/problems/unanswered');
  });
});
