import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { behindTheFirst, ClockFace } from '../clockFace.ts';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { Attendee } from '../people/attendee.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { Site, type DemoSession } from '../site.ts';
import { StaticSite } from '../staticSite.ts';

const PICTURES = ['#player video', '[data-beside="slides"] video', '[data-beside="sign"] video'];
const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 01:00:00.000\nLes rizières de Niigata\n';

/** Further apart than this somebody would see it, ms. */
const IN_STEP_MS = 150;

/** Looks at the clocks of pictures that play until, for most of a second, they are as close as nobody notices. */
async function expectInStep(page: Page, pictures: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const seen: number[] = [];
        for (let look = 0; look < 9; look += 1) {
          const behind = await behindTheFirst(page, pictures);
          seen.push(Math.max(...behind.map((ms) => Math.abs(ms ?? Infinity))));
          await pause(90);
        }
        return seen.sort((a, b) => a - b)[4];
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBeLessThanOrEqual(IN_STEP_MS);
}

interface Described {
  startedAt: string;
  trim: { startMs: number; endMs: number } | null;
  chapters: { id: string; startMs: number; kind: string; speaker: string | null }[];
  tracks: { track: string; shown: { startMs: number; endMs: number }[] | null }[];
}

/** One session from its broadcast to its replay: each test goes on where the one before it ended. */
describe.sequential('a session by HLS', () => {
  const company = new Company();
  let server: Server;
  let session: DemoSession;
  let viewer: Viewer;
  let clock: ClockFace;

  // A server of its own: the session is ended here, and others need theirs.
  beforeAll(async () => {
    server = await Server.start({ name: 'server-hls', configuration: 'sessions:\n  resumableFor: 3s\n' });
    session = await new Site(server.url).emptySession('fr', 'ja');
  });
  afterAll(async () => {
    await company.leave();
    await server?.stop();
    expect(server?.complaints()).toEqual([]);
  });

  test('the broadcast of a live session plays, and carries the language chosen', async () => {
    await Speaker.goOn('claire', await company.browser({ voice: 'claire' }), session.links['speaker']!, 'fr', 'floor');
    const console = await Interpreter.enter('aiko', await company.browser({ voice: 'aiko' }), session.links['interpreter']!);
    await console.openMicrophone();
    await console.light('on-air');
    viewer = await Viewer.arrive(await company.browser(), `${server.url}/replay/${session.id}`);
    await viewer.hears('fr');
    await viewer.play();
    await viewer.page.locator('[data-action="live"]').click({ force: true });
    await expectHears(viewer, { hears: ['claire'], says: { channel: 'fr', kind: 'original', words: /French/ } });
    await viewer.page.locator('[data-live="following"]').waitFor();
  });

  test('slides and sign language are beside the picture while they are shown, and in step with it', async () => {
    expect(await viewer.page.locator('[data-beside]').count(), 'nobody shows anything').toBe(0);
    const { tokens } = session;
    const studio = await (await company.browser()).newPage();
    await studio.goto(server.url);
    clock = await ClockFace.draw(studio, session);
    await clock.publish('floor', tokens['speaker2']!);
    await clock.publish('slides', tokens['organiser']!);
    await clock.publish('sign', tokens['interpreter2']!);
    for (const picture of PICTURES) await viewer.page.locator(picture).waitFor();
    await expectInStep(viewer.page, PICTURES);

    await clock.takeAway('slides');
    await viewer.page.locator('[data-beside="slides"]').waitFor({ state: 'hidden' });
    await clock.takeAway('sign');
    await clock.takeAway('floor');
    await viewer.page.locator('[data-beside="sign"]').waitFor({ state: 'hidden' });
  });

  test('another language is heard while the picture goes on', async () => {
    const before = await viewer.picture();
    await viewer.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      for (const event of ['pause', 'seeking', 'emptied', 'loadstart']) {
        document.querySelector('video')!.addEventListener(event, () => void seen.push(event));
      }
    });
    await viewer.hears('ja');
    await expectHears(viewer, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation', words: /Japanese/ } });
    const after = await viewer.picture();
    expect(after.paused).toBe(false);
    expect(after.at).toBeGreaterThan(before.at);
    expect(after.frames).toBeGreaterThan(before.frames);
    const seen = await viewer.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen, 'it neither paused, nor jumped, nor began anew').toEqual([]);
  });

  test('one rewinds to the start while it is live, hears what was said then, and comes back', async () => {
    await viewer.page.locator('[data-action="beginning"]').click();
    await viewer.page.locator('[data-live="shifted"]').waitFor();
    await expect.poll(() => viewer.position()).toBeLessThan(10_000);
    await viewer.playing();
    expect(await viewer.position(), 'it stays there: nothing drags it to the live edge').toBeLessThan(20_000);
    await viewer.page.locator('[data-action="live"]').click();
    await viewer.page.locator('[data-live="following"]').waitFor();
    await expectHears(viewer, { hears: ['aiko'], says: { channel: 'ja' } });
  });

  test('the end of the session turns it into the replay, without reloading', async () => {
    await viewer.page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const desk = await (await company.browser()).newPage();
    await desk.goto(session.links['organiser']!);
    await desk.locator('[data-recording="recording"]').waitFor();
    await desk.locator('[data-action="end"]').click();
    await desk.locator('dialog .danger').click();
    await viewer.page.locator('[data-live]').waitFor({ state: 'detached', timeout: 90_000 });
    await viewer.page.locator('[data-download="mp4"]').waitFor();
    const chapter = viewer.page.locator('[data-chapter]').first();
    await chapter.click();
    if ((await viewer.picture()).paused) await viewer.play();
    await viewer.hears('fr');
    await expectHears(viewer, { hears: ['claire'], says: { channel: 'fr' } });
    expect(await viewer.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  }, 180_000);

  test('in the replay slides and sign language are where they were, in step after a jump', async () => {
    const { page } = viewer;
    const recording = await described();
    const shown = (name: string) => recording.tracks.find(({ track }) => track === name)!.shown!;
    expect(shown('slides').length).toBe(1);
    expect(shown('sign').length).toBe(1);
    const { startMs, endMs } = shown('slides')[0]!;
    await jump(startMs + Math.min(1_500, (endMs - startMs) / 3));
    for (const picture of PICTURES) await page.locator(picture).waitFor();
    await expectInStep(page, PICTURES);
    await jump(shown('sign')[0]!.endMs + 500);
    await page.locator('[data-beside="slides"]').waitFor({ state: 'hidden' });
    await page.locator('[data-beside="sign"]').waitFor({ state: 'hidden' });
  });

  test('a chapter gets a name, and the trim is the same for all tracks', async () => {
    const browser = await company.browser();
    const organiser = await browser.newPage({ locale: 'en-GB' });
    await organiser.goto(session.links['organiser']!.replace('/desk/', '/replay/'));
    const { chapters } = await described();
    const chapter = chapters.find(({ kind }) => kind === 'speaker')!;
    await organiser.locator('[data-edit] details', { has: organiser.locator('[data-chapter-name]') }).locator('summary').click();
    await organiser.locator(`[data-chapter-name="${chapter.id}"] input[lang="fr"]`).fill('Le mot de Nantes');
    await organiser.locator('[data-action="chapters-save"]').click();
    await organiser.locator(`[data-chapter="${chapter.id}"]`, { hasText: 'Le mot de Nantes' }).waitFor();
    const field = organiser.locator('[data-captions="fr"] input[type="file"]');
    await field.setInputFiles({ name: 'fr.vtt', mimeType: 'text/vtt', buffer: Buffer.from(CAPTIONS) });
    await organiser.locator('[data-captions="fr"]').getByText('there').waitFor();

    const handle = organiser.locator('[data-handle="start"]');
    await handle.focus();
    for (let second = 0; second < 5; second++) await handle.press('ArrowRight');
    await organiser.locator('[data-action="trim-save"]').click();
    await expect.poll(async () => (await described()).trim?.startMs).toBe(5_000);
    const tracks = ['floor', 'fr', 'ja', 'picture', 'slides', 'sign'];
    const starts = await Promise.all(
      tracks.map(async (track) => {
        const playlist = await (await fetch(`${server.url}/hls/${session.id}/${track}/index.m3u8`)).text();
        const begins = Date.parse(/PROGRAM-DATE-TIME:(.*)/.exec(playlist)![1]!);
        return begins + 1000 * Number(/TIME-OFFSET=([\d.]+)/.exec(playlist)?.[1] ?? 0);
      }),
    );
    expect(Math.max(...starts) - Math.min(...starts), 'to the millisecond the same').toBeLessThanOrEqual(2);
    expect(starts[0]! - Date.parse((await described()).startedAt)).toBeCloseTo(5_000, -1);
  });

  test('its export plays from any web server, and within a page of another origin', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kakehashi-export-'));
    await server.command('export', session.id, join(folder, 'talks', 'plenary'));
    const site = await StaticSite.serve(folder);
    try {
      const guest = await Viewer.arrive(await company.browser(), `${site.url}/talks/plenary/`);
      const complaints: string[] = [];
      guest.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
      });
      await guest.play();
      await guest.hears('ja');
      await expectHears(guest, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
      await guest.hears('fr');
      await expectHears(guest, { hears: ['claire'], says: { channel: 'fr' } });
      await guest.page.locator('[data-action="captions"]').selectOption('fr');
      await expect.poll(() => guest.captions()).toEqual(['Les rizières de Niigata']);
      await guest.page.locator('[data-chapter]', { hasText: 'Le mot de Nantes' }).click();
      const { shown } = (await described()).tracks.find(({ track }) => track === 'slides')!;
      await guest.page.goto(`${site.url}/talks/plenary/#t=${String(Math.ceil(shown![0]!.startMs / 1000) + 1)}`);
      await guest.page.reload();
      await guest.play();
      await expectInStep(guest.page, PICTURES);
      expect(complaints, 'neither the policy nor a missing file').toEqual([]);
      const ownSnippet = await snippetOf(guest.page);
      await guest.context.close();

      const served = await Viewer.arrive(await company.browser(), `${server.url}/replay/${session.id}`);
      const snippets = [await snippetOf(served.page), ownSnippet];
      await served.context.close();
      writeFileSync(join(folder, 'index.html'), `<!doctype html><title>Elsewhere</title>${snippets.join('<hr>')}`);
      const elsewhere = await (await company.browser()).newPage();
      elsewhere.setDefaultTimeout(60_000);
      await elsewhere.goto(`${site.url.replace('127.0.0.1', 'localhost')}/`);
      for (const frame of [elsewhere.frameLocator('iframe').first(), elsewhere.frameLocator('iframe').last()]) {
        await frame.locator('media-play-button').click();
        const video = frame.locator('video').first();
        await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.played.length > 0 && v.played.end(0) - v.played.start(0)), {
          timeout: 30_000,
        }).toBeGreaterThan(1);
        expect(await frame.locator('[data-edit]').count()).toBe(0);
        await frame.locator('media-play-button').click();
      }
    } finally {
      await site.close();
      rmSync(folder, { recursive: true });
    }
  });

  async function described(): Promise<Described> {
    return (await (await fetch(`${server.url}/api/recordings/${session.id}`)).json()) as Described;
  }

  /** Plays from a moment of the recording, ms. */
  async function jump(ms: number): Promise<void> {
    const bar = viewer.page.locator('[data-position]');
    const anchor = Number(await bar.getAttribute('data-anchor'));
    await viewer.page.locator('#player video').evaluate((video: HTMLVideoElement, at) => {
      video.currentTime = at;
      return video.play();
    }, (ms - anchor) / 1000);
  }
});

