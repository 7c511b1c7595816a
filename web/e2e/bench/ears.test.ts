import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { hear, listenIn, RECORDER } from '../browser/ear.ts';
import { Company } from '../company.ts';
import { level } from '../heard/voiceprint.ts';
import { writeWav } from '../heard/wav.ts';
import { outputs } from '../outputs.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
import { Site, type DemoSession } from '../site.ts';
import { FRAME_WORKER, watchFrames } from './frames.ts';
import { summarise, table, type Summary } from './summary.ts';

const SWITCHES = 100;
const JOINS = 10;
const REPORT = fileURLToPath(new URL('../../../build/bench/browser.json', import.meta.url));

const company = new Company();
const summaries: Summary[] = [];
let audience: Browser;
let session: DemoSession;

/**
 * The speaker says nothing and the interpreter hisses: then both the first Opus frame of the other channel (large or tiny)
 * and the first sample heard of it (loud or silent) are told apart at once, whatever the buffers in between.
 */
beforeAll(async () => {
  session = await new Site(inject('site')).emptySession('fr', 'ja');
  mkdirSync(outputs('voices'), { recursive: true });
  const hiss = Float32Array.from({ length: 96_000 }, () => (Math.random() - 0.5) * 0.5);
  writeWav(outputs('voices/hiss.wav'), { rate: 48_000, samples: hiss });
  writeWav(outputs('voices/nothing.wav'), { rate: 48_000, samples: new Float32Array(96_000) });
  const speaker = await company.browser({ microphone: outputs('voices/nothing.wav'), camera: true });
  await Speaker.goOn('claire', speaker, session.links['speaker']!, 'fr', 'floor');
  const interpreter = await company.browser({ microphone: outputs('voices/hiss.wav') });
  const console = await Interpreter.enter('aiko', interpreter, session.links['interpreter']!);
  await console.openMicrophone();
  audience = await company.browser();
});
afterAll(async () => {
  await company.leave();
  mkdirSync(fileURLToPath(new URL('.', new URL(`file://${REPORT}`))), { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify({ unit: 'ms', measured: summaries }, null, 2)}\n`);
  process.stdout.write(`${table(summaries)}\n`);
});

test(`${SWITCHES} switches of channel, without a new offer`, async () => {
  const page = await arrive();
  await page.locator('button[data-channel="floor"]').click();
  await expect.poll(() => page.evaluate(() => window.ear.connections[0]?.connectionState)).toBe('connected');
  const limit = await frameLimit(page);
  const packets: number[] = [];
  const samples: number[] = [];
  for (let i = 0; i < SWITCHES; i++) {
    const channel = i % 2 === 0 ? 'ja' : 'floor';
    await page.evaluate(() => window.ear.afresh());
    await pause(200);
    const arrived = page.evaluate(changed, { loud: channel === 'ja', limit });
    await page.locator(`button[data-channel="${channel}"]`).click();
    const { packet, sample } = await arrived;
    expect(packet, 'a frame of the other channel was seen').not.toBeNaN();
    packets.push(packet);
    samples.push(sample);
  }
  expect(await page.evaluate(() => window.ear.connections.length), 'the same connection all the time').toBe(1);
  summaries.push(summarise('switch: click to first packet', packets), summarise('switch: click to first sample heard', samples));
  await page.context().close();
});

test(`${JOINS} joins`, async () => {
  const joins: number[] = [];
  for (let i = 0; i < JOINS; i++) {
    const page = await arrive();
    const heard = page.evaluate(changed, { loud: true, limit: 0 });
    await page.locator('button[data-channel="ja"]').click();
    joins.push((await heard).sample);
    await page.context().close();
  }
  summaries.push(summarise('join: click to first sample heard', joins));
});

async function arrive(): Promise<Page> {
  const context = await audience.newContext({ bypassCSP: true, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(watchFrames, FRAME_WORKER);
  await page.addInitScript(listenIn, RECORDER);
  await page.goto(session.links['attendee']!);
  await page.locator('button[data-channel="floor"]').waitFor();
  await hear(page, 0.1);
  return page;
}

/** Bytes above which a frame is hiss and below which it is nothing; measured, since encoders differ. */
async function frameLimit(page: Page): Promise<number> {
  const sizes = async (channel: string, loud: boolean): Promise<number[]> => {
    await page.locator(`button[data-channel="${channel}"]`).click();
    await expect.poll(async () => level((await hear(page, 0.3)).samples) > -50, { timeout: 15_000 }).toBe(loud);
    await page.evaluate(() => void (window.arrivals = []));
    await expect.poll(() => page.evaluate(() => window.arrivals.length), { timeout: 10_000 }).toBeGreaterThan(40);
    return page.evaluate(() => window.arrivals.map(({ bytes }) => bytes));
  };
  const hiss = Math.min(...(await sizes('ja', true)));
  const nothing = Math.max(...(await sizes('floor', false)));
  expect(hiss, 'frames of hiss are larger than frames of nothing').toBeGreaterThan(nothing + 10);
  return (hiss + nothing) / 2;
}

/** Runs in the page: how long after the next click the first frame, and the first sound, of the other channel is there. */
async function changed({ loud, limit }: { loud: boolean; limit: number }): Promise<{ packet: number; sample: number }> {
  window.arrivals = [];
  window.clickedAt = NaN;
  const sample = await new Promise<number>((resolve) => {
    // Fifty milliseconds in a row: on a busy machine the player leaves out a block now and then, and that is no silence.
    const enough = 10;
    let began = NaN;
    let blocks = 0;
    window.ear.onBlock = (samples, at) => {
      const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (Number.isNaN(window.clickedAt) || peak > 0.02 !== loud) {
        blocks = 0;
        return;
      }
      if (blocks === 0) began = at;
      blocks += 1;
      if (blocks < enough) return;
      window.ear.onBlock = null;
      resolve(began - window.clickedAt);
    };
  });
  const first = window.arrivals.find(({ at, bytes }) => at >= window.clickedAt && bytes > limit === loud);
  return { packet: (first?.at ?? NaN) - window.clickedAt, sample };
}
