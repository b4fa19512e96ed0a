/** What an energy within a given error of full CI costs: selected CI here and in PySCF, DMRG in block2. */
import { ratio } from "../chemistry/table.ts";
import { header, print } from "../vqe/table.ts";
import { type Asked, load, ownReport, peerReport, timesOf } from "./rows.ts";
import type { Part, SelectedTask } from "./task.ts";

const PROGRAMS = {
  "this program": undefined,
  "PySCF selected CI": "pyscf",
  "block2 DMRG": "block2",
} as const;

/** The first run that is good enough; undefined where none is. */
const enough = (parts: readonly Part[], { exact_hartree, error_hartree }: SelectedTask): Part | undefined =>
  parts.find(({ energy }) => energy !== null && Math.abs(energy - exact_hartree) <= error_hartree);

export function selectedSection(tasks: readonly SelectedTask[], { peers, threads }: Asked): void {
  for (const task of tasks) {
    header(
      ...[`${task.name} to ${task.error_hartree} Eh`, "run", "threads", "less the exact energy, Eh"],
      ...["wall s", "CPU s", "peak MB", "load"],
    );
    for (const count of threads) {
      const found = new Map<string, Part | undefined>();
      for (const [name, program] of Object.entries(PROGRAMS)) {
        if (program && !peers) continue;
        const { parts, peakMB } = program ? peerReport(task, count, program) : ownReport(task, count);
        for (const part of parts)
          print(name, part.part, count, part.detail, ...timesOf(part), peakMB.toFixed(0), load());
        found.set(name, enough(parts, task));
      }
      const [own, ...others] = [...found];
      for (const [name, other] of others)
        console.log(
          `processor time of the first run within ${task.error_hartree} Eh, ours with PT2: ` +
            `${own?.[1] && other ? ratio(own[1].cpu, other.cpu) : "none reached it,"} of ${name}'s on ${count}`,
        );
    }
  }
}
