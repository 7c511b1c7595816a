import { beforeEach, describe, expect, it } from 'vitest';
import { interpreting } from '../src/media/plans';
import type { Booth, BoothMember, MicrophoneState } from '../src/protocol/messages';
import { airState, Console } from '../src/store/console';
import { settle } from './fakes';
import { FakeVisit } from './visit';

let visit: FakeVisit;
let desk: Console;
let track: { kind: string; enabled: boolean };

function booth(microphone: MicrophoneState, more: Partial<Booth> = {}): Booth {
  return {
    type: 'booth',
    booth: 'fr-ja',
    understands: ['fr', 'ja'],
    a: 'ja',
    b: 'fr',
    members: [{ person: 'p-me', name: 'Aiko', connection: 'c1', microphone, lost: false }],
    holder: microphone === 'closed' ? null : 'p-me',
    outgoing: 'ja',
    onAir: microphone !== 'closed',
    audience: 0,
    incoming: { choice: 'auto', channel: 'floor', quality: 'floor', sign: null },
    warnings: [],
    ...more,
  };
}

const air = () => airState(visit.session.store.state, true);

beforeEach(async () => {
  visit = new FakeVisit('booth');
  visit.welcome();
  track = { kind: 'audio', enabled: true };
  desk = new Console(visit.session);
  const sent = track as unknown as MediaStreamTrack;
  const plan = interpreting(
    'plenary',
    () => 'ja',
    'fr-ja',
    () => sent,
  );
  visit.session.microphone.start(plan);
  await visit.connects();
  await desk.use(sent);
});

describe('the console', () => {
  it('offers the microphone closed', () => {
    expect(visit.server.asked[0]?.url).toBe('/whip/plenary/ja?microphone=closed&booth=fr-ja');
  });

  it('is on air when the server says so, not when the key is pressed', () => {
    visit.says(booth('closed'));
    void desk.toggle();
    expect(visit.asked.at(-1)).toMatchObject({ type: 'microphone', connection: 'c1', state: 'open' });
    expect(air()).toBe('off');
    visit.says(booth('open'));
    expect(air()).toBe('on-air');
  });

  it('is open but not on air where it feeds no channel', () => {
    visit.says(booth('open', { onAir: false }));
    expect(air()).toBe('open');
  });

  it('is not on air while its line is down', () => {
    visit.says(booth('open'));
    visit.peers[0]?.becomes('closed');
    expect(air()).toBe('absent');
  });

  it('is not on air while nothing arrives at the server, or there is no microphone', () => {
    const [member] = booth('open').members;
    visit.says(booth('open', { members: [{ ...(member as BoothMember), lost: true }] }));
    expect(air()).toBe('absent');
    visit.says(booth('open'));
    expect(airState(visit.session.store.state, false)).toBe('absent');
  });

  it('sends nothing while the microphone is away, and what is plugged in next on the same line', async () => {
    const line = visit.peers[0]?.lines[0];
    expect(line?.sent).toBe(track);
    await desk.use(null);
    expect(line?.sent).toBeNull();
    const next = { kind: 'audio', enabled: true } as MediaStreamTrack;
    await desk.use(next);
    expect(line?.sent).toBe(next);
    expect(visit.peers).toHaveLength(1);
  });

  it('takes no channel without a microphone, but can leave one', async () => {
    await desk.use(null);
    visit.says(booth('closed'));
    void desk.toggle();
    expect(visit.asked).toEqual([]);
    visit.says(booth('open'));
    void desk.toggle();
    expect(visit.asked.at(-1)).toMatchObject({ state: 'closed' });
  });

  it('silences the microphone itself while the cough is held', () => {
    visit.says(booth('open'));
    void desk.cough(true);
    expect(track.enabled).toBe(false);
    expect(visit.asked.at(-1)).toMatchObject({ state: 'cough' });
    void desk.cough(false);
    expect(track.enabled).toBe(true);
    expect(visit.asked.at(-1)).toMatchObject({ state: 'open' });
  });

  it('does not open a closed microphone by a cough', () => {
    visit.says(booth('closed'));
    void desk.cough(true);
    void desk.cough(false);
    expect(visit.asked).toEqual([]);
  });

  it('keeps the order of its keys where they go by HTTP', async () => {
    visit.says(booth('open'));
    visit.socket.breaks();
    await Promise.all([desk.cough(true), desk.cough(false)]);
    await settle();
    const puts = visit.server.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body);
    expect(puts).toEqual(['{"state":"cough"}', '{"state":"open"}']);
  });

  it('speaks into B only where the booth has a B', () => {
    visit.says(booth('open', { b: null }));
    void desk.outgoing('b');
    expect(visit.asked).toEqual([]);
    void desk.outgoing('a');
    expect(visit.asked.at(-1)).toMatchObject({ outgoing: 'ja' });
  });
});
