import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { Attendee } from '../people/attendee.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
import { Viewer } from '../people/viewer.ts';
import { Server } from '../server.ts';
import { Site, type DemoSession } from '../site.ts';

/** One session from its broadcast to its replay: each test goes on where the one before it ended. */
describe.sequential('a session by HLS', () => {
  const company = new Company();
  let server: Server;
  let session: DemoSession;
  let viewer: Viewer;

  // A server of its own: the session is ended here, and others need theirs.
  beforeAll(async () => {
    server = await Server.start({ name: 'server-hls' });
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
    await expect.poll(() => viewer.position(), { timeout: 10_000 }).toBeLessThan(10_000);
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
});

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
    await attendee.page.locator('[data-broadcast="blocked"]').waitFor();
    await attendee.page.getByText(/direct connection cannot be made/).waitFor();
    await expectHears(attendee, { hears: ['kenji'], says: { channel: 'ja', kind: 'original' } });
    await attendee.page.locator('[data-action="direct"]').click();
    await attendee.page.getByText(/Still not possible/).waitFor();
    await expectHears(attendee, { hears: ['kenji'], says: { channel: 'ja' } });
  });

  test('a full node is said, and its broadcast is heard', async () => {
    const server = await Server.start({ name: 'server-full', configuration: 'sessions:\n  maxListeners: 1\n' });
    try {
      const session = await new Site(server.url).emptySession('fr', 'ja');
      await Speaker.goOn('yves', await company.browser({ voice: 'yves' }), session.links['speaker']!, 'fr', 'floor');
      const attendee = await Attendee.arrive(await company.browser(), session.links['attendee']!);
      await attendee.choose('fr');
      await attendee.page.locator('[data-broadcast="full"]').waitFor();
      await expectHears(attendee, { hears: ['yves'], says: { channel: 'fr', kind: 'original' } });
    } finally {
      await company.leave();
      await server.stop();
    }
  });
});
