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
  SIGN,
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
import { DELETED, LIVE, RECORDING, RECORDING_NOW, RECORDINGS } from './recordings.ts';

/** A live session as the broadcast tells it. */
const BROADCAST = { '/api/recordings/plenary': LIVE };
const OVER = { '/api/recordings/plenary': RECORDING };
const EDITED = { '/api/recordings/plenary': { ...RECORDING, published: false, editable: true } };

export interface Scene {
  name: string;
  page: Page | 'programme' | 'replay';
  /** What is sent after `hello`, in order. `{c}` stands for the name of the WHEP or WHIP connection. */
  says: object[];
  /** What REST requests are answered with, by path. */
  rest?: Record<string, object>;
  /** `data-action` or `data-channel` of what is clicked, one after another, before the picture is taken. */
  clicks: string[];
  /** The language remembered from an earlier visit. */
  listens?: string;
  /** What is played under /hls/: a recording that is over, or one that is live. */
  plays?: 'over' | 'live';
  /** What is scrolled to before the picture is taken. */
  shows?: string;
  /** The node has no place left. */
  full?: boolean;
  /** The line breaks after what was said. */
  breaks?: boolean;
}

export const SCENES: readonly Scene[] = [
  { name: 'programme', page: 'programme', says: [], clicks: [], rest: { ...PROGRAMME, ...RECORDINGS } },
  {
    name: 'programme-empty',
    page: 'programme',
    says: [],
    clicks: [],
    rest: { '/api/sessions': { sessions: [] }, '/api/demo': { sessions: [] }, '/api/recordings': { recordings: [] } },
  },
  { name: 'attend-first', page: 'attend', says: [welcome('attendee'), FULL], clicks: [] },
  {
    name: 'attend-live',
    page: 'attend',
    listens: 'ja',
    says: [welcome('attendee'), FULL, { type: 'recording', state: 'recording' }, hearing({})],
    clicks: [],
  },
  {
    name: 'attend-sign',
    page: 'attend',
    listens: 'ja',
    says: [welcome('attendee'), stage([MARTIN, SATO], true, SIGN), hearing({})],
    clicks: [],
  },
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
      stage([MARTIN, SATO, FILE, { ...ME, state: 'waiting', ready: true }], true, SIGN),
      ROUTING,
      LEVELS,
      { type: 'booths', booths: [ON_AIR, booth({ booth: 'ja-en', a: 'en', b: null, outgoing: 'en', members: [] })] },
      PEOPLE,
      FILES,
      { ...RECORDING_NOW, warning: 'disk-low', hoursLeft: 1.2, transcoded: ['picture'] },
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
  {
    name: 'attend-broadcast',
    page: 'attend',
    listens: 'ja',
    says: [welcome('attendee'), FULL, { type: 'recording', state: 'recording' }],
    rest: BROADCAST,
    plays: 'live',
    full: true,
    clicks: [],
  },
  {
    name: 'replay-over',
    page: 'replay',
    listens: 'ja',
    says: [],
    rest: OVER,
    plays: 'over',
    clicks: ['[data-chapter=s2]'],
  },
  { name: 'replay-live', page: 'replay', listens: 'fr', says: [], rest: BROADCAST, plays: 'live', clicks: [] },
  {
    name: 'replay-edit',
    page: 'replay',
    listens: 'fr',
    says: [],
    rest: EDITED,
    plays: 'over',
    clicks: [],
    shows: '[data-edit]',
  },
  {
    name: 'replay-keys',
    page: 'replay',
    listens: 'fr',
    says: [],
    rest: OVER,
    plays: 'over',
    clicks: ['[data-action=keys]'],
  },
  { name: 'replay-deleted', page: 'replay', says: [], rest: { '/api/recordings/plenary': DELETED }, clicks: [] },
  { name: 'replay-refused', page: 'replay', says: [], clicks: [] },
];
