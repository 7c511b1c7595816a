/** A state that changes only by events through a pure function, and tells those who follow it. */
export class Store<S, E> {
  #state: S;
  readonly #reduce: (state: S, event: E) => S;
  readonly #followers = new Set<(state: S) => void>();

  constructor(initial: S, reduce: (state: S, event: E) => S) {
    this.#state = initial;
    this.#reduce = reduce;
  }

  get state(): S {
    return this.#state;
  }

  dispatch(event: E): void {
    const next = this.#reduce(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const follower of [...this.#followers]) follower(next);
  }

  /** Calls `follower` at each change until the returned function is called. */
  follow(follower: (state: S) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}
