/** PySCF on the same problems, in a process of its own. */
import { peerLines } from "../peers/run.ts";
import type { Problem } from "../problems/chemistry.ts";
import type { Times } from "./measure.ts";

export interface PeerRun {
  byName: Map<string, Times>;
  /** Milliseconds for imports and a first small run; in no other time. */
  startUp: number;
  /** Milliseconds by the clock for all problems. */
  wall: number;
}

/** Threads of one calculation, and calculations side by side. */
export interface PeerOptions {
  threads: number;
  processes?: number;
}

export function runPeer(problems: readonly Problem[], { threads, processes = 1 }: PeerOptions): PeerRun {
  const script = { environment: "chemistry", name: "chemistry.py", threads, rest: [String(processes)] };
  const rows = peerLines(problems, script) as (Times | Omit<PeerRun, "byName">)[];
  const times = rows.filter((row) => "name" in row);
  const total = rows.find((row) => "startUp" in row)!; // the script's last line
  return { ...total, byName: new Map(times.map((row) => [row.name, row])) };
}
