import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../browser/chromium.ts';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { PrivateNetwork } from '../network.ts';
import { Attendee } from '../people/attendee.ts';
import { Speaker } from '../people/speaker.ts';
import { Server } from '../server.ts';
import { Site } from '../site.ts';

/** How long the server may take to find out what a line takes, and the page to say so. */
const SAID_WITHIN_MS = 30_000;
/** Going up again is tried less and less often while it does not help. */
const BACK_WITHIN_MS = 100_000;

/** One of the audience on a line that becomes narrow, and wide again. Making one takes root, as in a container. */
describe.skipIf(process.getuid?.() !== 0).sequential('where a line is narrow', () => {
  const company = new Company();
  let network: PrivateNetwork;
  let server: Server;
  let attendee: Attendee;
  let port: number;

  beforeAll(async () => {
    network = new PrivateNetwork('narrow');
    const reaches = (url: string) => Promise.resolve(answers(network, url));
    server = await Server.start({ name: 'server-of-a-narrow-line', within: network.prefix, reaches });
    const site = new Site(server.url, (url, token) => Promise.resolve(network.get(url, token)));
    const session = await site.emptySession('fr', 'ja');
    const launcher = network.launcher(chromiumPath());
    await Speaker.goOn(
      'claire',
      await company.browser({ voice: 'claire', camera: true, pace: 15, launcher }),
      session.links['speaker']!,
      'fr',
      'floor',
    );
    attendee = await Attendee.arrive(await company.browser({ launcher }), session.links['attendee']!);
    await attendee.choose('fr');
    await expectHears(attendee, { hears: ['claire'] });
    port = await receivesOn(attendee);
  });
  afterAll(async () => {
    await company.leave();
    await server?.stop();
    network?.close();
  });

  test('where it is wide the picture comes whole, and nothing is said', async () => {
    await expect.poll(() => attendee.pictureHeight(), { timeout: 60_000 }).toBe(720);
    await expect.poll(() => attendee.saysOfPictures(), { timeout: 20_000 }).toEqual({ pictures: 'full', words: '' });
  });

  test('the picture becomes smaller, the page says so, and the sound stays whole', async () => {
    network.narrow(port, 700);
    await said(attendee, 'reduced', /Picture reduced for your connection/);
    await expect.poll(() => attendee.pictureHeight(), { timeout: 10_000 }).toSatisfy(isReduced);
    await expectWholeSound(attendee);
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'fr', kind: 'original' } });
    const before = await attendee.pictures();
    await expect.poll(() => attendee.pictures(), { timeout: 10_000 }).toBeGreaterThan(before + 5);
  });

  test('the sound alone stays where nothing else fits, and the page says so', async () => {
    network.narrow(port, 260);
    await said(attendee, 'none', /Sound only: your connection is too slow/);
    await expectWholeSound(attendee);
    await expectHears(attendee, { hears: ['claire'] });
  });

  test('the picture comes back by itself', async () => {
    network.narrow(port, 20_000);
    await expect
      .poll(() => attendee.saysOfPictures(), { timeout: BACK_WITHIN_MS, interval: 500 })
      .toEqual({ pictures: 'full', words: '' });
    await expect.poll(() => attendee.pictureHeight(), { timeout: 10_000 }).toBe(720);
    await expectHears(attendee, { hears: ['claire'] });
    expect(server.complaints()).toEqual([]);
  });
});

function answers(network: PrivateNetwork, url: string): boolean {
  try {
    network.get(url);
    return true;
  } catch {
    return false;
  }
}

async function said(attendee: Attendee, pictures: string, words: RegExp): Promise<void> {
  await expect
    .poll(() => attendee.saysOfPictures(), { timeout: SAID_WITHIN_MS, interval: 200 })
    .toEqual({ pictures, words: expect.stringMatching(words) as string });
}

/** Smaller than it is sent, but there: no report is no small picture. */
function isReduced(height: number | null): boolean {
  return height !== null && height > 0 && height < 720;
}

/** Nothing of the channel's sound is lost during eight seconds. */
async function expectWholeSound(attendee: Attendee): Promise<void> {
  const before = await soundOf(attendee);
  await attendee.page.waitForTimeout(8000);
  const after = await soundOf(attendee);
  expect(after.received - before.received).toBeGreaterThan(350);
  expect(after.lost - before.lost).toBe(0);
}

interface Received {
  readonly received: number;
  readonly lost: number;
}

/** Packets of the channel, which is the first sound of the page. */
function soundOf({ page }: Attendee): Promise<Received> {
  return page.evaluate(async () => {
    const connection = window.ear.connections.find(({ connectionState }) => connectionState === 'connected')!;
    const receiver = connection.getReceivers().find(({ track }) => track.kind === 'audio')!;
    const found = { received: 0, lost: 0 };
    (await receiver.getStats()).forEach((report: RTCInboundRtpStreamStats) => {
      if (report.type !== 'inbound-rtp') return;
      found.received = report.packetsReceived ?? 0;
      found.lost = report.packetsLost ?? 0;
    });
    return found;
  });
}

/** The local port at which the page receives. */
function receivesOn({ page }: Attendee): Promise<number> {
  return page.evaluate(async () => {
    const connection = window.ear.connections.find(({ connectionState }) => connectionState === 'connected')!;
    const reports = await connection.getStats();
    let found = 0;
    reports.forEach((report: RTCIceCandidatePairStats) => {
      if (report.type !== 'candidate-pair' || !report.nominated || report.state !== 'succeeded') return;
      found = (reports.get(report.localCandidateId) as { port: number }).port;
    });
    return found;
  });
}
