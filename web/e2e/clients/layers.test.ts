import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { Attendee } from '../people/attendee.ts';
import { Site, type DemoSession } from '../site.ts';
import { FirefoxClient } from './firefox.ts';

const company = new Company();
let session: DemoSession;
let firefox: FirefoxClient;

beforeAll(async () => {
  session = await new Site(inject('site')).emptySession('fr', 'ja', 'en');
  firefox = await FirefoxClient.open();
});
afterAll(async () => {
  await firefox?.close();
});

test('Firefox sends a picture in three sizes, and the largest is seen', async () => {
  await firefox.show(`${inject('site')}/whip/${session.id}/floor?language=fr`, session.tokens['speaker']!);
  const attendee = await Attendee.arrive(await company.browser(), session.links['attendee']!);
  await attendee.choose('floor');
  await expect.poll(() => attendee.pictures(), { timeout: 60_000 }).toBeGreaterThan(10);
  await expect.poll(() => attendee.pictureHeight(), { timeout: 60_000 }).toBe(720);
  const sent = await firefox.picturesSent();
  expect(Object.keys(sent).toSorted()).toEqual(['h', 'l', 'm']);
  expect(Object.values(sent).every((pictures) => pictures > 10)).toBe(true);
});
