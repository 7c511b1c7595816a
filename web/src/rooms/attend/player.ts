import type { Clock } from '../../store/clock';

type Player = typeof import('./Broadcast.svelte');

/** How long the direct sound has been there before the player of the broadcast is fetched for the case that it goes. ms */
export const AHEAD_AFTER_MS = 5_000;

let loading: Promise<Player> | null = null;

/** The player of the broadcast, which is a file of its own: most who listen never need it. Asks anew after it has failed. */
export function loadPlayer(): Promise<Player> {
  loading ??= (mendStyles(), import('./Broadcast.svelte')).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Fetches the player ahead once the page is at rest: on the line that breaks it could not be. Returns what cancels that. */
export function fetchAhead(clock: Clock): () => void {
  return clock.after(AHEAD_AFTER_MS, () => {
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    if (connection?.saveData === true) return;
    const load = () => {
      loadPlayer().catch(() => {
        // Asked for again when it is needed.
      });
    };
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: AHEAD_AFTER_MS });
    else load();
  });
}

/** A style sheet that could not be fetched is not asked for again by itself. */
function mendStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet === null) link.replaceWith(link.cloneNode());
  }
}
