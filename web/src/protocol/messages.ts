import type { Seeing } from './seeing';

/** The messages of the session socket, as in docs/api/session-socket.md. Times are ISO 8601; levels are dBov. */

/** Text in several languages: BCP 47 tag → text. */
export type Localized = Readonly<Record<string, string>>;

export type Page = 'attend' | 'booth' | 'stage' | 'desk';
export type Role = 'attendee' | 'interpreter' | 'speaker' | 'chair' | 'technician' | 'organiser' | 'hall';
export type MicrophoneState = 'open' | 'cough' | 'closed';
export type Kind = 'interpretation' | 'original' | 'silence';
export type Rule = 'interpreter' | 'cough' | 'hall' | 'floor' | 'uninterpreted' | 'nobody';
export type Quality = 'floor' | '+' | '-';

export interface City {
  name: Localized;
  zone: string;
}

export interface Welcome {
  type: 'welcome';
  /** `token`: given to a guest, who presents it from then on. */
  you: { person: string; name: string; role: Role; booth?: string | null; token?: string | null };
  session: {
    id: string;
    title: Localized;
    state: string;
    languages: string[];
    event: { title: Localized; cities: City[] };
    startsAt: string | null;
    endsAt: string | null;
    chaired: boolean;
    /** The multivariant playlist of its broadcast; null where it is not recorded. */
    hls?: string | null;
    /** The page of its replay, live or over; null where it is not recorded. */
    replay?: string | null;
  };
  serverTime: string;
  demo: boolean;
}

export interface Route {
  channel: string;
  source: string | null;
  sourceName: string | null;
  kind: Kind;
  rule: Rule;
  booth: string | null;
  language: string | null;
  since: string;
  listeners: number;
  level: number | null;
  warnings: string[];
}

export interface Routing {
  type: 'routing';
  /** `at` on the session's clock of 48,000 a second. */
  atTicks?: number;
  at: string;
  floorLanguage: string | null;
  floorLanguageBy: 'detected' | 'hand' | 'unknown';
  channels: Route[];
}

export interface Levels {
  type: 'levels';
  channels: Readonly<Record<string, number>>;
  sources: Readonly<Record<string, number>>;
  listeners: Readonly<Record<string, number>>;
}

export interface Hearing {
  type: 'hearing';
  connection: string;
  channel: string;
  kind: Kind;
  language: string | null;
  why: Rule | 'understood';
  booth: string | null;
  withoutYou: boolean;
  quality: Quality;
}

export interface StageSource {
  source: string;
  person: string | null;
  name: string;
  kind: 'speaker' | 'hall' | 'file';
  language: string | null;
  state: 'on' | 'waiting';
  /** Waits, and asks to go on. */
  ready: boolean;
  microphone: 'open' | 'closed';
  camera: boolean;
  speaking: boolean;
  lost: boolean;
  file: { name: string; positionMs: number; durationMs: number } | null;
}

export interface Stage {
  type: 'stage';
  sources: StageSource[];
  picture: { source: string | null; by: 'chair' | 'speaker' | null };
  slides: { source: string; person: string | null } | null;
  sign: { source: string; person: string; name: string; language: string | null } | null;
  tracks: { picture: string | null; slides: string | null; sign: string | null; cameras: (string | null)[] };
  listeners: number;
  languages: number;
}

export interface BoothMember {
  person: string;
  name: string;
  connection: string | null;
  microphone: MicrophoneState;
  lost: boolean;
}

export interface BoothState {
  booth: string;
  understands: string[];
  a: string;
  b: string | null;
  members: BoothMember[];
  holder: string | null;
  outgoing: string;
  onAir: boolean;
  audience: number;
  incoming: { choice: string; channel: string; quality: Quality; sign: 'nobody-interprets' | null };
  warnings: string[];
}

export interface Booth extends BoothState {
  type: 'booth';
}

export interface Booths {
  type: 'booths';
  booths: BoothState[];
}

export interface PersonPresent {
  person: string;
  name: string;
  role: Role;
  connections: number;
  listening: string | null;
  state: 'connected' | 'lost';
}

export interface People {
  type: 'people';
  people: PersonPresent[];
  counts: Readonly<Record<string, number>>;
}

export interface Files {
  type: 'files';
  files: { name: string; durationMs: number; hasVideo: boolean; language: string | null }[];
}

/** How the server stands, all its sessions together. To the desk. */
export interface NodeState {
  type: 'node';
  /** How much of its time the busiest part of the server works, in percent. */
  busy: number;
  /** Listeners who are sent several frames of sound in a packet. */
  packed: number;
  /** Whether who comes to listen is sent to the broadcast. */
  full: boolean;
}

/** Whether the session is recorded. What follows `state` is told to the desk only. */
export interface RecordingState {
  type: 'recording';
  state: 'off' | 'recording' | 'ended' | 'failed';
  /** When it began, on the session's clock of 48,000 a second. */
  sinceTicks?: number | null;
  bytes?: number;
  /** What the disk lasts at the present rate; null where unknown. */
  hoursLeft?: number | null;
  warning?: 'disk-low' | 'disk-full' | 'disk-error' | 'overload' | null;
  /** Tracks that could not be passed through as they came. */
  transcoded?: string[];
  /** English, for the technician. */
  detail?: string | null;
}

export type ToldCode =
  | 'taken-by-partner'
  | 'admitted'
  | 'removed'
  | 'microphone-closed'
  | 'microphone-opened'
  | 'same-language'
  | 'partner-lost'
  | 'channel-taken';

export interface Told {
  type: 'told';
  code: ToldCode;
  by: string | null;
}

export interface Ended {
  type: 'ended';
  resumableUntil: string;
}

/** The end was undone. */
export interface Resumed {
  type: 'resumed';
}

/** A problem document (RFC 9457). `type` is stable and is what the page translates. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
}

export interface Done {
  type: 'done';
  ref: string;
}

export interface Refused {
  type: 'problem';
  ref?: string;
  problem: Problem;
}

/** What the server says of the session; answers to requests apart. */
export type Notice =
  | Welcome
  | Routing
  | Levels
  | Hearing
  | Seeing
  | Stage
  | Booth
  | Booths
  | People
  | Files
  | RecordingState
  | NodeState
  | Told
  | Ended
  | Resumed;

export type ServerMessage = Notice | Done | Refused;

export type Request =
  | { type: 'listen'; connection: string; channel: string }
  | { type: 'understand'; connection: string; languages: string[] }
  | { type: 'microphone'; connection: string; state?: MicrophoneState; outgoing?: string }
  | { type: 'incoming'; choice: string }
  | { type: 'take' }
  | { type: 'speaks'; language: string | null; source?: string }
  | { type: 'stage.admit' | 'stage.remove' | 'play.stop'; source: string }
  | { type: 'stage.leave' | 'stage.ready' | 'session.end' | 'session.resume' }
  | { type: 'source.microphone'; source: string; state: 'open' | 'closed' }
  | { type: 'floor-language'; language: string | null }
  | { type: 'picture'; source: string | null }
  | { type: 'play'; file: string; language?: string };

const TYPES: ReadonlySet<string> = new Set<ServerMessage['type']>([
  'welcome',
  'routing',
  'levels',
  'hearing',
  'seeing',
  'stage',
  'booth',
  'booths',
  'people',
  'files',
  'recording',
  'node',
  'told',
  'ended',
  'resumed',
  'done',
  'problem',
]);

/** Reads one text frame; undefined for what is not JSON, not an object, or of a type this page does not know. */
export function decode(frame: string): ServerMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  return typeof value.type === 'string' && TYPES.has(value.type) ? (value as ServerMessage) : undefined;
}
