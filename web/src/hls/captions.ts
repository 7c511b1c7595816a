import { toMedia, type Anchor } from './anchor';
import type { Cue } from './vtt';

/** Captions of one language, shown by the browser over the picture. */
export class CaptionTrack {
  readonly #track: TextTrack;

  constructor(media: HTMLMediaElement, language: string, label: string) {
    this.#track = media.addTextTrack('subtitles', label, language);
    this.#track.mode = 'disabled';
  }

  /** @param cues on the recording's time; the anchor puts them on the player's */
  fill(cues: readonly Cue[], anchor: Anchor): void {
    const { mode } = this.#track;
    // A disabled track has no list of cues.
    this.#track.mode = 'hidden';
    for (const cue of [...(this.#track.cues ?? [])]) this.#track.removeCue(cue);
    for (const { startMs, endMs, text } of cues) {
      const [start, end] = [toMedia(anchor, startMs), toMedia(anchor, endMs)];
      if (end > 0) this.#track.addCue(new VTTCue(Math.max(0, start), end, escaped(text)));
    }
    this.#track.mode = mode;
  }

  set shown(shown: boolean) {
    this.#track.mode = shown ? 'showing' : 'disabled';
  }
}

/** Cue text is WebVTT again when the browser draws it. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Chapters as a WebVTT file, for the player's own timeline. */
export function chapterFile(
  chapters: readonly { startMs: number; endMs: number; name: string }[],
  anchor: Anchor,
): string {
  const cues = chapters.flatMap(({ startMs, endMs, name }) => {
    const [start, end] = [Math.max(0, toMedia(anchor, startMs)), toMedia(anchor, endMs)];
    return end <= start ? [] : [`${stamp(start)} --> ${stamp(end)}\n${escaped(name.replaceAll(/\s+/g, ' ')) || '–'}\n`];
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function stamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${two(h)}:${two(m)}:${two(s)}.${String(ms % 1000).padStart(3, '0')}`;
}
