import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locale } from '../src/i18n/locale.svelte';
import type { Hearing } from '../src/protocol/messages';
import Attend from '../src/rooms/attend/Attend.svelte';
import MicrophoneKeys from '../src/rooms/booth/MicrophoneKeys.svelte';
import type { KeyAction } from '../src/rooms/booth/keys';
import Node from '../src/rooms/desk/Node.svelte';
import { settle, silenceBrowser } from './fakes';
import { FakeVisit } from './visit';

beforeEach(() => {
  localStorage.clear();
  locale.choose('en');
  silenceBrowser();
});

afterEach(cleanup);

describe('attending', () => {
  let visit: FakeVisit;
  const hearing = (more: Partial<Hearing>): Hearing => ({
    type: 'hearing',
    connection: 'c1',
    channel: 'ja',
    kind: 'interpretation',
    language: 'ja',
    why: 'interpreter',
    booth: '1',
    withoutYou: false,
    quality: 'floor',
    ...more,
  });
  const button = (name: string) => screen.getByRole('button', { name });

  beforeEach(async () => {
    visit = new FakeVisit('attend');
    render(Attend, { session: visit.session });
    visit.welcome();
    await settle();
  });
  afterEach(() => {
    visit.session.stop();
  });

  it('asks one question, and its answer is the channel of the first offer', async () => {
    expect(screen.getByRole('heading', { name: /which language/ })).toBeTruthy();
    await fireEvent.click(button('日本語'));
    await visit.connects();
    expect(visit.server.asked[0]?.url).toBe('/whep/plenary/ja');
    expect(localStorage.getItem('kakehashi.listen')).toBe('ja');
  });

  it('shows what the server reports, not what was clicked', async () => {
    await fireEvent.click(button('日本語'));
    await visit.connects();
    visit.says(hearing({}));
    await settle();
    expect(screen.getByText('Interpretation into Japanese · booth 1')).toBeTruthy();
    await fireEvent.click(button('Français'));
    expect(button('Français').getAttribute('aria-pressed')).toBe('false');
    visit.says(hearing({ channel: 'fr', kind: 'original', language: 'fr', why: 'floor', booth: null }));
    await settle();
    expect(button('Français').getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('Original: French is spoken on the floor')).toBeTruthy();
  });

  it('says when the picture is left out for the connection, and when it is back', async () => {
    await fireEvent.click(button('日本語'));
    await visit.connects();
    const onStage = {
      source: 's-1',
      person: 'p-1',
      name: 'Claire',
      kind: 'speaker',
      state: 'on',
      camera: true,
    } as const;
    visit.says({
      type: 'stage',
      sources: [
        { ...onStage, language: 'fr', ready: false, microphone: 'open', speaking: true, lost: false, file: null },
      ],
      picture: { source: 's-1', by: 'speaker' },
      slides: null,
      sign: null,
      tracks: { picture: 's-1', slides: null, sign: null, cameras: ['s-1', null, null, null] },
      listeners: 1,
      languages: 1,
    });
    await settle();
    const words = () => document.querySelector('[data-pictures] > [role=status]')?.textContent;
    expect(words()).toBe('');
    visit.says({ type: 'seeing', connection: 'c1', pictures: 'none' });
    await settle();
    expect(words()).toMatch(/Sound only: your connection is too slow/);
    visit.says({ type: 'seeing', connection: 'c1', pictures: 'full' });
    await settle();
    expect(words()).toBe('');
  });

  it('says goodbye when the session ends', async () => {
    await fireEvent.click(button('日本語'));
    await visit.connects();
    visit.says({ type: 'ended', resumableUntil: '2026-11-22T11:01:00Z' });
    await settle();
    expect(screen.getByRole('heading', { name: 'The session has ended' })).toBeTruthy();
    // The end can be undone for a minute: the connection is kept until the server closes.
    expect(visit.server.asked.at(-1)?.method).toBe('POST');
    visit.socket.breaks(4410);
    await settle();
    expect(visit.server.asked.at(-1)?.method).toBe('DELETE');
  });
});

describe('the microphone’s keys', () => {
  it('say on air in words, and hold the cough for as long as the pointer does', async () => {
    const actions: KeyAction[] = [];
    render(MicrophoneKeys, { air: 'on-air', coughing: false, audience: 40, onact: (action) => actions.push(action) });
    expect(screen.getByRole('status').textContent).toMatch(/On air.*heard by 40 people/);
    await fireEvent.pointerDown(screen.getByRole('button', { name: /Cough/ }));
    expect(actions).toEqual([{ do: 'cough', held: true }]);
  });

  it('cannot be pressed before the microphone is there', () => {
    render(MicrophoneKeys, { air: 'absent', coughing: false, audience: 0, onact: () => undefined });
    expect(screen.getAllByRole('button').every((button) => (button as HTMLButtonElement).disabled)).toBe(true);
  });
});

describe('the desk’s word on the server', () => {
  it('is silent while there is room', () => {
    const { container } = render(Node, { node: { type: 'node', busy: 40, packed: 0, full: false } });
    expect(container.textContent.trim()).toBe('');
  });

  it('says that sound is packed, and for how many', () => {
    render(Node, { node: { type: 'node', busy: 70, packed: 1200, full: false } });
    expect(screen.getByText(/1,200 listeners/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is told once that sound is packed, in a place that was there before, and not each new count', async () => {
    const { rerender } = render(Node, { node: { type: 'node', busy: 40, packed: 0, full: false } });
    const place = screen.getByRole('status');
    await rerender({ node: { type: 'node', busy: 70, packed: 1200, full: false } });
    const said = place.textContent;
    expect(said).toMatch(/larger packets/);
    await rerender({ node: { type: 'node', busy: 71, packed: 1210, full: false } });
    expect(place.isConnected).toBe(true);
    expect(screen.getAllByRole('status')).toHaveLength(1);
    expect(place.textContent).toBe(said);
  });

  it('says that new listeners are sent the broadcast', () => {
    render(Node, { node: { type: 'node', busy: 90, packed: 0, full: true } });
    expect(screen.getByRole('alert').textContent).toContain('broadcast');
    expect(screen.getByText(/90%/)).toBeTruthy();
  });
});
