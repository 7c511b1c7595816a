import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hear } from '../browser/ear.ts';
import { publishFileWithFfmpeg } from '../clients/ffmpeg.ts';
import type { Program } from '../clients/processes.ts';
import { Company } from '../company.ts';
import { change, sweeping, type Change, type Sweep } from '../heard/sweep.ts';
import { writeWav } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { Site, type DemoSession } from '../site.ts';

const FLOOR: Sweep = { from: 8_000, to: 14_000, seconds: 1 };
const JA: Sweep = { from: 1_000, to: 7_000, seconds: 1 };
const VOLUME = 0.6;
const turns = [
  ['ja', FLOOR, JA],
  ['floor', JA, FLOOR],
] as const;

/** A busy machine interrupts what is played now and then; what is wrong with the page is so each time. */
const AGAIN = { retry: 2 };

describe('a change of language in the broadcast', () => {
  const company = new Company();
  const publishers: Program[] = [];
  let server: Server;
  let session: DemoSession;
  let viewer: Viewer;

  beforeAll(async () => {
    mkdirSync(outputs('voices'), { recursive: true });
    writeWav(outputs('voices/sweep-floor.wav'), sweeping(FLOOR));
    writeWav(outputs('voices/sweep-ja.wav'), sweeping(JA));
    server = await Server.start({ name: 'server-crossing' });
    const site = new Site(server.url);
    session = await site.emptySession('fr', 'ja');
    const whip = (path: string) => `${server.url}/whip/${session.id}/${path}`;
    publishers.push(
      publishFileWithFfmpeg(whip('floor?language=fr'), session.tokens['speaker']!, pictureWith('sweep-floor')),
      publishFileWithFfmpeg(whip('ja?booth=fr-ja'), session.tokens['interpreter']!, outputs('voices/sweep-ja.wav')),
    );
    await vi.waitUntil(async () => (await site.routing(session)).filter(({ source }) => source !== null).length >= 2, {
      timeout: 30_000,
      interval: 200,
    });
    viewer = await Viewer.arrive(await company.browser(), `${server.url}/replay/${session.id}`);
    await viewer.page.locator('button[data-channel="floor"]').waitFor();
    await hear(viewer.page, 0.1);
    await viewer.hears('floor');
    await viewer.play();
    await viewer.page.locator('[data-live="following"]').waitFor();
  });
  afterAll(async () => {
    await company.leave();
    for (const publisher of publishers.splice(0)) await publisher.stop();
    await server?.stop();
  });

  test('one language gives way to the other: nothing of the old one after it, no gap, no echo', AGAIN, async () => {
    const { page } = viewer;
    await viewer.hears('floor');
    await settled(page);
    await watch(page);
    for (const [channel, first, second] of [...turns, ...turns]) {
      const changed = await heardWhile(page, () => page.locator(`button[data-channel="${channel}"]`).click(), first, second);
      expect(changed.at).not.toBeNaN();
      expect(changed.gap, 'silence, ms').toBeLessThanOrEqual(60);
      expect(changed.both, 'both languages at once, ms').toBeLessThanOrEqual(60);
      expect(changed.doubled, 'one language twice, ms').toBeLessThanOrEqual(60);
      expect(changed.jump, 'a jump within the new language, ms').toBeLessThanOrEqual(60);
      await pause(1_000);
    }
    const { seen, silenced, volume } = await watched(page);
    expect(seen, 'neither did the picture wait, nor did the page say another volume').toEqual([]);
    expect(silenced, 'the element gave way to the audio graph').toBe(true);
    expect(volume).toBe(VOLUME);
  });

  test('who changes back at once hears that at once, and the picture goes on', AGAIN, async () => {
    const { page } = viewer;
    await viewer.hears('floor');
    await settled(page);
    await watch(page);
    for (let i = 0; i < 3; i++) {
      await page.locator('button[data-channel="ja"]').click();
      await pause(500);
      const changed = await heardWhile(page, () => page.locator('button[data-channel="floor"]').click(), JA, FLOOR);
      expect(changed.gap, 'silence, ms').toBeLessThanOrEqual(60);
      expect(changed.both, 'both languages at once, ms').toBeLessThanOrEqual(60);
    }
    const { seen, silenced, volume } = await watched(page);
    expect(seen, 'neither did the picture wait, nor did the page say another volume').toEqual([]);
    expect(silenced, 'the element gave way to the audio graph').toBe(true);
    expect(volume).toBe(VOLUME);
  });
});

/** What is heard in two seconds during which something is done. */
async function heardWhile(page: Page, act: () => Promise<void>, first: Sweep, second: Sweep): Promise<Change> {
  await page.evaluate(() => window.ear.afresh());
  await pause(200);
  const recorded = hear(page, 2);
  await pause(300);
  await act();
  return change(await recorded, first, second);
}

/** Waits until it has played for a while without being hurried or held up. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    let even = 0;
    for (let from = video.currentTime; even < 3; from = video.currentTime) {
      await new Promise((next) => setTimeout(next, 500));
      even = video.playbackRate === 1 && Math.abs(video.currentTime - from - 0.5) < 0.1 ? even + 1 : 0;
    }
  });
}

interface Watched {
  /** What the element told the page that it should not have. */
  seen: string[];
  /** Whether it really was silent for a moment, while something else sounded. */
  silenced: boolean;
}

async function watch(page: Page): Promise<void> {
  await page.evaluate((volume) => {
    const video = document.querySelector('video')!;
    video.volume = volume;
    const seen: string[] = [];
    const watched: Watched = { seen, silenced: false };
    Object.assign(window, { watched });
    const loudness = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')!;
    // What the page must not see goes by here first.
    addEventListener('volumechange', () => (watched.silenced ||= loudness.get!.call(video) === 0), { capture: true });
    for (const event of ['pause', 'seeking', 'emptied', 'waiting']) video.addEventListener(event, () => void seen.push(event));
    video.addEventListener('volumechange', () => {
      if (video.volume !== volume) seen.push(`volume ${video.volume}`);
    });
  }, VOLUME);
}

/** Once a change is over: what was seen, and how loud the element really plays. */
async function watched(page: Page): Promise<Watched & { volume: number }> {
  const loudness = () =>
    page.evaluate(() => {
      const volume = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'volume')!;
      return volume.get!.call(document.querySelector('video')) as number;
    });
  await expect.poll(loudness, { timeout: 10_000 }).toBe(VOLUME);
  const found = await page.evaluate(() => (window as unknown as { watched: Watched }).watched);
  return { ...found, volume: await loudness() };
}

/** A moving picture of 25 a second with a key frame a second, as a camera sends it, with a sound. */
function pictureWith(voice: string): string {
  const file = outputs(`voices/${voice}.mp4`);
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25'];
  const sound = ['-stream_loop', '-1', '-i', outputs(`voices/${voice}.wav`)];
  const codecs = ['-c:v', 'libx264', '-profile:v', 'baseline', '-tune', 'zerolatency', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...sound, '-t', '20', ...codecs, file]);
  return file;
}
