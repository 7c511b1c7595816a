/** What the server of the scenes says: one event, with long names. */
import type { Notice, Stage, StageSource, Welcome } from '../../src/protocol/messages';

export const CITIES = [
  { name: { fr: 'Nantes', en: 'Nantes', ja: 'ナント' }, zone: 'Europe/Paris' },
  { name: { fr: 'Niigata', en: 'Niigata', ja: '新潟' }, zone: 'Asia/Tokyo' },
];

export const now = Date.now();
export const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

export function welcome(role: Welcome['you']['role'], chaired = true): Welcome {
  return {
    type: 'welcome',
    you: { person: 'p-me', name: 'Aiko Tanaka', role, booth: role === 'interpreter' ? 'fr-ja' : null },
    session: {
      id: 'plenary',
      title: {
        fr: 'Table ronde : des villes jumelées face aux défis du climat, de l’âge et de la jeunesse',
        ja: '円卓会議：気候・高齢化・若者という課題に向き合う姉妹都市',
      },
      state: 'live',
      languages: ['fr', 'ja', 'en'],
      event: {
        title: { fr: 'Rencontres franco-japonaises de la coopération décentralisée', ja: '日仏自治体交流会議' },
        cities: CITIES,
      },
      startsAt: ago(1800),
      endsAt: ago(-5400),
      chaired,
      hls: '/hls/plenary/index.m3u8',
      replay: '/replay/plenary',
    },
    serverTime: new Date(now).toISOString(),
    demo: true,
  };
}

export function source(id: string, name: string, more: Partial<StageSource> = {}): StageSource {
  const usual = {
    kind: 'speaker',
    language: 'fr',
    state: 'on',
    ready: false,
    microphone: 'open',
    camera: true,
  } as const;
  return { source: id, person: `p-${id}`, name, ...usual, speaking: false, lost: false, file: null, ...more };
}

export const MARTIN = source('s-1', 'Mme Marie-Christine Le Goff-Delacroix, adjointe au maire', { speaking: true });
export const SATO = source('s-2', '佐藤 健一', { language: 'ja' });
export const ME = source('s-me', 'Aiko Tanaka', { person: 'p-me', language: 'ja', camera: false });
export const FILE = source('s-4', 'greeting.mp4', {
  kind: 'file',
  person: null,
  file: { name: 'greeting.mp4', positionMs: 12_000, durationMs: 60_000 },
});

export const SIGN = { source: 's-8', person: 'p-9', name: 'Luc Moreau', language: 'fsl' };

export function stage(sources: StageSource[], slides = false, sign: Stage['sign'] = null): Stage {
  const cameras = sources.filter(({ state, camera }) => state === 'on' && camera).map(({ source: id }) => id);
  return {
    type: 'stage',
    sources,
    picture: { source: cameras[0] ?? null, by: 'speaker' },
    slides: slides ? { source: 's-9', person: 'p-s-2' } : null,
    sign,
    tracks: {
      picture: cameras[0] ?? null,
      slides: slides ? 's-9' : null,
      sign: sign?.source ?? null,
      cameras: [0, 1, 2, 3].map((index) => cameras[index] ?? null),
    },
    listeners: 212,
    languages: 3,
  };
}

export const ROUTING = {
  type: 'routing',
  at: ago(0),
  floorLanguage: 'fr',
  floorLanguageBy: 'detected',
  channels: [
    route('floor', { source: 's-1', sourceName: MARTIN.name, rule: 'floor', language: 'fr', listeners: 9 }),
    route('fr', { source: 's-1', sourceName: MARTIN.name, rule: 'floor', language: 'fr', listeners: 112 }),
    route('ja', {
      source: 's-7',
      sourceName: 'Aiko Tanaka',
      kind: 'interpretation',
      rule: 'interpreter',
      booth: 'fr-ja',
      language: 'ja',
      listeners: 88,
      warnings: ['same-language'],
    }),
    route('en', { source: 's-1', sourceName: MARTIN.name, rule: 'uninterpreted', language: 'fr', listeners: 3 }),
  ],
};

