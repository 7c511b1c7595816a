import { beforeEach, describe, expect, it } from 'vitest';
import { captureCamera } from '../src/media/capture';
import { Device, type Held } from '../src/media/device';
import { Microphone, type HeldVoice } from '../src/media/microphone';
import { FakeDevices } from './devices';
import { FakeClock, settle } from './fakes';

let clock: FakeClock;
let devices: FakeDevices;

beforeEach(() => {
  clock = new FakeClock();
  devices = new FakeDevices();
});

describe('a device', () => {
  let held: Held;
  let camera: Device;
  const open = (name: string | null = null) => camera.open(() => captureCamera(name));

  beforeEach(() => {
    camera = new Device('videoinput', (now) => (held = now));
  });

  it('that comes after it was closed is let go of', async () => {
    devices.held.add('video');
    const opened = open();
    expect(held.opening).toBe(true);
    camera.close();
    devices.pending[0]?.allow();
    expect(await opened).toBeNull();
    expect(held).toMatchObject({ track: null, opening: false });
    expect(devices.live).toEqual([]);
  });

  it('is the one asked for last, in whatever order they come', async () => {
    devices.cameras = ['eye', 'other'];
    devices.held.add('video');
    const first = open('eye');
    const second = open('other');
    devices.pending[1]?.allow();
    const track = await second;
    devices.pending[0]?.allow();
    expect(await first).toBeNull();
    expect(held.track).toBe(track);
    expect(devices.live).toEqual(['other']);
  });

  it('goes on where another one cannot be had', async () => {
    const track = await open();
    devices.refusals.set('video', 'NotReadableError');
    expect(await open('other')).toBeNull();
    expect(held).toMatchObject({ track, problem: 'busy', opening: false });
    expect(devices.live).toEqual(['eye']);
  });

  it('is said to have stopped when it was pulled out, and the one before it is not listened to', async () => {
    await open();
    const [before] = devices.tracks;
    const track = await open();
    before?.ends();
    expect(held.track).toBe(track);
    devices.latest.ends();
    expect(held).toMatchObject({ track: null, problem: 'lost' });
  });
});

describe('a microphone', () => {
  let held: HeldVoice;
  let microphone: Microphone;

  beforeEach(() => {
    microphone = new Microphone(true, clock, (now) => (held = now));
    devices.addEventListener('devicechange', () => void microphone.changed());
  });

  async function passes(ms: number): Promise<void> {
    clock.pass(ms);
    await settle();
  }

  /** Opened long enough ago to be one that works. */
  async function works(): Promise<void> {
    await microphone.open('desk');
    clock.pass(60_000);
  }

  it('that is pulled out is missing at once, and is taken again as soon as it is plugged in', async () => {
    await works();
    devices.pulls('desk');
    expect(held).toMatchObject({ track: null, problem: 'lost' });
    await passes(0);
    expect(held).toMatchObject({ track: null, problem: 'none', opening: false });
    await passes(300_000);
    devices.plugs('desk');
    await settle();
    await passes(250);
    expect(held).toMatchObject({ track: devices.latest, problem: null });
    expect(devices.live).toEqual(['desk']);
    expect(clock.waiting).toBe(0);
  });

  it('has another stand in for it while it is away, and says so', async () => {
    devices.microphones = ['desk', 'laptop'];
    await works();
    devices.pulls('desk');
    await settle();
    await passes(250);
    expect(held.track).toBe(devices.latest);
    expect(held.missed).toEqual({ device: 'desk', name: 'desk' });
    expect(devices.live).toEqual(['laptop']);
    await passes(30_000);
    devices.plugs('desk');
    await settle();
    await passes(250);
    expect(held.missed).toBeNull();
    expect(devices.live).toEqual(['desk']);
  });

  it('that somebody chose is not left for the one that comes back', async () => {
    devices.microphones = ['desk', 'laptop'];
    await works();
    devices.pulls('desk');
    await settle();
    await passes(250);
    await microphone.open('laptop');
    expect(held.missed).toBeNull();
    devices.plugs('desk');
    await settle();
    await passes(60_000);
    expect(devices.live).toEqual(['laptop']);
  });

  it('that ends as often as it is opened is tried less and less, and then no more', async () => {
    await microphone.open('desk');
    let tries = 0;
    for (let second = 0; second < 300; second += 1) {
      if (held.track !== null) devices.latest.ends();
      tries = devices.asked.audio;
      await passes(1_000);
    }
    expect(tries).toBe(7);
    expect(held).toMatchObject({ track: null, problem: 'lost' });
    expect(clock.waiting).toBe(0);
  });

  it('that comes and goes on its plug is not asked for more often than that', async () => {
    await microphone.open('desk');
    for (let round = 0; round < 120; round += 1) {
      devices.pulls('desk');
      devices.plugs('desk');
      await settle();
      await passes(500);
    }
    expect(devices.asked.audio).toBeLessThanOrEqual(8);
  });

  it('that another programme has taken is tried for half a minute', async () => {
    await works();
    devices.refusals.set('audio', 'NotReadableError');
    devices.latest.ends();
    await passes(2_000);
    expect(held.problem).toBe('busy');
    devices.refusals.clear();
    await passes(30_000);
    expect(held.track).toBe(devices.latest);
    expect(held.problem).toBeNull();
  });

  it('that was refused is asked for by the person only', async () => {
    devices.refusals.set('audio', 'NotAllowedError');
    await microphone.open(null);
    expect(held.problem).toBe('denied');
    devices.plugs('other');
    await settle();
    await passes(60_000);
    expect(devices.asked.audio).toBe(1);
    devices.refusals.clear();
    expect(await microphone.open(null)).toBe(devices.latest);
  });

  it('is found by its plug where there was none', async () => {
    devices.microphones = [];
    await microphone.open(null);
    expect(held.problem).toBe('none');
    devices.plugs('desk');
    await settle();
    await passes(250);
    expect(held.track).toBe(devices.latest);
  });

  it('hears of a plug while the browser is still answering', async () => {
    await works();
    devices.held.add('audio');
    devices.pulls('desk');
    await passes(0);
    devices.held.clear();
    devices.plugs('desk');
    await settle();
    devices.pending[0]?.refuse('NotFoundError');
    await settle();
    await passes(1_000);
    expect(held.track).toBe(devices.latest);
  });

  it('is left alone once it is closed', async () => {
    await works();
    devices.pulls('desk');
    microphone.close();
    devices.plugs('desk');
    await settle();
    await passes(60_000);
    expect(devices.live).toEqual([]);
    expect(held.track).toBeNull();
    expect(clock.waiting).toBe(0);
  });

  it('cancels echo as it was last opened, not as was wished for in vain', async () => {
    await works();
    devices.refusals.set('audio', 'NotReadableError');
    await microphone.open('desk', false);
    expect(held.cancelsEcho).toBe(true);
    devices.refusals.clear();
    await microphone.open('desk', false);
    expect(held.cancelsEcho).toBe(false);
    expect(devices.latest.asked.echoCancellation).toBe(false);
    // The next one is opened as this one was.
    devices.latest.ends();
    await passes(0);
    expect(devices.latest.asked.echoCancellation).toBe(false);
  });
});
