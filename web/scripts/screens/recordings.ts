/** What the server of the scenes says of recordings. */
import type { Chapter, Recording, TimelineEntry } from '../../src/protocol/recordings';
import { STARTED_AT } from './recordingFiles.ts';
import { ago, MARTIN, SATO, welcome } from './facts.ts';

const LENGTH_MS = 40_000;
const { title, event, languages } = welcome('attendee').session;

function chapter(id: string, startMs: number, endMs: number, more: Partial<Chapter>): Chapter {
  return { id, startMs, endMs, kind: 'speaker', title: null, renamed: false, speaker: null, language: null, ...more };
}

function carried(channel: string, startMs: number, endMs: number, more: Partial<TimelineEntry>): TimelineEntry {
  return { channel, startMs, endMs, kind: 'original', language: 'fr', booth: null, ...more };
}

const interpreted = (language: string) => ({ kind: 'interpretation', language, booth: 'fr-ja' }) as const;

export const RECORDING: Recording = {
  session: 'plenary',
  title,
  event: { id: 'rencontres', title: event.title },
  state: 'ended',
  published: true,
  startedAt: STARTED_AT,
  durationMs: LENGTH_MS,
  languages,
  poster: null,
  bytes: 1_234_000_000,
  deletedUntil: null,
  hls: '/hls/plenary/index.m3u8',
  replay: '/replay/plenary',
  editable: false,
  tracks: [
    { track: 'picture', kind: 'video', language: null, shown: null },
    { track: 'slides', kind: 'video', language: null, shown: [{ startMs: 0, endMs: LENGTH_MS }] },
    { track: 'sign', kind: 'video', language: null, shown: [{ startMs: 10_000, endMs: LENGTH_MS }] },
    ...['floor', ...languages].map((track) => ({
      track,
      kind: 'audio' as const,
      language: track === 'floor' ? null : track,
      shown: null,
    })),
  ],
  trim: null,
  suggestedTrim: { startMs: 2_000, endMs: 39_000 },
  chapters: [
    chapter('a1', 0, 22_000, {
      kind: 'agenda',
      title: { fr: 'Ouverture et souhaits de bienvenue', ja: '開会の挨拶', en: 'Opening and words of welcome' },
    }),
    chapter('s1', 1_000, 12_000, { speaker: MARTIN.name, language: 'fr' }),
    chapter('s2', 12_000, 22_000, { speaker: SATO.name, language: 'ja' }),
    chapter('a2', 22_000, LENGTH_MS, {
      kind: 'agenda',
      title: { fr: 'Table ronde', ja: '円卓会議', en: 'Round table' },
    }),
    chapter('g1', 22_000, 24_000, { kind: 'gap' }),
    chapter('s3', 24_000, LENGTH_MS, { speaker: MARTIN.name, language: 'fr' }),
  ],
  timeline: [
    carried('floor', 1_000, 12_000, {}),
    carried('floor', 12_000, 22_000, { language: 'ja' }),
    carried('floor', 24_000, LENGTH_MS, {}),
    carried('fr', 1_000, 12_000, {}),
    carried('fr', 12_500, 22_000, interpreted('fr')),
    carried('fr', 24_000, LENGTH_MS, {}),
    carried('ja', 2_000, 12_000, interpreted('ja')),
    carried('ja', 12_000, 22_000, { language: 'ja' }),
    carried('ja', 25_000, LENGTH_MS, interpreted('ja')),
    carried('en', 1_000, 12_000, {}),
    carried('en', 12_000, 22_000, { language: 'ja' }),
    carried('en', 30_000, LENGTH_MS, interpreted('en')),
  ],
  captions: ['fr', 'ja'],
  notice: true,
  downloads: [
    { kind: 'video', channel: null, url: '/api/recordings/plenary/download.mp4' },
    ...['floor', ...languages].map((channel) => ({
      kind: 'audio' as const,
      channel,
      url: `/api/recordings/plenary/download/${channel}.m4a`,
    })),
  ],
  gaps: [{ startMs: 22_000, endMs: 24_000 }],
};

export const LIVE: Recording = { ...RECORDING, state: 'live', startedAt: STARTED_AT, captions: [], downloads: [] };

export const CAPTIONS: Readonly<Record<string, string>> = {
  fr: 'WEBVTT\n\n00:01.000 --> 00:12.000\nMesdames et Messieurs, chers amis de Niigata,\nsoyez les bienvenus à Nantes.\n\n00:12.500 --> 00:22.000\nMerci. Nos écoles correspondent depuis vingt ans.\n',
  ja: 'WEBVTT\n\n00:01.000 --> 00:12.000\n新潟の皆さま、ナントへようこそ。\n\n00:12.000 --> 00:22.000\nありがとうございます。学校の交流は20年になります。\n',
};

export const RECORDINGS = {
  '/api/recordings': {
    recordings: [
      RECORDING,
      {
        ...RECORDING,
        session: 'opening',
        title: { fr: 'Ouverture', ja: '開会' },
        durationMs: 3_723_000,
        published: false,
      },
    ],
  },
};

export const RECORDING_NOW = {
  type: 'recording',
  state: 'recording',
  sinceTicks: 0,
  bytes: 512_000_000,
  hoursLeft: 12.5,
  warning: null,
  transcoded: [],
  detail: null,
};

export const DELETED: Recording = { ...RECORDING, editable: true, deletedUntil: ago(-86_000) };
