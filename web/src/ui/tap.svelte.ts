import { Tap } from '../media/listen';

/** A tap on whatever track `track` gives now. Call while a component is being made. */
export function tapping(track: () => MediaStreamTrack | null): { readonly current: Tap | null } {
  let current = $state.raw<Tap | null>(null);
  $effect(() => {
    const source = track();
    if (source === null) return undefined;
    const tap = new Tap(source);
    current = tap;
    return () => {
      tap.close();
      current = null;
    };
  });
  return {
    get current(): Tap | null {
      return current;
    },
  };
}
