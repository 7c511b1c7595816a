import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locale } from '../src/i18n/locale.svelte';
import type { StageSource } from '../src/protocol/messages';
import Booth from '../src/rooms/booth/Booth.svelte';
import Stage from '../src/rooms/stage/Stage.svelte';
import { FakeDevices } from './devices';
import { settle } from './fakes';
import { stageWith, standInForMedia } from './page';
import { FakeVisit } from './visit';

let devices: FakeDevices;
let visit: FakeVisit;

beforeEach(() => {
  localStorage.clear();
  locale.choose('en');
  standInForMedia();
  devices = new FakeDevices();
});

afterEach(() => {
  cleanup();
  visit.session.stop();
});

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const press = async (name: string | RegExp) => {
  await fireEvent.click(button(name));
  await settle();
};
const microphone = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Microphone' });
/** What the page answers to "am I heard?" */
const heard = () => document.querySelector('[data-heard-state]');
/** The real clock's: after a plug, a device is given a quarter of a second. */
const settles = () => new Promise((done) => setTimeout(done, 300));

async function open(page: typeof Stage | typeof Booth): Promise<void> {
  visit = new FakeVisit(page === Stage ? 'stage' : 'booth');
  render(page, { session: visit.session });
  visit.welcome();
  await settle();
}

const onStage = (more: Partial<StageSource> = {}) => {
  visit.says(stageWith(more));
};

async function goOn(): Promise<void> {
  await press('Switch them on');
  await press('Next');
  await press('Next');
  await press('On stage');
  await visit.connects();
  for (const peer of visit.peers) peer.becomes('connected');
  onStage();
  await settle();
}

