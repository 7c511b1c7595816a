import type { Clock } from '../../store/clock';

type Player = typeof import('./Broadcast.svelte');

/** How long the direct sound has been there before the player of the broadcast is fetched for the case that it goes. ms */
export const AHEAD_AFTER_MS = 5_000;

let loading: Promise<Player> | null = null;
/** Style sheets that could not be fetched. */
const missing = new Set<HTMLLinkElement>();

document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement) missing.add(target);
  },
  true,
);

/** The player of the broadcast, which is a file of its own: most who listen never need it. Asks anew after it has failed. */
export function loadPlayer(): Promise<Player> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Player> {
  await Promise.all([...missing].map(mend));
  return import('./Broadcast.svelte');
}

/** A style sheet that could not be fetched is not asked for again by itself. */
function mend(link: HTMLLinkElement): Promise<void> {
  missing.delete(link);
  if (!link.isConnected) return Promise.resolve();
  const again = link.cloneNode() as HTMLLinkElement;
  return new Promise((done, fail) => {
    again.onload = () => done();
    again.onerror = () => fail(new TypeError(`${again.href} cannot be fetched`));
    link.replaceWith(again);
  });
}

/** Fetches the player ahead once the page is at rest: on the line that breaks it could not be. Returns what cancels that. */
export function fetchAhead(clock: Clock): () => void {
  return clock.after(AHEAD_AFTER_MS, () => {
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    if (connection?.saveData === true) return;
    const ahead = () => {
      loadPlayer().catch(() => {
        // Asked for again when it is needed.
      });
    };
    if ('requestIdleCallback' in window) requestIdleCallback(ahead, { timeout: AHEAD_AFTER_MS });
    else ahead();
  });
}
