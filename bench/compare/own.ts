/** One task in this program, as JSON: node own.ts task threads. */
import { fieldParts, fittedMp2Parts, vibrationsParts } from "./own-classical.ts";
import { casscfParts, selectedParts, spinsParts } from "./own-multireference.ts";
import type { Parts } from "./own-parts.ts";
import type { Report, Task, TaskOf } from "./task.ts";

const KINDS: { [K in Task["kind"]]: (task: TaskOf<K>, threads: number) => Promise<Parts> } = {
  casscf: casscfParts,
  spins: spinsParts,
  selected: selectedParts,
  field: fieldParts,
  "fitted-mp2": fittedMp2Parts,
  vibrations: vibrationsParts,
};

const run = <K extends Task["kind"]>(task: TaskOf<K> & { kind: K }, threads: number): Promise<Parts> =>
  KINDS[task.kind](task, threads);

const [text = "", threads] = process.argv.slice(2);
const { list } = await run(JSON.parse(text) as Task, Number(threads));
// maxRSS is in KiB
const report: Report = { parts: list, peakMB: (process.resourceUsage().maxRSS * 1024) / 1e6 };
console.log(JSON.stringify(report));