/** What a page offers to be put into another one. */
async function snippetOf(page: Page): Promise<string> {
  const field = page.locator('[data-share="snippet"]');
  await page.locator('details', { has: field }).locator('summary').click();
  return field.inputValue();
}

describe('where WebRTC does not get through', () => {
  const company = new Company();

  test('the page falls back to the broadcast by itself, says so, and what is said is heard', async () => {
    const session = await new Site(inject('site')).emptySession('fr', 'ja', 'en');
    await Speaker.goOn('kenji', await company.browser({ voice: 'kenji' }), session.links['speaker']!, 'ja', 'floor');
    const browser = await company.browser();
    const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
    // A firewall that lets only the web through: no path is ever found.
    await context.addInitScript(() => {
      const apply = RTCPeerConnection.prototype.setRemoteDescription;
      RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, answer) {
        const { type, sdp = '' } = answer as RTCSessionDescriptionInit;
        const nowhere = sdp.replace(/^a=candidate:.*\r\n/gm, '');
        return Reflect.apply(apply, this, [{ type, sdp: nowhere }]) as Promise<void>;
      } as typeof apply;
    });
    const attendee = await Attendee.inContext(context, session.links['attendee']!);
    await attendee.choose('ja');
    await attendee.turnsToBroadcast('blocked');
    await attendee.page.locator('[data-broadcast]').getByText(/direct connection cannot be made/).waitFor();
    await expectHears(attendee, { hears: ['kenji'], says: { channel: 'ja', kind: 'original' } });
    await attendee.page.locator('[data-action="direct"]').click();
    await attendee.page.locator('[data-broadcast]').getByText(/Still not possible/).waitFor();
    await expectHears(attendee, { hears: ['kenji'], says: { channel: 'ja' } });
  });

  test('a full node is said, and its broadcast is heard', async () => {
    const server = await Server.start({ name: 'server-full', configuration: 'sessions:\n  maxListeners: 1\n' });
    try {
      const session = await new Site(server.url).emptySession('fr', 'ja');
      await Speaker.goOn('yves', await company.browser({ voice: 'yves' }), session.links['speaker']!, 'fr', 'floor');
      const attendee = await Attendee.arrive(await company.browser(), session.links['attendee']!);
      await attendee.choose('fr');
      await attendee.turnsToBroadcast('full');
      await expectHears(attendee, { hears: ['yves'], says: { channel: 'fr', kind: 'original' } });
    } finally {
      await company.leave();
      await server.stop();
    }
  });
});
