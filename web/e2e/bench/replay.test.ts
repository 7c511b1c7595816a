import { mkdirSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Company } from '../company.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { summarise, table, type Summary } from './summary.ts';

/** A server's configuration whose session `hall` is over and was recorded for long; see `deploy/bench/run.sh`. */
const VENUE = process.env['KAKEHASHI_LONG_REPLAY'];
const REPORT = fileURLToPath(new URL('../../../build/bench/replay.json', import.meta.url));
const SEEKS = 20;
const WITHIN_MS = 1000;
/** A download may hold so much of the server's memory beyond what it had, whatever its size. */
const MEMORY_MIB = 64;
const MIB = 1024 * 1024;

/** How a seek went, in ms from the press of the mouse. */
interface Sought {
  readonly target: number;
  readonly seeked: number;
  readonly seen: number;
  readonly playing: number;
}

describe.runIf(VENUE !== undefined).sequential('a long recording', () => {
  const company = new Company();
  const summaries: Summary[] = [];
  const figures: Record<string, number | string> = {};
  let server: Server;
  let viewer: Viewer;

  beforeAll(async () => {
    server = await Server.start({ name: 'server-long-replay', venue: VENUE! });
    viewer = await Viewer.arrive(await company.browser(), `${server.url}/replay/hall`);
  });
  afterAll(async () => {
    mkdirSync(dirname(REPORT), { recursive: true });
    writeFileSync(REPORT, `${JSON.stringify({ unit: 'ms', measured: summaries, ...figures }, null, 2)}\n`);
    process.stdout.write(`${table(summaries)}\n`);
    for (const [what, figure] of Object.entries(figures)) process.stdout.write(`replay: ${what} ${figure}\n`);
    await company.leave();
    await server?.stop();
    expect(server?.complaints()).toEqual([]);
  });

  test('plays', async () => {
    await viewer.play();
  });

  test(`${SEEKS} seeks anywhere, each within ${WITHIN_MS} ms`, async () => {
    const timeline = viewer.page.locator('media-time-range');
    await timeline.scrollIntoViewIfNeeded();
    const duration = await viewer.page.evaluate(() => document.querySelector('video')!.duration);
    figures['duration, s'] = Math.round(duration);
    const all: Sought[] = [];
    for (const share of places(SEEKS)) {
      // It gets narrower as the time beside it gets longer.
      const range = (await timeline.boundingBox())!;
      await viewer.page.evaluate(watchForSeek);
      await viewer.page.mouse.click(range.x + share * range.width, range.y + range.height / 2);
      const one = await viewer.page.evaluate(() => (window as unknown as Watching).sought);
      expect(Math.abs(one.target / duration - share), 'the page went where it was pressed').toBeLessThan(0.06);
      all.push(one);
      // A person looks a moment; what was asked for ahead of there comes meanwhile.
      await viewer.page.waitForTimeout(500);
    }
    const of = (what: string, values: (one: Sought) => number) => summarise(`seek: click to ${what}`, all.map(values));
    summaries.push(
      of('seeked', ({ seeked }) => seeked),
      of('first picture', ({ seen }) => seen),
      of('playing on', ({ playing }) => playing),
    );
    expect(Math.max(...all.map(({ playing }) => playing))).toBeLessThan(WITHIN_MS);
  });

  test('the download starts at once and streams', async () => {
    // The first one makes the server's heap touch memory that it has set aside anyway.
    const firsts = [(await download()).first];
    const before = server.resident();
    const { first, bytes, seconds, resident } = await download();
    firsts.push(first);
    summaries.push(summarise('download: first byte', firsts));
    figures['download, MiB'] = Math.round(bytes / MIB);
    figures['download, MiB/s'] = Math.round(bytes / MIB / seconds);
    figures['memory the server took on meanwhile, MiB'] = Math.round((resident - before) / MIB);
    expect(Math.max(...firsts)).toBeLessThan(WITHIN_MS);
    expect((resident - before) / MIB, 'memory does not grow with the file').toBeLessThan(MEMORY_MIB);
  });

  /** Takes it all: ms to the first byte, and the most memory that the server had resident. */
  async function download(): Promise<{ first: number; bytes: number; seconds: number; resident: number }> {
    const asked = performance.now();
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${server.url}/api/recordings/hall/download.mp4`, resolve).on('error', reject),
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    let [first, bytes, looked, resident] = [NaN, 0, 0, 0];
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (bytes === 0) first = performance.now() - asked;
      bytes += chunk.length;
      if (bytes - looked < MIB) continue;
      looked = bytes;
      resident = Math.max(resident, server.resident());
    }
    return { first, bytes, seconds: (performance.now() - asked) / 1000, resident };
  }
});

/** Shares of the whole that look random and are the same each time, far from one another and from both ends. */
function places(count: number): number[] {
  let state = 20261126;
  const next = () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const found: number[] = [];
  while (found.length < count) {
    const share = 0.02 + 0.95 * next();
    if (Math.abs(share - (found.at(-1) ?? 0)) > 0.02) found.push(share);
  }
  return found;
}

interface Watching {
  sought: Promise<Sought>;
}

/** Runs in the page: watches how long after the next press of the mouse the video is elsewhere, shows it, and plays on from there. */
function watchForSeek(): void {
  const video = document.querySelector('video')!;
  const sought = new Promise<Sought>((resolve) => {
    addEventListener(
      'pointerdown',
      ({ timeStamp }) => {
        const since = () => performance.now() - timeStamp;
        let [target, seeked, seen] = [NaN, NaN, NaN];
        const look = () => {
          const isPlaying = !video.paused && !video.seeking && video.currentTime > target + 0.05;
          if (isPlaying && !Number.isNaN(seen)) resolve({ target, seeked, seen, playing: since() });
          else setTimeout(look, 10);
        };
        video.addEventListener('seeking', () => (target = video.currentTime), { once: true });
        video.addEventListener(
          'seeked',
          () => {
            seeked = since();
            video.requestVideoFrameCallback(() => (seen = since()));
            look();
          },
          { once: true },
        );
      },
      { capture: true, once: true },
    );
  });
  Object.assign(window, { sought });
}
