/** The rooms of the house. */
export type RoomName = 'programme' | 'attend' | 'booth' | 'stage' | 'desk' | 'replay';

export interface Address {
  room: RoomName;
  session: string;
}

/** Which room a path leads to; null for no room of ours. */
export function addressOf(path: string): Address | null {
  if (path === '/' || path === '/index.html') return { room: 'programme', session: '' };
  const match = /^\/(attend|booth|stage|desk|replay)\/([^/]+)\/?$/.exec(path);
  const [, room, session] = match ?? [];
  if (room === undefined || session === undefined) return null;
  try {
    return { room: room as RoomName, session: decodeURIComponent(session) };
  } catch {
    return null;
  }
}

/**
 * The token of a link `…#token=…`: moved from the address bar to this tab's memory, one for each page, so that it is neither shown,
 * bookmarked nor sent in an address.
 */
export function takeToken(location: Location, history: History, memory: Storage): string | null {
  const place = `kakehashi.token:${location.pathname}`;
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token');
  if (token === null || token === '') return memory.getItem(place);
  memory.setItem(place, token);
  fragment.delete('token');
  const rest = fragment.toString();
  history.replaceState(history.state, '', `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`);
  return token;
}
