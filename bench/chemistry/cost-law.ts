/** Time and memory against the number of basis functions and of determinants. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { waterRow } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { best, type OwnTimes } from "./measure.ts";
import { exponent, seconds } from "./table.ts";

async function functions(): Promise<void> {
  header("cost law: rows of water in 6-31G", "functions", "iterations", "CPU s", "integrals kept MB");
  const rows: OwnTimes[] = [];
  for (const n of [2, 4, 8, 16]) {
    const own = await best(waterRow(n, "6-31g"), { threads: 1 });
    rows.push(own);
    print(own.name, own.nBasis, own.iterations, seconds(own.cpu), own.storedMB.toFixed(0));
  }
  const sizes = rows.map((row) => row.nBasis);
  const law = (value: (row: OwnTimes) => number) => exponent(sizes, rows.map(value)).toFixed(2);
  console.log(
    `time an iteration ∝ functions^${law((row) => row.cpu / row.iterations)}, ` +
      `integrals kept ∝ functions^${law((row) => row.storedMB)}`,
  );
}

export interface ChainTimes extends OwnTimes {
  /** Peak of the whole process. */
  residentMB: number;
}

const child = fileURLToPath(new URL("./hydrogen-chain.ts", import.meta.url));

/** FCI of a chain of n hydrogens in a process of its own, so that its peak of memory is its own. */
const chain = (n: number): ChainTimes =>
  JSON.parse(execFileSync(process.execPath, [child, String(n)], { encoding: "utf8" })) as ChainTimes;

function determinants(): void {
  header(
    ...["cost law: FCI of hydrogen chains in STO-3G, two threads", "determinants", "iterations"],
    ...["wall s", "CPU s", "peak MB of the process"],
  );
  const rows: ChainTimes[] = [];
  for (const n of [6, 8, 10, 12, 14]) {
    const row = chain(n);
    rows.push(row);
    print(
      ...[`${row.name} (${n}e,${n}o)`, row.determinants!, row.ciIterations!],
      ...[seconds(row.casciWall), seconds(row.casciCpu), row.residentMB.toFixed(0)],
    );
  }
  const [smallest, ...fitted] = rows;
  const law = (value: (row: ChainTimes) => number) =>
    exponent(
      fitted.map((row) => row.determinants!),
      fitted.map(value),
    ).toFixed(2);
  const bytes = (1e6 * (rows.at(-1)!.residentMB - smallest!.residentMB)) / rows.at(-1)!.determinants!;
  console.log(
    `time an iteration ∝ determinants^${law((row) => row.casciCpu! / row.ciIterations!)}; ` +
      `memory of the largest: ${bytes.toFixed(0)} bytes a determinant`,
  );
}

export async function costLawSection(): Promise<void> {
  await functions();
  determinants();
}
