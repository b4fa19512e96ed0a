/**
 * A property of the molecules of a benchmark set against the set's values, at the set's geometries or at those that campaigns would make.
 *
 *     npm run bench -- properties --property vertical-ionisation-energy --set FILE --out rows.jsonl [--basis NAME] [--method b3lyp] [--solvent NAME] [--atoms 12] [--paired] [--made] [--plot FILE.svg]
 *
 * --method, --solvent: settings of the property. --out: a line for each molecule; those that it has are not computed again. --atoms: the most atoms other than hydrogen. --paired: closed shells alone. --made: geometries
 * of the SMILES, as a campaign of seed 1 makes them; molecules without a SMILES, or of which none can be made, are
 * left out.
 */
import { appendFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { embedStage } from "#core/orchestration/stages/embed/run.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { usualEvaluation } from "#shared/campaign/campaign.ts";
import { mainValue } from "#shared/properties/evaluation.ts";
import { PropertyId, propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { completeSettings, type PropertySettings } from "#shared/properties/settings.ts";
import { plotScatter } from "./properties/scatter.ts";
import { type ReferenceMolecule, readSet } from "./properties/sets.ts";
import { type Compared, printCompared, printHalves, readRows } from "./properties/table.ts";

interface Row {
  readonly name: string;
  readonly smiles: string;
  readonly basis: string;
  readonly reference: number;
  readonly computed: number | null;
  readonly outcome: string;
  /** Of processor time, on one thread. */
  readonly seconds: number;
  /** What its states tell of the trust that it deserves. */
  readonly states: Readonly<Record<string, { spinSquare: number | null; amplitude: number | null }>>;
}

const resources = fileURLToPath(new URL("../resources", import.meta.url));

/** At the geometry that a campaign would make of its SMILES; undefined where there is none. */
async function made(one: ReferenceMolecule): Promise<ReferenceMolecule | undefined> {
  const { smiles, charge, multiplicity } = one;
  const asked = { smiles, seed: SEED, charge, multiplicity };
  const found = await embedStage.run(asked, { resources, threads: 1 });
  const isSame = found.outcome === "embedded" && found.conformer.geometry.symbols.length === atomsOf(one);
  return isSame ? { ...one, geometry: found.conformer.geometry } : undefined;
}

const SEED = 1;
const atomsOf = ({ geometry: { symbols } }: ReferenceMolecule): number => symbols.length;

async function compute(
  property: PropertyId,
  { geometry, charge, multiplicity, value, name, smiles }: ReferenceMolecule,
  { basis, asked }: { basis: string; asked: PropertySettings },
): Promise<Row> {
  const { maxEvaluations: _, property: __, ...level } = usualEvaluation(property, { basis });
  const { settings: declared, unit } = propertyOf(property);
  const settings = completeSettings(property, {
    ...("activeSpace" in declared && { activeSpace: false }),
    ...asked,
  });
  const begin = process.cpuUsage();
  // Of properties of one geometry no protocol asks for other structures.
  const structures = {} as Candidate["structures"];
  const candidate = { geometry, molblock: "", structures, charge, multiplicity, level, settings };
  const { evaluation } = await evaluateCandidate(property, candidate, (request) =>
    evaluateEnergy(request, { resources }),
  );
  const stored = mainValue(evaluation, settings);
  const { user, system } = process.cpuUsage(begin);
  const states = Object.entries(evaluation.states).map(([state, result]) => {
    const spinSquare = "hartreeFock" in result ? result.hartreeFock.spinSquare : null;
    const amplitude = "mp2" in result ? (result.mp2?.largestAmplitude ?? null) : null;
    return [state, { spinSquare, amplitude }];
  });
  return {
    name,
    smiles,
    basis,
    reference: value,
    computed: stored === null ? null : UNITS[unit].fromStored(stored),
    outcome: evaluation.outcome,
    seconds: (user + system) / 1e6,
    states: Object.fromEntries(states),
  };
}

function report(rows: readonly Row[], { plot, unit }: { plot: string | undefined; unit: string }): void {
  const compared = rows.flatMap((row): Compared[] =>
    row.computed === null ? [] : [{ ...row, computed: row.computed }],
  );
  printHalves(compared);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(
    `${(seconds / rows.length).toFixed(1)} s of processor time a molecule; without a value: ${rows.length - compared.length}`,
  );
  const size = ({ computed, reference }: Compared): number => Math.abs(computed - reference);
  printCompared(
    [...compared].sort((a, b) => size(b) - size(a)),
    2,
  );
  if (plot !== undefined) plotScatter(plot, compared, unit);
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      property: { type: "string" },
      set: { type: "string" },
      out: { type: "string" },
      basis: { type: "string" },
      atoms: { type: "string", default: "99" },
      paired: { type: "boolean", default: false },
      made: { type: "boolean", default: false },
      plot: { type: "string" },
      method: { type: "string" },
      solvent: { type: "string" },
    },
  });
  const property = PropertyId.parse(values.property);
  const { basis = propertyOf(property).basis, out = "properties.jsonl" } = values;
  const { method, solvent } = values;
  const settings = { ...(method && { method }), ...(solvent && { solvent }) };
  const isHeavy = (symbol: string): boolean => symbol !== "H";
  const asked = readSet(property, values.set ?? "").filter(
    ({ geometry, multiplicity }) =>
      geometry.symbols.filter(isHeavy).length <= Number(values.atoms) &&
      (!values.paired || multiplicity === 1),
  );
  const known = new Set(readRows<Row>(out).map(({ name }) => name));
  for (const one of asked) {
    if (known.has(one.name)) continue;
    const placed = values.made ? await made(one) : one;
    if (placed)
      appendFileSync(out, `${JSON.stringify(await compute(property, placed, { basis, asked: settings }))}\n`);
    else console.log(`${one.name}: no geometry of ${one.smiles}`);
  }
  report(readRows<Row>(out), { plot: values.plot, unit: propertyOf(property).unit });
}
