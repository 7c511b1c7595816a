/** Moments worth looking at: what the server would say, with long names and with nothing in them. */
import type { Page } from '../../src/protocol/messages';
import {
  PROGRAMME,
  ago,
  welcome,
  MARTIN,
  SATO,
  ME,
  FILE,
  stage,
  ROUTING,
  LEVELS,
  booth,
  ON_AIR,
  hearing,
  PEOPLE,
  FILES,
  FULL,
  EMPTY_ROUTING,
} from './facts.ts';

export interface Scene {
  name: string;
  page: Page | 'programme';
  /** What is sent after `hello`, in order. `{c}` stands for the name of the WHEP or WHIP connection. */
  says: object[];
  /** What REST requests are answered with, by path. */
  rest?: Record<string, object>;
  /** `data-action` or `data-channel` of what is clicked, one after another, before the picture is taken. */
  clicks: string[];
  /** The language remembered from an earlier visit. */
  listens?: string;
  /** The line breaks after what was said. */
  breaks?: boolean;
}

export const SCENES: readonly Scene[] = [
  { name: 'programme', page: 'programme', says: [], clicks: [], rest: PROGRAMME },
  {
    name: 'programme-empty',
    page: 'programme',
    says: [],
    clicks: [],
    rest: { '/api/sessions': { sessions: [] }, '/api/demo': { sessions: [] } },
  },
  { name: 'attend-first', page: 'attend', says: [welcome('attendee'), FULL], clicks: [] },
  { name: 'attend-live', page: 'attend', listens: 'ja', says: [welcome('attendee'), FULL, hearing({})], clicks: [] },
  {
    name: 'attend-original',
    page: 'attend',
    listens: 'en',
    says: [
      welcome('attendee'),
      stage([SATO]),
      hearing({ channel: 'en', kind: 'original', language: 'ja', why: 'uninterpreted', booth: null }),
    ],
    clicks: [],
  },
  {
    name: 'attend-empty',
    page: 'attend',
    listens: 'fr',
    says: [
      welcome('attendee'),
      stage([]),
      hearing({ channel: 'fr', kind: 'silence', language: null, why: 'nobody', booth: null }),
    ],
    clicks: [],
  },
  { name: 'attend-lost', page: 'attend', listens: 'ja', says: [welcome('attendee'), FULL], clicks: [], breaks: true },
  {
    name: 'attend-ended',
    page: 'attend',
    listens: 'ja',
    says: [welcome('attendee'), { type: 'ended', resumableUntil: ago(-60) }],
    clicks: [],
  },
  { name: 'booth-enter', page: 'booth', says: [welcome('interpreter')], clicks: [] },
  {
    name: 'booth-off',
    page: 'booth',
    says: [welcome('interpreter'), FULL, { type: 'booth', ...booth({}) }, ROUTING],
    clicks: ['[data-action=enter]'],
  },
  {
    name: 'booth-on-air',
    page: 'booth',
    says: [welcome('interpreter'), FULL, ROUTING, { type: 'booth', ...ON_AIR, warnings: ['same-language'] }],
    clicks: ['[data-action=enter]'],
  },
  { name: 'stage-device', page: 'stage', says: [welcome('speaker')], clicks: [] },
  {
    name: 'stage-voice',
    page: 'stage',
    says: [welcome('speaker')],
    clicks: ['[data-action=devices]', '[data-action=next]'],
  },
  {
    name: 'stage-language',
    page: 'stage',
    says: [welcome('speaker')],
    clicks: ['[data-action=devices]', '[data-action=next]', '[data-action=next]'],
  },
  {
    name: 'stage-heard',
    page: 'stage',
    says: [welcome('speaker'), FULL, hearing({ channel: 'ja', withoutYou: true })],
    clicks: ['[data-action=devices]', '[data-action=next]', '[data-action=next]', '[data-action=ready]'],
  },
  {
    name: 'stage-waiting',
    page: 'stage',
    says: [
      welcome('speaker'),
      stage([MARTIN, { ...ME, state: 'waiting' }]),
      { type: 'told', code: 'removed', by: 'Chair' },
    ],
    clicks: ['[data-action=devices]', '[data-action=next]', '[data-action=next]', '[data-action=ready]'],
  },
  {
    name: 'desk-live',
    page: 'desk',
    says: [
      welcome('organiser'),
      stage([MARTIN, SATO, FILE, { ...ME, state: 'waiting', ready: true }], true),
      ROUTING,
      LEVELS,
      { type: 'booths', booths: [ON_AIR, booth({ booth: 'ja-en', a: 'en', b: null, outgoing: 'en', members: [] })] },
      PEOPLE,
      FILES,
    ],
    clicks: [],
  },
  {
    name: 'desk-empty',
    page: 'desk',
    says: [
      welcome('organiser'),
      { ...stage([]), listeners: 0, languages: 0 },
      EMPTY_ROUTING,
      { type: 'booths', booths: [] },
      { type: 'people', people: [], counts: {} },
      { type: 'files', files: [] },
    ],
    clicks: [],
  },
  {
    name: 'desk-end',
    page: 'desk',
    says: [welcome('organiser'), FULL, ROUTING, LEVELS],
    clicks: ['[data-action=end]'],
  },
];
