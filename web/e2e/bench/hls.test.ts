import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hear } from '../browser/ear.ts';
import { publishFileWithFfmpeg } from '../clients/ffmpeg.ts';
import type { Program } from '../clients/processes.ts';
import { Company } from '../company.ts';
import { level } from '../heard/voiceprint.ts';
import { writeWav } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { Site, type DemoSession } from '../site.ts';
import { summarise, table, type Summary } from './summary.ts';

const SWITCHES = 30;
/** For so long one watches, and looks at the delay so often, ms. */
const WATCHED_MS = 30_000;
const EVERY_MS = 100;
const REPORT = fileURLToPath(new URL('../../../build/bench/hls.json', import.meta.url));
const summaries: Summary[] = [];

afterAll(() => {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify({ unit: 'ms', measured: summaries }, null, 2)}\n`);
  process.stdout.write(`${table(summaries)}\n`);
});

/** The speaker is silent and the interpreter hisses: a switch is heard at once, one way and the other. */
describe.each(['400ms', '200ms'])('live HLS with parts of %s', (part) => {
  const company = new Company();
  const publishers: Program[] = [];
  let server: Server;
  let session: DemoSession;
  let audience: Browser;
  let viewer: Viewer;

  beforeAll(async () => {
    mkdirSync(outputs('voices'), { recursive: true });
    const hiss = Float32Array.from({ length: 96_000 }, () => (Math.random() - 0.5) * 0.5);
    writeWav(outputs('voices/hiss.wav'), { rate: 48_000, samples: hiss });
    server = await Server.start({ name: `server-parts-${part}`, configuration: `recordings:\n  part: ${part}\n` });
    const site = new Site(server.url);
    session = await site.emptySession('fr', 'ja');
    // Browsers that speak and encode would take from the one that is measured what it has on a machine of its own.
    const whip = (path: string) => `${server.url}/whip/${session.id}/${path}`;
    publishers.push(
      publishFileWithFfmpeg(whip('floor?language=fr'), session.tokens['speaker']!, silentPicture()),
      publishFileWithFfmpeg(whip('ja?booth=fr-ja'), session.tokens['interpreter']!, outputs('voices/hiss.wav')),
    );
    await vi.waitUntil(async () => (await site.routing(session)).filter(({ source }) => source !== null).length >= 2, {
      timeout: 30_000,
      interval: 200,
    });
    audience = await company.browser();
    viewer = await Viewer.arrive(audience, `${server.url}/replay/${session.id}`);
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

  test('how far behind the present one watches', async () => {
    await pause(5_000);
    const { startedAt } = (await (await fetch(`${server.url}/api/recordings/${session.id}`)).json()) as { startedAt: string };
    const delays = await viewer.page.evaluate(
      async ({ started, watched, every }) => {
        const video = document.querySelector('video')!;
        const place = document.querySelector('[data-anchor]')!;
        const seen: number[] = [];
        for (const until = performance.now() + watched; performance.now() < until; ) {
          await new Promise((next) => setTimeout(next, every));
          const at = Number(place.getAttribute('data-anchor')) + video.currentTime * 1000;
          seen.push(Date.now() - started - at);
        }
        return seen;
      },
      { started: Date.parse(startedAt), watched: WATCHED_MS, every: EVERY_MS },
    );
    summaries.push(summarise(`live HLS, parts ${part}: behind the present`, delays));
  });

  test(`${SWITCHES} switches of language, live`, async () => {
    const stalls = await viewer.page.evaluate(() => {
      const counted = { stalls: 0 };
      Object.assign(window, { counted });
      document.querySelector('video')!.addEventListener('waiting', () => (counted.stalls += 1));
      return 0;
    });
    const heard: number[] = [];
    for (let i = 0; i < SWITCHES; i++) {
      const channel = i % 2 === 0 ? 'ja' : 'floor';
      await viewer.page.evaluate(() => window.ear.afresh());
      await pause(200);
      const changed = viewer.page.evaluate(untilHeard, channel === 'ja');
      await viewer.page.locator(`button[data-channel="${channel}"]`).click();
      heard.push(await changed);
      await viewer.page.locator(`[data-heard="${channel}"]`).waitFor();
      // A person takes a moment between two clicks; what was buffered of the old language is gone by then.
      await expect.poll(async () => level((await hear(viewer.page, 0.3)).samples) > -50, { timeout: 15_000 }).toBe(channel === 'ja');
    }
    summaries.push(summarise(`live HLS, parts ${part}: switch, click to heard`, heard));
    const waited = await viewer.page.evaluate(() => (window as unknown as { counted: { stalls: number } }).counted.stalls);
    process.stdout.write(`parts ${part}: the picture waited ${waited - stalls} times in ${SWITCHES} switches\n`);
  });
});

/** A moving picture of 25 a second with a key frame a second, as a camera sends it, and silence. */
function silentPicture(): string {
  const file = outputs('voices/picture.mp4');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25'];
  const sound = ['-f', 'lavfi', '-i', 'anullsrc=sample_rate=48000:channel_layout=mono'];
  const codecs = ['-c:v', 'libx264', '-profile:v', 'baseline', '-tune', 'zerolatency', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...sound, '-t', '20', ...codecs, file]);
  return file;
}

/** Runs in the page: how long after the next click the other sound is there, ms. */
function untilHeard(loud: boolean): Promise<number> {
  let clickedAt = NaN;
  addEventListener('pointerdown', ({ timeStamp }) => (clickedAt = timeStamp), { capture: true, once: true });
  return new Promise((resolve) => {
    window.ear.onBlock = (samples, at) => {
      const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (Number.isNaN(clickedAt) || peak > 0.02 !== loud) return;
      window.ear.onBlock = null;
      resolve(at - clickedAt);
    };
  });
}
