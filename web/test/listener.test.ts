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

  it('sees what it saw before where more is refused, and is told why', async () => {
    visit.server.failures.push(503);
    visit.server.problem = '/problems/at-capacity';
    expect(await listener.look('everyone')).toMatchObject({ type: '/problems/at-capacity' });
    expect(listener.sight).toBe('picture');
    const asked = listener.look('nothing');
    await settle();
    visit.peers.at(-1)?.becomes('connected');
    expect(await asked).toBeNull();
    expect(listener.sight).toBe('nothing');
  });

  it('sees what it asked for last', async () => {
    const first = listener.look('everyone');
    await settle();
    // The first to be asked is the DELETE of what came of the first wish.
    visit.server.failures.push(404, 503);
    const second = listener.look('nothing');
    expect(await first).toBeNull();
    expect(await second).toMatchObject({ status: 503 });
    expect(listener.sight).toBe('picture');
  });

  it('comes back with the socket, and not when its own turn would be', async () => {
    visit.server.failures.push(...Array<null>(6).fill(null));
    visit.peers[0]?.becomes('closed');
    for (let second = 0; second < 10; second += 1) {
      visit.clock.pass(1_000);
      await settle();
    }
    expect(visit.session.store.state.media.ears.line.phase).toBe('waiting');
    const before = visit.server.asked.length;
    visit.socket.breaks();
    visit.clock.pass(0);
    visit.welcome();
    await settle();
    expect(visit.server.asked.length).toBe(before + 1);
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
