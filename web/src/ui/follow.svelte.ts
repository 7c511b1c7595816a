import { untrack } from 'svelte';
import type { Store } from '../store/store';

/** A store's state as a rune: components that read `current` follow it. The store is the same for a component's life. */
export function follow<S, E>(from: () => Store<S, E>): { readonly current: S } {
  const store = untrack(from);
  let state = $state.raw(store.state);
  store.follow((next) => {
    state = next;
  });
  return {
    get current(): S {
      return state;
    },
  };
}

/** The time, told again every `every` ms while somebody looks. Call while a component is being made. */
export function ticking(every: number): { readonly now: number } {
  let now = $state(Date.now());
  $effect(() => {
    const timer = setInterval(() => {
      now = Date.now();
    }, every);
    return () => {
      clearInterval(timer);
    };
  });
  return {
    get now(): number {
      return now;
    },
  };
}
