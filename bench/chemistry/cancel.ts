/** How long calculations take to stop when asked to. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { cancelProblems } from "../problems/chemistry.ts";
import { header, milliseconds, print } from "../vqe/table.ts";

/** When to cancel, seconds after the beginning. */
const MOMENTS_S = [0.02, 0.1, 0.3, 0.6, 1, 1.7];

export async function cancelSection(): Promise<void> {
  header("cancelled while it runs", "cancels", "median, ms", "longest, ms (goal 100)");
  const control = createControlBlock();
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { control, repeat: true },
  });
  const problems = cancelProblems();
  // cancelled before it begins: the thread has started by the time this comes back
  requestCancel(control);
  worker.postMessage(problems[0]);
  await once(worker, "message");
  for (const problem of problems) {
    const latencies: number[] = [];
    for (const moment of MOMENTS_S) {
      Atomics.store(control, 0, 0);
      worker.postMessage(problem);
      await sleep(1000 * moment);
      const begin = performance.now();
      requestCancel(control);
      const [{ error }] = (await once(worker, "message")) as [{ error?: string }];
      if (error !== "AbortError") throw new Error(`${problem.name}: expected AbortError, got ${error}`);
      latencies.push(performance.now() - begin);
    }
    latencies.sort((a, b) => a - b);
    print(
      problem.name,
      latencies.length,
      milliseconds(latencies[latencies.length >> 1]),
      milliseconds(latencies.at(-1)),
    );
  }
  await worker.terminate();
}
