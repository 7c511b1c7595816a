/** What the server says of a recorded session, as in docs/api/openapi.yaml. Times are ms since the recording's first second. */
import type { Kind, Localized } from './messages';

export interface RecordedTrack {
  track: string;
  kind: 'audio' | 'video';
  language: string | null;
}

export interface Chapter {
  id: string;
  startMs: number;
  endMs: number;
  kind: 'agenda' | 'speaker' | 'gap';
  title: Localized;
  speaker: string | null;
  /** Language spoken in it; null where nobody said. */
  language: string | null;
}

/** From `startMs` until the next entry of the same channel, or the end. */
export interface TimelineEntry {
  channel: string;
  startMs: number;
  kind: Kind;
  language: string | null;
  booth: string | null;
}

export interface Download {
  /** `mp4` with every language, or one language's sound. */
  kind: 'video' | 'audio';
  language: string | null;
  url: string;
}

export interface Recording {
  session: string;
  title: Localized;
  event: Localized;
  state: 'live' | 'ended';
  published: boolean;
  startedAt: string;
  durationMs: number;
  tracks: RecordedTrack[];
  trim: { startMs: number; endMs: number } | null;
  chapters: Chapter[];
  timeline: TimelineEntry[];
  /** Languages that have captions. */
  captions: string[];
  poster: string | null;
  downloads: Download[];
  bytes: number;
  /** When a deletion becomes final; null while not deleted. */
  deletedUntil: string | null;
  gaps: { startMs: number; endMs: number }[];
  /** Whether the one who asked may publish, trim and delete it. */
  editable: boolean;
}
