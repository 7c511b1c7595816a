/** The channel of an audio rendition: the folder its playlist is in, as in `/hls/plenary/fr/index.m3u8`. */
export function channelOf(url: string): string {
  const path = url.replace(/[?#].*$/, '');
  const folder = path.split('/').at(-2) ?? '';
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}
