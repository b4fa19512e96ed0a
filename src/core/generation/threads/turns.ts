/** Long work on the engine's own thread, cut into turns so that a cancel, a key or a client is heard in between. */
import { setImmediate } from "node:timers/promises";

const TURN_MS = 20;

/**
 * Makes a function to await after each small piece of work: once 20 ms have passed it lets the event loop go round.
 *
 * Promises that are already settled do not: a loop that awaits nothing else holds the thread.
 * @throws (the function) AbortError once the signal has fired
 */
export function createTurns(signal?: AbortSignal): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= TURN_MS) {
      await setImmediate();
      began = performance.now();
    }
    signal?.throwIfAborted();
  };
}
