import { describe, expect, it } from 'vitest';
import { addressOf, takeToken } from '../src/address';
import { translator } from '../src/i18n/locale';
import type { Hearing, Stage, StageSource } from '../src/protocol/messages';
import type { ProgrammeSession } from '../src/protocol/api';
import { readChoice, written } from '../src/rooms/attend/choice';
import { arrange } from '../src/rooms/attend/pictures';
import { agenda, when } from '../src/rooms/programme/agenda';
import { hearingWords } from '../src/ui/hearingWords';
import { autonym, duration, initials, localized, timeIn } from '../src/words';

const HEARING: Hearing = {
  type: 'hearing',
  connection: 'c',
  channel: 'ja',
  kind: 'interpretation',
  language: 'ja',
  why: 'interpreter',
  booth: '1',
  withoutYou: false,
  quality: 'floor',
};

describe('what is heard, in words', () => {
  const say = (more: Partial<Hearing>, locale: 'fr' | 'ja' | 'en' = 'fr') =>
    hearingWords({ ...HEARING, ...more }, locale, translator(locale));

  it('never passes the original off as an interpretation', () => {
    const original = { kind: 'original', language: 'fr', why: 'uninterpreted', booth: null } as const;
    expect(say({})).toBe('Interprétation en japonais · cabine 1');
    expect(say(original)).toBe('Original (français)\u202f: personne n’interprète en japonais pour le moment');
    expect(say(original, 'ja')).toBe('原音（フランス語）：現在日本語への通訳はありません');
    expect(say(original, 'en')).toBe('Original (French): nobody interprets into Japanese now');
  });

  it('says nothing but a pause of a cough', () => {
    expect(say({ kind: 'silence', why: 'cough' })).toBe('…');
  });
});

describe('a visitor', () => {
  it('finds the rooms', () => {
    expect(addressOf('/')).toEqual({ room: 'programme', session: '' });
    expect(addressOf('/booth/a%20b/')).toEqual({ room: 'booth', session: 'a b' });
    expect(addressOf('/cellar/x')).toBeNull();
    expect(addressOf('/desk/%E0%A4')).toBeNull();
  });

  it('leaves the token at the door: out of the address bar, into the tab’s memory', () => {
    let shown = '';
    const place = { pathname: '/desk/p', search: '', hash: '#token=secret&tab=2' } as Location;
    const history = { state: null, replaceState: (_: unknown, __: string, url: string) => (shown = url) };
    sessionStorage.clear();
    expect(takeToken(place, history as unknown as History, sessionStorage)).toBe('secret');
    expect(shown).toBe('/desk/p#tab=2');
    expect(takeToken({ ...place, hash: '' }, history as unknown as History, sessionStorage)).toBe('secret');
  });

  it('is remembered by the languages that are still offered', () => {
    expect(readChoice(written({ understands: ['fr', 'ja'] }), ['fr', 'ja'])).toEqual({ understands: ['fr', 'ja'] });
    expect(readChoice('fr+ja', ['ja', 'en'])).toEqual({ channel: 'ja' });
    expect(readChoice('de', ['fr'])).toBeNull();
    expect(readChoice('floor', ['fr'])).toEqual({ channel: 'floor' });
  });
});

describe('words', () => {
  it('writes each language in itself', () => {
    expect(['fr', 'ja', 'en'].map(autonym)).toEqual(['Français', '日本語', 'English']);
  });
  it('takes the reader’s version of a text, and says which it is', () => {
    expect(localized({ fr: 'Salle', ja: '会場' }, 'ja')).toEqual({ text: '会場', lang: 'ja' });
    expect(localized({ fr: 'Salle', ja: '会場' }, 'en')).toEqual({ text: 'Salle', lang: 'fr' });
  });
  it('tells the time of each city', () => {
    const at = Date.parse('2026-11-22T13:00:00Z');
    expect([timeIn('Europe/Paris', at, 'fr'), timeIn('Asia/Tokyo', at, 'ja')]).toEqual(['14:00', '22:00']);
  });
  it('counts time', () => {
    expect([duration(65_000), duration(3_723_000), duration(-1)]).toEqual(['1:05', '1:02:03', '0:00']);
  });
  it('stands two letters for a face', () => {
    expect(['Mme Claire Martin', '佐藤 健一', 'Aiko'].map(initials)).toEqual(['CM', '佐藤', 'AI']);
  });
});

