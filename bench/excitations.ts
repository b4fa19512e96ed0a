/**
 * Lowest singlet and triplet excitations of a set's molecules by NEVPT2 on CASSCF states, all averaged, with nothing chosen by hand: three
 * singlets and three triplets, so that both of a degenerate pair and the orbitals of n → π* and π → π* are among them.
 *
 *     npm run bench -- excitations --set FILE --out rows.jsonl [--basis def2-svpd] [--space excitations:0.05] [--molecules 20]
 *
 * --out: a line for each molecule; those that it has are not computed again. --molecules: so many, the smallest first.
 */
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { spearman } from "#shared/campaign/statistics.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import { totalEnergy } from "#shared/quantum/multireference-result.ts";
import { toElectronVolt } from "#shared/units.ts";
import { type ReferenceMolecule, readSet } from "./properties/sets.ts";
import { type Compared, printCompared, readRows } from "./properties/table.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));
const STATES = 3;

interface Row {
  readonly name: string;
  readonly smiles: string;
  /** eV; null where the set has none that is safe and of valence. */
  readonly reference: { readonly S1: number | null; readonly T1: number | null };
  /** eV; null where the states did not converge. */
  readonly computed: { readonly S1: number; readonly T1: number } | null;
  /** Of processor time, on one thread. */
  readonly seconds: number;
}

type Asked = Omit<ReferenceMolecule, "value"> & { readonly reference: Row["reference"] };

/** Molecules with either value, the smallest first. */
function askedOf(path: string): Asked[] {
  const [singlets, triplets] = [readSet("first-excitation", path), readSet("triplet-energy", path)];
  const valueIn = (set: readonly ReferenceMolecule[], name: string): number | null =>
    set.find((one) => one.name === name)?.value ?? null;
  const all = new Map([...singlets, ...triplets].map((one) => [one.name, one]));
  const size = ({ geometry: { symbols } }: Asked): number =>
    symbols.reduce((sum, symbol) => sum + (symbol === "H" ? 1 : 4), 0);
  return [...all.values()]
    .map(({ value: _, ...one }) => ({
      ...one,
      reference: { S1: valueIn(singlets, one.name), T1: valueIn(triplets, one.name) },
    }))
    .sort((a, b) => size(a) - size(b));
}

async function compute(
  { geometry, charge, multiplicity, name, smiles, reference }: Asked,
  { basis, space }: { basis: string; space: string },
): Promise<Row> {
  const begin = process.cpuUsage();
  const { multireference } = await evaluateEnergy(
    {
      ...{ geometry, charge, multiplicity, basis, method: "casscf", pt2: "nevpt2" },
      activeSpace: readActiveSpace(space),
      spinStates: [1, 3].map((spin) => ({ multiplicity: spin, count: STATES })),
      ...{ ansatz: "uccsd", maxIterations: 200 },
    },
    { resources },
  );
  const { user, system } = process.cpuUsage(begin);
  const energies = (spin: number): number[] =>
    (multireference?.states ?? [])
      .filter((state) => state.multiplicity === spin)
      .map(totalEnergy)
      .sort((a, b) => a - b);
  const [ground = Number.NaN, excited = Number.NaN] = energies(1);
  const [triplet = Number.NaN] = energies(3);
  const isReached = multireference?.outcome === "converged";
  const computed = { S1: toElectronVolt(excited - ground), T1: toElectronVolt(triplet - ground) };
  return { name, smiles, reference, computed: isReached ? computed : null, seconds: (user + system) / 1e6 };
}

/** ρ, mean absolute and mean error, and every molecule, the worst first. */
function report(rows: readonly Row[], state: "S1" | "T1"): void {
  const compared = rows.flatMap(({ name, smiles, reference, computed }): Compared[] =>
    reference[state] === null || computed === null
      ? []
      : [{ name, smiles, reference: reference[state], computed: computed[state] }],
  );
  const errors = compared.map(({ computed, reference }) => computed - reference);
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
  const rho = spearman(compared.map(({ computed, reference }) => [computed, reference]));
  console.log(
    `${state}: ${compared.length} molecules, ρ ${rho?.toFixed(3) ?? "–"}, MAE ${meanOf(errors.map(Math.abs)).toFixed(2)}, mean ${meanOf(errors).toFixed(2)} eV`,
  );
  const size = ({ computed, reference }: Compared): number => Math.abs(computed - reference);
  printCompared(
    [...compared].sort((a, b) => size(b) - size(a)),
    2,
  );
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      set: { type: "string", default: "" },
      out: { type: "string", default: "excitations.jsonl" },
      basis: { type: "string", default: "def2-svpd" },
      space: { type: "string", default: "excitations:0.05" },
      molecules: { type: "string", default: "20" },
    },
  });
  const { set, out, ...level } = values;
  const known = new Set(readRows<Row>(out).map(({ name }) => name));
  for (const one of askedOf(set).slice(0, Number(values.molecules))) {
    if (known.has(one.name)) continue;
    appendFileSync(out, `${JSON.stringify(await compute(one, level))}\n`);
  }
  const rows = readRows<Row>(out);
  for (const state of ["S1", "T1"] as const) report(rows, state);
  const failed = rows.filter(({ computed }) => computed === null).map(({ name }) => name);
  console.log(`not converged: ${failed.join(", ") || "none"}`);
}
