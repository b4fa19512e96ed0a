/** Tasks in this program and in PySCF one after the other, each in a process of its own, a row for each part of a task. */
import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { ratio, seconds } from "../chemistry/table.ts";
import { peerLines } from "../peers/run.ts";
import { header, print } from "../vqe/table.ts";
import type { Part, Report, Task } from "./task.ts";

const child = fileURLToPath(new URL("./own.ts", import.meta.url));

/** What a bench was asked for. */
export interface Asked {
  peers: boolean;
  /** Each number of them in turn. */
  threads: readonly number[];
}

export function ownReport(task: Task, threads: number): Report {
  const output = execFileSync(process.execPath, [child, JSON.stringify(task), String(threads)], {
    encoding: "utf8",
  });
  return JSON.parse(output) as Report;
}

/** @param program of bench/peers/compare.py */
export function peerReport(task: Task, threads: number, program = "pyscf"): Report {
  const environment = program === "block2" ? "multireference" : "chemistry";
  const script = { environment, name: "compare.py", threads, rest: [program] };
  return peerLines(task, script)[0] as Report; // one line of one task
}

/** Load of the machine over the last minute, this bench included. */
export const load = (): string => loadavg()[0]!.toFixed(1);

export const timesOf = ({ wall, cpu }: Part): string[] => [seconds(wall), seconds(cpu)];

/** Energies agree to this, Hartree, where both programs did the same. */
const difference = (own: Part, peer: Part | undefined): string =>
  own.energy === null || peer?.energy == null ? "–" : (own.energy - peer.energy).toExponential(0);

/** A report, or in words why there is none. */
function attempted(report: () => Report): Report | string {
  try {
    return report();
  } catch (error) {
    const told = (error as { stderr?: string }).stderr ?? "";
    return /^\w*Error: (.*)$/m.exec(told)?.[1] ?? (error as Error).message;
  }
}

export function compare(title: string, tasks: readonly Task[], { peers, threads }: Asked): void {
  header(
    ...[title, "threads", "wall s", "CPU s", "peak MB", "PySCF wall s", "PySCF CPU s", "PySCF peak MB"],
    ...["CPU ratio", "ΔE Eh", "detail", "PySCF detail", "load"],
  );
  for (const task of tasks)
    for (const count of threads) {
      const own = attempted(() => ownReport(task, count));
      if (typeof own === "string") {
        print(task.name, count, `failed: ${own}`, ...new Array<string>(9).fill("–"), load());
        continue;
      }
      const found = peers ? attempted(() => peerReport(task, count)) : undefined;
      if (typeof found === "string") print(task.name, count, `PySCF failed: ${found}`);
      const peer = typeof found === "string" ? undefined : found;
      for (const part of own.parts) {
        const other = peer?.parts.find((one) => one.part === part.part);
        print(
          ...[`${task.name}, ${part.part}`, count, ...timesOf(part), own.peakMB.toFixed(0)],
          ...(other ? timesOf(other) : ["–", "–"]),
          ...[peer?.peakMB.toFixed(0) ?? "–", ratio(part.cpu, other?.cpu), difference(part, other)],
          ...[part.detail || "–", other?.detail || "–", load()],
        );
      }
    }
}
