/** A value that changes until it is final, and those who follow it. */

export interface Followed<Value> {
  get(): Value | null;
  /** Null: there is none, as at first. */
  set(value: Value | null): void;
  /** The value as it stands and after each change; ends with the final one, or where there is none. */
  follow(signal?: AbortSignal): AsyncGenerator<Value, void, undefined>;
}

export function createFollowed<Value>(isFinal: (value: Value) => boolean): Followed<Value> {
  const listeners = new Set<() => void>();
  let value: Value | null = null;
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    async *follow(signal) {
      const changes = listen(listeners, signal);
      try {
        while (value !== null && !signal?.aborted) {
          if (changes.taken()) {
            const now = value;
            yield now;
            if (isFinal(now)) return;
          } else await changes.next();
        }
      } finally {
        changes[Symbol.dispose]();
      }
    },
  };
}

interface Changes extends Disposable {
  /** Whether there was a change since it was last asked; at first there was. */
  taken(): boolean;
  /** Until the next change, or the signal. */
  next(): Promise<void>;
}

function listen(listeners: Set<() => void>, signal: AbortSignal | undefined): Changes {
  let wake = () => {};
  let changed = true;
  const listener = () => {
    changed = true;
    wake();
  };
  listeners.add(listener);
  signal?.addEventListener("abort", listener, { once: true });
  return {
    taken() {
      const was = changed;
      changed = false;
      return was;
    },
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    [Symbol.dispose]() {
      listeners.delete(listener);
      signal?.removeEventListener("abort", listener);
    },
  };
}
