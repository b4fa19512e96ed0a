/** How long calculations of (12e,12o) and 24 qubits take to stop when asked to. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { header, milliseconds, print } from "./table.ts";

/** When to cancel, seconds after the beginning: in the start vectors, and in several sweeps. */
const MOMENTS_S = [0.05, 0.3, 0.7, 1.1, 1.6, 2.1, 2.9, 3.7];
const NAMES = {
  vqe: "UCCSD-VQE (12e,12o)",
  adapt: "ADAPT-VQE (12e,12o)",
  casci: "exact CI (12e,12o)",
  circuit: "circuit of 24 qubits",
  gradient: "gradient of a circuit of 24 qubits",
  noise: "24 qubits with noise",
};

export async function cancelSection(): Promise<void> {
  header("cancelled while it runs", "cancels", "median, ms", "longest, ms (goal 100)");
  const control = createControlBlock();
  const worker = new Worker(new URL("./cancel-worker.ts", import.meta.url), { workerData: control });
  await once(worker, "message");
  for (const [name, title] of Object.entries(NAMES)) {
    const latencies: number[] = [];
    for (const moment of MOMENTS_S) {
      Atomics.store(control, 0, 0);
      worker.postMessage(name);
      await once(worker, "message");
      await sleep(1000 * moment);
      const begin = performance.now();
      requestCancel(control);
      const [reason] = (await once(worker, "message")) as [string];
      if (reason !== "AbortError") throw new Error(`${title}: expected AbortError, got ${reason}`);
      latencies.push(performance.now() - begin);
    }
    latencies.sort((a, b) => a - b);
    const median = latencies[latencies.length >> 1]!;
    print(title, latencies.length, milliseconds(median), milliseconds(latencies.at(-1)));
  }
  await worker.terminate();
}
