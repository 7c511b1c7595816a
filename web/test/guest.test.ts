import { beforeEach, describe, expect, it } from 'vitest';
import { Listener } from '../src/store/listener';
import { FakeVisit } from './visit';

let visit: FakeVisit;

beforeEach(() => {
  visit = new FakeVisit('attend', null);
  visit.welcome('identity');
});

/** Lets the socket break with this code, and come back. */
function comeBack(code: number): void {
  visit.socket.breaks(code);
  visit.clock.pass(30_000);
  visit.socket.opens();
}

describe('a guest', () => {
  it('says hello without a token, and listens with the identity given', async () => {
    expect(visit.socket.sent[0]).toEqual({ type: 'hello', page: 'attend' });
    new Listener(visit.session, 'fr', 'picture').start();
    await visit.connects();
    expect(visit.server.asked[0]).toMatchObject({ method: 'POST', headers: { Authorization: 'Bearer identity' } });
  });

  it('comes back as the same guest', () => {
    comeBack(1006);
    expect(visit.socket.sent[0]).toEqual({ type: 'hello', page: 'attend', token: 'identity' });
  });

  it('comes back as another where the server knows the identity no more, and then is refused for good', () => {
    comeBack(4401);
    expect(visit.socket.sent[0]).toEqual({ type: 'hello', page: 'attend' });
    visit.socket.breaks(4401);
    expect(visit.session.store.state.socket.phase).toBe('refused');
  });
});