describe('before one goes on', () => {
  beforeEach(() => open(Stage));

  it('a camera that waits for an answer holds up nobody, and may still come', async () => {
    devices.held.add('video');
    await press('Switch them on');
    expect(button('Next').disabled).toBe(false);
    expect(screen.getByText(/Camera: one moment/)).toBeTruthy();
    devices.pending[0]?.allow();
    await settle();
    expect(screen.queryByText(/Camera: one moment/)).toBeNull();
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Camera' }).value).toBe('eye');
  });

  it('the microphone is asked for first, and the camera once that is answered', async () => {
    devices.held.add('audio').add('video');
    await press('Switch them on');
    expect(devices.pending.map(({ kind }) => kind)).toEqual(['audio']);
    devices.pending[0]?.allow();
    await settle();
    expect(devices.pending.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('who comes back is on stage as soon as there is a microphone', async () => {
    cleanup();
    visit.session.stop();
    localStorage.setItem('kakehashi.stage', 'plenary');
    await open(Stage);
    devices.held.add('video');
    await press('Back to the stage');
    expect(heard()).not.toBeNull();
    devices.pending[0]?.allow();
    await settle();
    expect(devices.live).toEqual(['desk', 'eye']);
  });

  it('another microphone is the one that was chosen', async () => {
    devices.microphones.push('lapel');
    await press('Switch them on');
    await fireEvent.change(microphone(), { target: { value: 'lapel' } });
    await settle();
    expect(devices.live).toEqual(['eye', 'lapel']);
    expect(microphone().value).toBe('lapel');
  });

  it('a camera that failed is tried again', async () => {
    devices.refusals.set('video', 'NotReadableError');
    await press('Switch them on');
    expect(screen.getByRole('alert').textContent).toMatch(/Camera: another programme/);
    expect(button('Next').disabled).toBe(false);
    devices.refusals.clear();
    await press('Try again');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(devices.live).toEqual(['desk', 'eye']);
  });

  it('a microphone that failed is tried again', async () => {
    devices.refusals.set('audio', 'NotReadableError');
    await press('Switch them on');
    expect(button('Next').disabled).toBe(true);
    expect(screen.getByRole('alert').textContent).toMatch(/Microphone: another programme/);
    devices.refusals.clear();
    await press('Try again');
    expect(button('Next').disabled).toBe(false);
  });

  it('a question that was overlooked can be put again', async () => {
    devices.held.add('audio');
    await press('Switch them on');
    expect(screen.getByText(/Microphone: one moment/)).toBeTruthy();
    await press('Switch them on');
    devices.pending[1]?.allow();
    await settle();
    expect(button('Next').disabled).toBe(false);
    devices.pending[0]?.allow();
    await settle();
    expect(devices.live.filter((name) => name === 'desk')).toHaveLength(1);
  });

  it('the box for headphones says how the microphone runs', async () => {
    await press('Switch them on');
    await press('Next');
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: /headphones/ });
    devices.refusals.set('audio', 'NotReadableError');
    await fireEvent.click(box);
    await settle();
    expect(box.checked).toBe(false);
    devices.refusals.clear();
    await fireEvent.click(box);
    await settle();
    expect(box.checked).toBe(true);
  });

  it('a microphone pulled out in a later step is missed there', async () => {
    await press('Switch them on');
    await press('Next');
    devices.pulls('desk');
    await settle();
    await settles();
    expect(screen.getByRole('alert').textContent).toMatch(/Microphone: none was found/);
    expect(button('Next').disabled).toBe(true);
  });

  it('nothing stays on when the page is left before the browser has answered', async () => {
    devices.held.add('video');
    await press('Switch them on');
    devices.held.add('audio');
    await fireEvent.change(microphone(), { target: { value: 'desk' } });
    expect(devices.pending.map(({ kind }) => kind)).toEqual(['video', 'audio']);
    cleanup();
    for (const { allow } of devices.pending) allow();
    await settle();
    expect(devices.live).toEqual([]);
  });
});

describe('on stage', () => {
  beforeEach(async () => {
    await open(Stage);
    await goOn();
  });

  it('a microphone that is pulled out is heard by nobody, at once, and again once it is back', async () => {
    const line = visit.peers[0]?.lines[0];
    expect(heard()?.textContent).toMatch(/You are heard by 212 people/);
    expect(line?.sent).toBe(devices.tracks[0]);

    devices.pulls('desk');
    await settle();
    expect(heard()?.getAttribute('data-heard-state')).toBe('absent');
    expect(heard()?.textContent).toMatch(/No microphone: nobody hears you/);
    await settles();
    expect(screen.getByRole('alert').textContent).toMatch(/Microphone: none was found/);
    expect(button('Try again')).toBeTruthy();
    expect(line?.sent).toBeNull();

    devices.plugs('desk');
    await settle();
    await settles();
    expect(heard()?.textContent).toMatch(/You are heard by 212 people/);
    expect(line?.sent).toBe(devices.latest);
    expect(microphone().value).toBe('desk');
    expect(visit.peers[0]?.closed).toBe(false);
  });

  it('another microphone can be chosen, also while there is none', async () => {
    devices.refusals.set('audio', 'NotReadableError');
    devices.pulls('desk');
    devices.plugs('lapel');
    await settle();
    expect(microphone().value).toBe('');
    devices.refusals.clear();
    await fireEvent.change(microphone(), { target: { value: 'lapel' } });
    await settle();
    expect(heard()?.getAttribute('data-heard-state')).toBe('heard');
    expect(devices.live).toContain('lapel');
  });

  it('the choice shows what is in use where the chosen one cannot be had', async () => {
    devices.plugs('lapel');
    await settle();
    devices.refusals.set('audio', 'NotReadableError');
    await fireEvent.change(microphone(), { target: { value: 'lapel' } });
    await settle();
    expect(microphone().value).toBe('desk');
    expect(screen.getByRole('alert').textContent).toMatch(/Microphone: another programme/);
    expect(heard()?.getAttribute('data-heard-state')).toBe('heard');
  });

  it('a closed microphone stays closed through it', async () => {
    onStage({ microphone: 'closed' });
    devices.pulls('desk');
    devices.plugs('desk');
    await settle();
    await settles();
    expect(heard()?.getAttribute('data-heard-state')).toBe('muted');
    expect(devices.latest.enabled).toBe(false);
  });

  it('nobody is said to hear what does not arrive at the server', async () => {
    onStage({ lost: true });
    await settle();
    expect(heard()?.getAttribute('data-heard-state')).toBe('lost');
  });
});

describe('in the booth', () => {
  beforeEach(async () => {
    await open(Booth);
    const members = [{ person: 'p-me', name: 'Aiko', connection: 'c2', microphone: 'open', lost: false } as const];
    const incoming = { choice: 'auto', channel: 'floor', quality: 'floor', sign: null } as const;
    const common = { booth: 'fr-ja', understands: ['fr', 'ja'], a: 'ja', b: 'fr', members, incoming, warnings: [] };
    visit.says({ type: 'booth', ...common, holder: 'p-me', outgoing: 'ja', onAir: true, audience: 40 });
    await press('Enter');
    await visit.connects();
    for (const peer of visit.peers) peer.becomes('connected');
    await settle();
  });
  const light = () => document.querySelector('[data-air]')?.getAttribute('data-air');

  it('nobody is on air without a microphone; it is shown what to do, and the one plugged in is sent', async () => {
    expect(light()).toBe('on-air');
    devices.pulls('desk');
    await settle();
    expect(light()).toBe('absent');
    await settles();
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(screen.getByRole('alert').textContent).toMatch(/Microphone: none was found/);
    devices.plugs('desk');
    await press('Try again');
    expect(light()).toBe('on-air');
    expect(visit.peers[1]?.lines[0]?.sent).toBe(devices.latest);
  });
});
