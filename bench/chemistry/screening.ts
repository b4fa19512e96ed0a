/** RHF and CASCI(4,4) in 6-31G of many small molecules, two at a time. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Problem } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import type { OwnTimes } from "./measure.ts";
import { runPeer } from "./peer.ts";

const PROCESSES = 2;

/** All problems on two threads that take the next as they are free; the wall time in ms, and the molecules by name. */
async function screen(
  problems: readonly Problem[],
): Promise<{ wall: number; byName: Map<string, OwnTimes> }> {
  const byName = new Map<string, OwnTimes>();
  let next = 0;
  const drain = async (worker: Worker) => {
    for (let k = next++; k < problems.length; k = next++) {
      worker.postMessage(problems[k]);
      const [{ times, error }] = (await once(worker, "message")) as [{ times?: OwnTimes; error?: string }];
      if (!times) throw new Error(`${problems[k]!.name}: ${error}`);
      byName.set(times.name, times);
    }
  };
  const workers = Array.from(
    { length: PROCESSES },
    () => new Worker(new URL("./worker.ts", import.meta.url), { workerData: {} }),
  );
  await Promise.all(workers.map((worker) => once(worker, "online")));
  const begin = performance.now();
  await Promise.all(workers.map(drain));
  const wall = performance.now() - begin;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { wall, byName };
}

export async function screeningSection(
  problems: readonly Problem[],
  { peers, limit }: { peers: boolean; limit: number },
): Promise<void> {
  header(
    "RHF and CASCI(4,4) in 6-31G, ≤ 9 heavy atoms, two processes or threads",
    ...["molecules", "converged", "wall s", "molecules an hour"],
  );
  const perHour = (count: number, wall: number) => Math.round((3.6e6 * count) / wall);
  const own = await screen(problems);
  const converged = [...own.byName.values()].filter((times) => times.converged).length;
  print(
    "this program",
    problems.length,
    converged,
    (own.wall / 1e3).toFixed(1),
    perHour(problems.length, own.wall),
  );
  if (!peers) return;
  // spread over the list, since larger molecules may come last
  const every = Math.max(1, Math.floor(problems.length / limit));
  const sample = problems.filter((_, i) => i % every === 0).slice(0, limit);
  const peer = runPeer(sample, { threads: 1, processes: PROCESSES });
  const rows = [...peer.byName.values()];
  print(
    ...["PySCF", rows.length, rows.filter((row) => row.converged).length],
    ...[(peer.wall / 1e3).toFixed(1), perHour(rows.length, peer.wall)],
  );
  const ours = await screen(sample);
  const differences = rows.map((row) => Math.abs(row.casciEnergy! - ours.byName.get(row.name)!.casciEnergy!));
  console.log(
    `the same ${rows.length} by this program: ${perHour(rows.length, ours.wall)} an hour, ratio ` +
      `${(ours.wall / peer.wall).toPrecision(2)}; CASCI energies differ by at most ${Math.max(...differences).toExponential(0)} Eh`,
  );
}
