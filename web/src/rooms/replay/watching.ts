import { Companion } from '../../hls/companion';
import { hlsEngines, isSupported } from '../../hls/hlsjs';
import { Playback } from '../../hls/playback';
import type { Files } from '../../hls/source';
import { realClock } from '../../store/clock';

const engines = hlsEngines(realClock);

export interface Start {
  startedAt: number;
  channel: string;
  startMs: number | null;
}

/** A playback in this browser; null where the browser cannot play HLS by script. */
export function openPlayback(media: HTMLVideoElement, files: Files, start: Start): Playback | null {
  if (!isSupported()) return null;
  return new Playback(media, { url: files.playlist, token: files.token, ...start }, engines);
}

/** Slides or sign language, in step with `main`. */
export function openCompanion(
  media: HTMLVideoElement,
  track: string,
  main: Playback,
  files: Files,
  start: Start,
  shown: (shown: boolean) => void,
): Companion {
  const source = { url: files.track(track), token: files.token, ...start, channel: null };
  return new Companion(media, source, main, engines, realClock, shown);
}
