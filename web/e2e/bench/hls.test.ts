import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hear } from '../browser/ear.ts';
import { Company } from '../company.ts';
import { level } from '../heard/voiceprint.ts';
import { writeWav } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
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

/** The speaker says nothing and the interpreter hisses: a switch is heard at once, one way and the other. */
describe.each(['400ms', '200ms'])('live HLS with parts of %s', (part) => {
  const company = new Company();
  let server: Server;
  let session: DemoSession;
  let audience: Browser;
  let viewer: Viewer;

  beforeAll(async () => {
    mkdirSync(outputs('voices'), { recursive: true });
    const hiss = Float32Array.from({ length: 96_000 }, () => (Math.random() - 0.5) * 0.5);
    writeWav(outputs('voices/hiss.wav'), { rate: 48_000, samples: hiss });
    writeWav(outputs('voices/nothing.wav'), { rate: 48_000, samples: new Float32Array(96_000) });
    server = await Server.start({ name: `server-parts-${part}`, configuration: `recordings:\n  part: ${part}\n` });
    session = await new Site(server.url).emptySession('fr', 'ja');
    const speaker = await company.browser({ microphone: outputs('voices/nothing.wav'), camera: true });
    await Speaker.goOn('claire', speaker, session.links['speaker']!, 'fr', 'floor');
    const interpreter = await company.browser({ microphone: outputs('voices/hiss.wav') });
    await (await Interpreter.enter('aiko', interpreter, session.links['interpreter']!)).openMicrophone();
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
