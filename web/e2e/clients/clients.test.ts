import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { Attendee } from '../people/attendee.ts';
import { Site, type DemoSession } from '../site.ts';
import { publishWithFfmpeg } from './ffmpeg.ts';
import { FirefoxClient } from './firefox.ts';
import { GStreamerListener, publishWithGStreamer } from './gstreamer.ts';
import type { Program } from './processes.ts';

const company = new Company();
let site: Site;
let session: DemoSession;
let attendee: Attendee;

beforeAll(async () => {
  site = new Site(inject('site'));
  session = await site.emptySession('fr', 'ja');
  attendee = await Attendee.arrive(await company.browser(), session.links['attendee']!);
  await attendee.choose('floor');
});

function whip(path: string): string {
  return `${site.url}/whip/${session.id}/${path}`;
}

describe.sequential("clients that are not the project's", () => {
  let speaker: Program | undefined;
  let interpreter: FirefoxClient | undefined;
  let listener: GStreamerListener | undefined;
  afterAll(async () => {
    await speaker?.stop();
    await interpreter?.close();
    await listener?.stop();
  });

  test('webrtcbin of GStreamer speaks on the floor', async () => {
    speaker = await publishWithGStreamer(whip('floor?language=fr'), session.tokens['speaker']!, 'claire');
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'floor', kind: 'original' } });
  });

  test('Firefox interprets', async () => {
    interpreter = await FirefoxClient.open();
    await interpreter.publish(whip('ja'), session.tokens['interpreter']!, 'aiko');
    await attendee.choose('ja');
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
  });

  test('webrtcbin listens to the floor', async () => {
    listener = await GStreamerListener.listen(`${site.url}/whep/${session.id}/floor`, session.tokens['attendee']!);
    await expectHears(listener, { hears: ['claire'] });
  });

  test('webrtcbin listens to an interpretation', async () => {
    await listener?.stop();
    listener = await GStreamerListener.listen(`${site.url}/whep/${session.id}/ja`, session.tokens['attendee']!);
    await expectHears(listener, { hears: ['aiko'] });
  });

  test('Firefox listens to the floor', async () => {
    await interpreter!.listen(`${site.url}/whep/${session.id}/floor`, session.tokens['attendee']!);
    await expectHears(interpreter!, { hears: ['claire'] });
  });

  test('the interpreter in Firefox goes on being heard', async () => {
    await attendee.choose('ja');
    // Twenty seconds: Firefox closes a connection that its page does not keep within ten.
    await expect.poll(() => interpreter!.packetsSent(), { timeout: 60_000 }).toBeGreaterThan(1000);
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
  });

  test('a client that says goodbye is gone at once', async () => {
    await speaker?.stop();
    await attendee.choose('floor');
    await expectHears(attendee, { hears: [], says: { channel: 'floor', kind: 'silence' } });
  });

  test("FFmpeg's WHIP muxer speaks on the floor", async () => {
    await attendee.choose('floor');
    speaker = publishWithFfmpeg(whip('floor?language=fr'), session.tokens['speaker']!, 'yves');
    await expectHears(attendee, { hears: ['yves'], says: { channel: 'floor', kind: 'original' } }).catch((error: unknown) => {
      throw new Error(`FFmpeg says: ${speaker?.said.slice(-2000)}`, { cause: error });
    });
  });
});
