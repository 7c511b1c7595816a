import { tick } from 'svelte';

/**
 * Where a part of the page gives way to another, and the focus was in it, the focus goes to the page's main part instead of nowhere.
 * Call while a component is being made.
 *
 * @param part tells which part is shown
 */
export function keepFocus(part: () => unknown): void {
  let last: Element | null = null;
  const main = () => document.getElementById('main');
  $effect(() => {
    const follow = ({ target }: FocusEvent) => {
      last = target instanceof Element && main()?.contains(target) === true ? target : null;
    };
    document.addEventListener('focusin', follow);
    return () => {
      document.removeEventListener('focusin', follow);
    };
  });
  $effect(() => {
    part();
    void tick().then(() => {
      const { activeElement } = document;
      const nowhere = activeElement === null || activeElement === document.body;
      if (last?.isConnected === false && nowhere) main()?.focus({ preventScroll: true });
    });
  });
}