export function route(channel: string, more: object): object {
  const usual = { source: null, sourceName: null, kind: 'original', rule: 'nobody', booth: null, language: null };
  return { channel, ...usual, since: ago(734), listeners: 0, level: -23, warnings: [], ...more };
}

export const LEVELS = {
  type: 'levels',
  channels: { floor: -21, fr: -21, ja: -27, en: -21 },
  sources: { 's-1': -21, 's-2': -50 },
  listeners: { floor: 9, fr: 112, ja: 88, en: 3 },
};

export function booth(more: object): object {
  return {
    booth: 'fr-ja',
    understands: ['fr', 'ja'],
    a: 'ja',
    b: 'fr',
    members: [
      { person: 'p-me', name: 'Aiko Tanaka', connection: '{c}', microphone: 'closed', lost: false },
      { person: 'p-2', name: 'Jean-Baptiste Kerguelen', connection: 'c2', microphone: 'closed', lost: false },
    ],
    holder: null,
    outgoing: 'ja',
    onAir: false,
    audience: 0,
    incoming: { choice: 'auto', channel: 'floor', quality: 'floor', sign: null },
    warnings: [],
    ...more,
  };
}

export const ON_AIR = booth({
  members: [
    { person: 'p-me', name: 'Aiko Tanaka', connection: '{c}', microphone: 'open', lost: false },
    { person: 'p-2', name: 'Jean-Baptiste Kerguelen', connection: 'c2', microphone: 'closed', lost: false },
  ],
  holder: 'p-me',
  onAir: true,
  audience: 88,
});

export function hearing(more: object): Notice {
  const usual = { channel: 'ja', kind: 'interpretation', language: 'ja', why: 'interpreter', booth: 'fr-ja' };
  return { type: 'hearing', connection: '{c}', withoutYou: false, quality: 'floor', ...usual, ...more } as Notice;
}

export const PEOPLE = {
  type: 'people',
  people: [
    { person: 'p-s-1', name: MARTIN.name, role: 'speaker', connections: 2, listening: 'fr', state: 'connected' },
    { person: 'p-s-2', name: SATO.name, role: 'speaker', connections: 2, listening: 'ja', state: 'lost' },
    {
      person: 'p-me',
      name: 'Aiko Tanaka',
      role: 'interpreter',
      connections: 2,
      listening: 'floor',
      state: 'connected',
    },
    { person: 'g-1', name: '', role: 'attendee', connections: 1, listening: 'ja', state: 'connected' },
  ],
  counts: { attendee: 200, interpreter: 2, speaker: 2, organiser: 1 },
};

export const FILES = {
  type: 'files',
  files: [
    { name: 'greeting.mp4', durationMs: 60_000, hasVideo: true, language: 'fr' },
    {
      name: 'message-du-gouverneur-de-la-préfecture-de-Niigata-version-longue.opus',
      durationMs: 754_000,
      hasVideo: false,
      language: 'ja',
    },
  ],
};

export const FULL = stage([MARTIN, SATO, ME], true);
export const EMPTY_ROUTING = {
  ...ROUTING,
  floorLanguage: null,
  floorLanguageBy: 'unknown',
  channels: ['floor', 'fr', 'ja', 'en'].map((channel) => route(channel, { kind: 'silence', level: null })),
};

const PLAN = {
  ...welcome('attendee').session,
  public: true,
  event: { id: 'rencontres', ...welcome('attendee').session.event },
};

export const PROGRAMME = {
  '/api/sessions': {
    sessions: [
      PLAN,
      {
        ...PLAN,
        id: 'economy',
        title: { fr: 'Atelier : économie', ja: '分科会：経済', en: 'Workshop: economy' },
        languages: ['fr', 'ja'],
        startsAt: ago(-7200),
      },
      { ...PLAN, id: 'opening', title: { fr: 'Ouverture', ja: '開会' }, state: 'ended', startsAt: ago(9000) },
    ],
  },
  '/api/demo': {
    sessions: [
      {
        id: 'plenary',
        empty: false,
        links: Object.fromEntries(
          ['speaker', 'interpreter', 'organiser', 'chair'].map((role) => [
            role,
            `http://localhost/stage/plenary#${role}`,
          ]),
        ),
      },
    ],
  },
};
