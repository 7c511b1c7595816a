import { expect, it } from 'vitest';
import { interpreting, speaking } from '../src/media/plans';

const never = () => {
  throw new Error('not needed');
};

it('says the language just chosen, not that of a place kept from before', () => {
  const plan = speaking('plenary', 'fr', () => 'ja', never, never);
  expect(plan.url()).toBe('/whip/plenary/floor?language=fr');
  expect(plan.url(), 'until the server has taken it').toBe('/whip/plenary/floor?language=fr');
});

it('keeps on later connections what the server has meanwhile', () => {
  const plan = speaking('plenary', 'fr', () => 'ja', never, never);
  plan.amend?.('v=0\r\n');
  expect(plan.url()).toBe('/whip/plenary/floor?language=ja');
});

it('says no language where none is known', () => {
  expect(speaking('plenary', null, () => null, never, never).url()).toBe('/whip/plenary/floor');
});

it('has a line for the voice also while the microphone is pulled out', () => {
  const lines: unknown[] = [];
  const peer = { addTransceiver: (what: unknown) => lines.push(what) } as unknown as RTCPeerConnection;
  interpreting(
    'plenary',
    () => 'ja',
    null,
    () => null,
  ).prepare(peer);
  expect(lines).toEqual(['audio']);
});
