import type {
  Booth,
  Booths,
  Ended,
  Files,
  Hearing,
  Levels,
  Notice,
  People,
  Problem,
  NodeState,
  RecordingState,
  Routing,
  Stage,
  Told,
  Welcome,
} from '../protocol/messages';
import type { Seeing } from '../protocol/seeing';

/** How the line to the server stands: the socket's, or a media connection's. `retryAt` is in ms since the epoch. */
export type Line =
  | { phase: 'idle' }
  | { phase: 'connecting'; attempt: number }
  | { phase: 'connected' }
  | { phase: 'repairing' }
  | { phase: 'waiting'; attempt: number; retryAt: number; goingAway: boolean; problem?: Problem }
  | { phase: 'refused'; problem: Problem };

/** The media connections a page may hold: its ears (WHEP), its microphone and camera, its shared screen, its sign language (WHIP). */
export type MediaName = 'ears' | 'microphone' | 'slides' | 'sign';

/** What a media connection really does now. Tracks are in the order of the offer's m-lines. */
export interface Media {
  line: Line;
  connection: string | null;
  audio: readonly MediaStreamTrack[];
  video: readonly MediaStreamTrack[];
}

export interface Notification {
  id: number;
  told: Told;
}

/** All a page knows of its session. The server's snapshots are kept as they came. */
export interface Room {
  socket: Line;
  welcome: Welcome | null;
  /** Server's clock minus ours, ms. */
  clockOffset: number;
  routing: Routing | null;
  levels: Levels | null;
  stage: Stage | null;
  booth: Booth | null;
  booths: Booths | null;
  people: People | null;
  files: Files | null;
  recording: RecordingState | null;
  node: NodeState | null;
  hearings: Readonly<Record<string, Hearing>>;
  seeings: Readonly<Record<string, Seeing>>;
  notifications: readonly Notification[];
  ended: Ended | null;
  media: Readonly<Record<MediaName, Media>>;
}

export type RoomEvent =
  | { kind: 'socket'; line: Line }
  | { kind: 'notice'; notice: Notice; at: number }
  | { kind: 'media'; name: MediaName; media: Media }
  | { kind: 'dismiss'; id: number };

export const NO_MEDIA: Media = { line: { phase: 'idle' }, connection: null, audio: [], video: [] };

/** Notices to the person that are kept on the page at once. */
const NOTIFICATIONS_KEPT = 4;

export const emptyRoom: Room = {
  socket: { phase: 'idle' },
  welcome: null,
  clockOffset: 0,
  routing: null,
  levels: null,
  stage: null,
  booth: null,
  booths: null,
  people: null,
  files: null,
  recording: null,
  node: null,
  hearings: {},
  seeings: {},
  notifications: [],
  ended: null,
  media: { ears: NO_MEDIA, microphone: NO_MEDIA, slides: NO_MEDIA, sign: NO_MEDIA },
};

/** The room after an event. */
export function reduceRoom(room: Room, event: RoomEvent): Room {
  switch (event.kind) {
    case 'socket':
      return { ...room, socket: event.line };
    case 'media':
      return { ...room, media: { ...room.media, [event.name]: event.media } };
    case 'dismiss':
      return { ...room, notifications: room.notifications.filter(({ id }) => id !== event.id) };
    case 'notice':
      return reduceNotice(room, event.notice, event.at);
  }
}

function reduceNotice(room: Room, notice: Notice, at: number): Room {
  switch (notice.type) {
    case 'welcome': {
      const offset = Date.parse(notice.serverTime) - at;
      const ended = notice.session.state === 'ended' ? room.ended : null;
      return { ...room, welcome: notice, ended, clockOffset: Number.isFinite(offset) ? offset : 0 };
    }
    case 'hearing':
      return { ...room, hearings: { ...room.hearings, [notice.connection]: notice } };
    case 'seeing':
      return { ...room, seeings: { ...room.seeings, [notice.connection]: notice } };
    case 'told': {
      const id = (room.notifications.at(-1)?.id ?? 0) + 1;
      return { ...room, notifications: [...room.notifications, { id, told: notice }].slice(-NOTIFICATIONS_KEPT) };
    }
    case 'ended':
      return { ...room, ended: notice };
    case 'resumed':
      return { ...room, ended: null };
    case 'routing':
    case 'levels':
    case 'stage':
    case 'booth':
    case 'booths':
    case 'people':
    case 'files':
    case 'recording':
    case 'node':
      return { ...room, [notice.type]: notice };
  }
}

/** Whether the session has ended, be it that the end can still be undone. */
export function hasEnded(room: Room): boolean {
  return room.ended !== null || isOver(room);
}

/** Whether the end is final: the server takes nobody in any more. Until then every connection is kept, in silence. */
export function isOver({ socket }: Room): boolean {
  return socket.phase === 'refused' && socket.problem.type === '/problems/session-ended';
}

/** How much of the pictures the page asked for its line takes. */
export function seen({ media, seeings }: Room): Seeing['pictures'] {
  const { connection } = media.ears;
  return connection === null ? 'full' : (seeings[connection]?.pictures ?? 'full');
}

/** What the page's ears get, by the server's account; null until it said. */
export function heard(room: Room): Hearing | null {
  const { connection } = room.media.ears;
  return connection === null ? null : (room.hearings[connection] ?? null);
}
