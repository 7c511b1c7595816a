import type { Browser } from 'playwright-core';
import { beforeAll, describe, inject, test } from 'vitest';
import { Company } from '../company.ts';
import { expectHears } from '../hears.ts';
import { Attendee } from '../people/attendee.ts';
import { Interpreter } from '../people/interpreter.ts';
import { Speaker } from '../people/speaker.ts';
import { Site, type DemoSession } from '../site.ts';

const company = new Company();
let audience: Browser;
let session: DemoSession;
let attendee: Attendee;
let claire: Speaker;
let kenji: Speaker;
let aiko: Interpreter;

beforeAll(async () => {
  session = await new Site(inject('site')).emptySession('fr', 'ja');
});

/** One round table from its first word to its last: each test goes on where the one before it ended. */
describe.sequential('a round table in French and Japanese', () => {
  test('nobody on stage is silence, and the page says so', async () => {
    audience = await company.browser();
    attendee = await Attendee.arrive(audience, session.links['attendee']!);
    await attendee.choose('floor');
    await expectHears(attendee, { hears: [], says: { channel: 'floor', kind: 'silence', words: /nobody is on stage/i } });
  });

  test('the floor carries who speaks on stage', async () => {
    claire = await Speaker.goOn('claire', await company.browser({ voice: 'claire' }), session.links['speaker']!, 'fr', 'floor');
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'floor', kind: 'original' } });
  });

  test('a microphone that was pulled out is heard again once it is back, without anything being pressed', async () => {
    await claire.unplug();
    await expectHears(attendee, { hears: [] });
    await claire.plugIn();
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'floor', kind: 'original' } });
  });

  test('nobody interprets into Japanese: ja carries the original, and the page says so', async () => {
    await attendee.choose('ja');
    await expectHears(attendee, {
      hears: ['claire'],
      says: { channel: 'ja', kind: 'original', words: /nobody interprets into Japanese/ },
    });
  });

  test('ja carries the interpreter once the microphone is open', async () => {
    aiko = await Interpreter.enter('aiko', await company.browser({ voice: 'aiko' }), session.links['interpreter']!);
    await aiko.openMicrophone();
    await aiko.light('on-air');
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
  });

  test('fr carries the floor while French is spoken there', async () => {
    await attendee.choose('fr');
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'fr', kind: 'original', words: /French is spoken/ } });
  });

  test('a guest without a token hears it too, and is told what it is', async () => {
    const guest = await Attendee.arrive(audience, `${inject('site')}/attend/${session.id}`);
    await guest.choose('fr');
    await expectHears(guest, { hears: ['claire'], says: { channel: 'fr', kind: 'original', words: /French is spoken/ } });
    await guest.context.close();
  });

  test('the interpreter hears the speaker and not herself', async () => {
    await expectHears(aiko, { hears: ['claire'], says: { words: /floor/i } });
  });

  test('while the cough button is held ja is silent', async () => {
    await attendee.choose('ja');
    await aiko.holdCough();
    await expectHears(attendee, { hears: [], says: { channel: 'ja', kind: 'silence', words: /^…$/ } });
    await aiko.releaseCough();
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'ja', kind: 'interpretation' } });
  });

  test('the original can be laid under the interpretation', async () => {
    await attendee.page.getByLabel('Original under the interpretation').fill('1');
    await expectHears(attendee, { hears: ['aiko', 'claire'], says: { channel: 'ja', kind: 'interpretation' } });
    await attendee.page.getByLabel('Original under the interpretation').fill('0');
  });

  test('when the interpreter closes the microphone ja is the floor again', async () => {
    await aiko.closeMicrophone();
    await expectHears(attendee, { hears: ['claire'], says: { channel: 'ja', kind: 'original', words: /nobody interprets/ } });
    await aiko.openMicrophone();
  });

  test('two speakers at once each hear the other and not themselves', async () => {
    kenji = await Speaker.goOn('kenji', await company.browser({ voice: 'kenji' }), session.links['speaker2']!, 'ja', 'floor');
    await attendee.choose('floor');
    await expectHears(claire, { hears: ['kenji'], says: { channel: 'floor' } });
    await expectHears(kenji, { hears: ['claire'], says: { channel: 'floor' } });
  });

  test('two speakers at once are both heard on the floor', async () => {
    await expectHears(attendee, { hears: ['claire', 'kenji'], says: { channel: 'floor', kind: 'original' } });
  });

  test('when the floor turns Japanese and the interpreter switches to B, ja carries the floor and fr the interpreter', async () => {
    await claire.closeMicrophone();
    await aiko.page.getByText('so does the floor').waitFor();
    await aiko.speakInto('b', 'fr');
    await attendee.choose('ja');
    await expectHears(attendee, { hears: ['kenji'], says: { channel: 'ja', kind: 'original', words: /Japanese is spoken/ } });
    await attendee.choose('fr');
    await expectHears(attendee, { hears: ['aiko'], says: { channel: 'fr', kind: 'interpretation' } });
  });

  test('a speaker who listens to fr hears the Japanese question in French', async () => {
    await claire.chooseToHear('fr');
    await expectHears(claire, { hears: ['aiko'], says: { channel: 'fr', kind: 'interpretation' } });
    await claire.openMicrophone();
    await expectHears(claire, { hears: ['aiko'], says: { channel: 'fr', kind: 'interpretation' } });
  });
});