describe('the pictures', () => {
  const source = (id: string, more: Partial<StageSource> = {}) =>
    ({ source: id, name: id, state: 'on', camera: true, speaking: false, ...more }) as StageSource;
  const stage = (more: Partial<Stage>): Stage => ({
    type: 'stage',
    sources: [source('a'), source('b'), source('c', { camera: false }), source('d', { state: 'waiting' })],
    picture: { source: 'a', by: 'speaker' },
    slides: null,
    sign: null,
    tracks: { picture: 'a', slides: null, sign: null, cameras: ['a', 'b', null, null] },
    listeners: 0,
    languages: 0,
    ...more,
  });
  const video = [0, 1, 2, 3, 4, 5, 6].map((id) => ({ id: String(id) }) as MediaStreamTrack);
  const keys = ({ large, tiles }: ReturnType<typeof arrange>) => [large?.key, ...tiles.map(({ key }) => key)];

  it('show everybody on stage once', () => {
    const arrangement = arrange(stage({}), video, 'everyone', 'slides');
    expect(keys(arrangement)).toEqual(['main', 'b', 'c']);
    expect(arrangement.large?.track?.id).toBe('0');
    expect(arrangement.tiles.map(({ track }) => track?.id ?? null)).toEqual(['4', null]);
  });

  it('put the slides or the speaker first', () => {
    const slides = stage({ tracks: { picture: 'a', slides: 's', sign: null, cameras: [] } });
    expect(keys(arrange(slides, video, 'picture', 'slides'))).toEqual(['slides', 'main']);
    expect(keys(arrange(slides, video, 'picture', 'main'))).toEqual(['main', 'slides']);
  });

  it('put sign language beside the speaker, or large where somebody needs it so', () => {
    const signed = stage({ tracks: { picture: 'a', slides: null, sign: 'x', cameras: [] } });
    const small = arrange(signed, video, 'picture', 'slides');
    expect(keys(small)).toEqual(['main', 'sign']);
    expect(small.tiles[0]).toMatchObject({ track: { id: '2' }, enlargeable: true });
    expect(keys(arrange(signed, video, 'picture', 'sign'))).toEqual(['sign', 'main']);
  });

  it('show a name where there is no camera, and nothing where there is nobody', () => {
    const heard = stage({ tracks: { picture: null, slides: null, sign: null, cameras: [] } });
    expect(arrange(heard, video, 'picture', 'slides').large).toMatchObject({ track: null, source: { source: 'a' } });
    expect(arrange(stage({ sources: [] }), video, 'everyone', 'slides').large).toBeNull();
  });
});

describe('the programme', () => {
  const session = (id: string, startsAt: string | null) =>
    ({ id, startsAt, state: 'live', event: { id: 'e' } }) as ProgrammeSession;

  it('is in the order of the day', () => {
    const [event] = agenda([
      { ...session('d', '2026-11-22T08:00:00Z'), state: 'ended' as const },
      session('c', null),
      session('b', '2026-11-22T12:00:00Z'),
      session('a', '2026-11-22T09:00:00Z'),
    ]);
    expect(event?.sessions.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
  it('knows now from later', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(when(session('a', '2026-11-22T09:00:00Z'), now)).toBe('now');
    expect(when(session('b', '2026-11-22T12:00:00Z'), now)).toBe('next');
    expect(when({ ...session('c', null), state: 'ended' }, now)).toBe('ended');
  });
});
