/** Runs problems on a thread of its own and posts what came of each; with `repeat` until it is cancelled. */
import { parentPort, workerData } from "node:worker_threads";
import type { ControlBlock } from "#core/quantum/control-block.ts";
import type { Problem } from "../problems/chemistry.ts";
import { runOnce } from "./measure.ts";

const { control, repeat = false } = workerData as { control?: ControlBlock; repeat?: boolean };

parentPort!.on("message", async (problem: Problem) => {
  try {
    const options = { threads: 1, ...(control && { control }) };
    let times = await runOnce(problem, options);
    while (repeat) times = await runOnce(problem, options);
    parentPort!.postMessage({ times });
  } catch (error) {
    parentPort!.postMessage({ error: (error as Error).name });
  }
});
