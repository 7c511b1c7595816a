import type { Recording } from '../protocol/recordings';

/** Where the files of a recording are: on the server, or beside an exported page. */
export interface Files {
  /** The multivariant playlist. */
  playlist: string;
  /** The playlist of one track. */
  track(name: string): string;
  captions(language: string): string;
  poster: string | null;
  token: string | null;
}

/** @param whole also what was trimmed away: for whoever may change that */
export function serverFiles(
  { hls, poster }: Pick<Recording, 'hls' | 'poster'>,
  token: string | null,
  whole = false,
): Files {
  const query = whole ? '?full=1' : '';
  const folder = hls.slice(0, hls.lastIndexOf('/'));
  return {
    playlist: hls + query,
    track: (name) => `${folder}/${encodeURIComponent(name)}/index.m3u8${query}`,
    captions: (language) => `${folder}/captions/${encodeURIComponent(language)}.vtt`,
    poster,
    token,
  };
}
