import { autonym } from '../words';
import type { Anchor } from './anchor';
import { CaptionTrack } from './captions';
import type { Files } from './source';
import { readVtt, type Cue } from './vtt';

/** Captions by language. */
export type Captions = ReadonlyMap<string, readonly Cue[]>;

/** The captions of a recording, whole: for the picture and for the search. A file that cannot be had is left out. */
export async function fetchCaptions(languages: readonly string[], files: Files): Promise<Captions> {
  const headers: Record<string, string> = files.token === null ? {} : { Authorization: `Bearer ${files.token}` };
  const read = languages.map(async (language): Promise<[string, readonly Cue[]] | null> => {
    try {
      const response = await fetch(files.captions(language), { headers });
      return response.ok ? [language, readVtt(await response.text()).cues] : null;
    } catch {
      return null;
    }
  });
  return new Map((await Promise.all(read)).filter((entry) => entry !== null));
}

/** Captions over a picture, one language at a time. */
export class CaptionTracks {
  readonly #media: HTMLMediaElement;
  readonly #tracks = new Map<string, CaptionTrack>();

  constructor(media: HTMLMediaElement) {
    this.#media = media;
  }

  /** Puts one language over the picture; null takes it away. */
  show(language: string | null, captions: Captions, anchor: Anchor): void {
    for (const [tag, cues] of captions) {
      let track = this.#tracks.get(tag);
      if (track === undefined) {
        track = new CaptionTrack(this.#media, tag, autonym(tag));
        this.#tracks.set(tag, track);
      }
      if (tag === language) track.fill(cues, anchor);
      track.shown = tag === language;
    }
  }
}
