import { Companion } from '../../hls/companion';
import type { OpenEngine } from '../../hls/engine';
import { hlsEngines, isSupported } from '../../hls/hlsjs';
import { nativeEngines, playsNatively } from '../../hls/native';
import { Playback } from '../../hls/playback';
import type { Files } from '../../hls/source';
import { realClock } from '../../store/clock';

const byScript = hlsEngines(realClock);
const byItself = nativeEngines(realClock, (url, init) => fetch(url, init));

/** How this browser plays HLS: fed by script where it lets us, else by itself; null where it does neither. */
function enginesFor(media: HTMLMediaElement): OpenEngine | null {
  if (isSupported()) return byScript;
  return playsNatively(media) ? byItself : null;
}

export interface Start {
  startedAt: number;
  channel: string;
  startMs: number | null;
}

/** A playback in this browser; null where the browser cannot play HLS. */
export function openPlayback(media: HTMLVideoElement, files: Files, start: Start): Playback | null {
  const engines = enginesFor(media);
  return engines === null ? null : new Playback(media, { url: files.playlist, token: files.token, ...start }, engines);
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
  return new Companion(media, source, main, enginesFor(media) ?? byItself, realClock, shown);
}
