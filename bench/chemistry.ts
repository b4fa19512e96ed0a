/**
 * Times of the chemistry engine, and with `--peers` of PySCF on the same geometries in the same run.
 *
 *     npm run bench -- chemistry [--peers] [--data qm9.csv.gz] [--molecules 500] [--limit 24] [--only rhf,ci,…]
 *
 * --data: a CSV or SMILES file whose first column is SMILES; without it the screening takes the reference set's molecules.
 * --limit: molecules of the screening that PySCF computes.
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { native } from "#core/quantum/native/native.ts";
import { cancelSection } from "./chemistry/cancel.ts";
import { ciSection } from "./chemistry/ci.ts";
import { costLawSection } from "./chemistry/cost-law.ts";
import { coupledClusterSection } from "./chemistry/coupled-cluster.ts";
import { functionalSection } from "./chemistry/functionals.ts";
import { gradientSection } from "./chemistry/gradient.ts";
import { hartreeFockSection } from "./chemistry/hartree-fock.ts";
import { memorySection } from "./chemistry/memory.ts";
import { runPeer } from "./chemistry/peer.ts";
import { screeningSection } from "./chemistry/screening.ts";
import { seconds } from "./chemistry/table.ts";
import { screeningProblems } from "./problems/chemistry.ts";
import { libraryProblems } from "./problems/library.ts";

const SECTIONS = ["rhf", "gradient", "functionals", "ci", "cc", "screening", "law", "cancel", "memory"];

function printMachine(peers: boolean): void {
  const begin = performance.now();
  const addon = native();
  const loaded = performance.now() - begin;
  console.log(
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${addon.instructionSet()}, Node ${process.version}, ` +
      `build ${addon.buildId()}, ${new Date().toISOString().slice(0, 10)}`,
  );
  const peer = peers
    ? `; PySCF's imports and first small run ${seconds(runPeer([], { threads: 1 }).startUp)} s`
    : "";
  console.log(`start-up, in no other time: addon ${seconds(loaded)} s${peer}`);
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      peers: { type: "boolean", default: false },
      data: { type: "string" },
      molecules: { type: "string", default: "500" },
      limit: { type: "string", default: "24" },
      only: { type: "string", default: SECTIONS.join(",") },
    },
  });
  const { peers, data } = values;
  const wanted = values.only.split(",");
  const unknown = wanted.find((section) => !SECTIONS.includes(section));
  if (unknown !== undefined)
    throw new Error(`--only: expected some of ${SECTIONS.join(", ")}, got ${unknown}`);
  printMachine(peers);
  if (wanted.includes("rhf")) await hartreeFockSection(peers);
  if (wanted.includes("gradient")) await gradientSection(peers);
  if (wanted.includes("functionals")) functionalSection(peers);
  if (wanted.includes("ci")) await ciSection(peers);
  if (wanted.includes("cc")) await coupledClusterSection(peers);
  if (wanted.includes("screening")) {
    const problems = data ? await libraryProblems(data, Number(values.molecules)) : screeningProblems();
    await screeningSection(problems, { peers, limit: Number(values.limit) });
  }
  if (wanted.includes("law")) await costLawSection();
  if (wanted.includes("cancel")) await cancelSection();
  if (wanted.includes("memory")) await memorySection();
}
