/** PySCF on the same problems, in a process of its own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peerPython } from "../peers/venv.ts";
import type { Problem } from "../problems/chemistry.ts";
import type { Times } from "./measure.ts";

const script = fileURLToPath(new URL("../peers/chemistry.py", import.meta.url));

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
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problems.json");
    writeFileSync(path, JSON.stringify(problems));
    const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
    const python = peerPython("chemistry");
    const output = execFileSync(python, [script, path, String(threads), String(processes)], {
      env,
      encoding: "utf8",
    });
    const rows = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Times | Omit<PeerRun, "byName">);
    const times = rows.filter((row) => "name" in row);
    const total = rows.find((row) => "startUp" in row)!;
    return { ...total, byName: new Map(times.map((row) => [row.name, row])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
