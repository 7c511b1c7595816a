import { beforeAll, describe, expect, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { Attendee } from '../people/attendee.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
import { Site, type DemoSession } from '../site.ts';

/** A peer that vanishes is gone in 30 s at most; the page's next word takes a moment more. */
const GONE_WITHIN_MS = 35_000;

const company = new Company();
let site: Site;
let session: DemoSession;
let attendee: Attendee;
let claire: Speaker;
let aiko: Interpreter;

beforeAll(async () => {
  site = new Site(inject('site'));
  session = await site.emptySession('fr', 'ja', 'en');
  attendee = await Attendee.arrive(await company.browser(), session.links['attendee']!);
  await attendee.choose('ja');
  claire = await Speaker.goOn('claire', await company.browser({ voice: 'claire', camera: true }), session.links['speaker']!, 'fr', 'floor');
  aiko = await Interpreter.enter('aiko', await company.browser({ voice: 'aiko' }), session.links['interpreter']!);
  await aiko.openMicrophone();
  await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
});

test('the attendee sees who speaks', async () => {
  const before = await attendee.pictures();
  await expect.poll(() => attendee.pictures(), { timeout: 60_000 }).toBeGreaterThan(before + 3);
});

describe.sequential('a tab dies', () => {
  test("the interpreter's: ja falls back to the floor, and the page says so", async () => {
    await aiko.crash();
    await expect
      .poll(async () => (await site.route(session, 'ja'))?.rule, { timeout: GONE_WITHIN_MS, interval: 200 })
      .toBe('uninterpreted');
    await expectHears(attendee, {
      hears: ['claire'],
      says: { channel: 'ja', kind: 'original', words: /nobody interprets into Japanese/ },
    });
  });

  test('the interpreter comes back with one click, and is heard again', async () => {
    aiko = await Interpreter.comeBack('aiko', aiko.context, session.links['interpreter']!);
    await aiko.openMicrophone();
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
  });

  test("the speaker's: nobody is on stage, and the page says so", async () => {
    await attendee.choose('fr');
    await expectHears(attendee, { hears: ['claire'] });
    await claire.crash();
    await expect
      .poll(async () => (await site.route(session, 'floor'))?.source, { timeout: GONE_WITHIN_MS, interval: 200 })
      .toBeNull();
    await expectHears(attendee, { hears: [], says: { channel: 'fr', kind: 'silence', words: /nobody is on stage/i } });
  });

  test('the speaker comes back with one click, and is heard again', async () => {
    claire = await Speaker.comeBack('claire', claire.context, session.links['speaker']!);
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'fr', kind: 'original' } });
  });
});
