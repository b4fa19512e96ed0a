/** Calculations side by side as far as memory goes: two that each fill most of it wait for one another. */
import { stateMemory_bytes } from "#core/quantum/cost/law.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import { abortError } from "#shared/errors.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { Dispatcher } from "./dispatcher.ts";

type FindBasis = (state: Pick<EnergyRequest, "basis" | "functions">) => Promise<BasisSet | undefined>;

interface Waiting {
  bytes: number;
  enter(): void;
}

/** Room for so many bytes at a time, given in order of asking; what alone is more than all enters when nothing else is in. */
export function createRoom(bytes: number) {
  let used = 0;
  let inside = 0;
  const queue: Waiting[] = [];
  const admit = (): void => {
    for (;;) {
      const [next] = queue;
      if (!next || (inside > 0 && used + next.bytes > bytes)) return;
      queue.shift();
      used += next.bytes;
      inside++;
      next.enter();
    }
  };
  /** @returns what says that it has left @throws AbortError */
  return async (asked: number, signal?: AbortSignal): Promise<() => void> => {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(abortError());
        admit();
      };
      const waiting: Waiting = {
        bytes: asked,
        enter: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      queue.push(waiting);
      admit();
    });
    return () => {
      used -= asked;
      inside--;
      admit();
    };
  };
}

/** @param bytes that evaluations of campaigns may hold together @param basisSets to estimate what one holds */
export function withBoundedMemory(
  dispatcher: Dispatcher,
  { bytes, basisSets }: { bytes: number; basisSets: FindBasis },
): Dispatcher {
  const room = createRoom(bytes);
  const bytesOf = async ({ geometry, ...asked }: EnergyRequest): Promise<number> => {
    const basis = await basisSets(asked);
    return basis ? stateMemory_bytes({ ...asked, symbols: geometry.symbols }, basis) : 0;
  };
  return {
    async run(task, input, options = {}) {
      if (task !== "evaluate") return dispatcher.run(task, input, options);
      // The task's name says what its input is.
      const leave = await room(await bytesOf(input as EnergyRequest), options.signal);
      try {
        return await dispatcher.run(task, input, options);
      } finally {
        leave();
      }
    },
    [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
  };
}
