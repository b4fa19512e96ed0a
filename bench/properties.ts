/**
 * A property of the molecules of a benchmark set against the set's values, at the set's geometries.
 *
 *     npm run bench -- properties --property vertical-ionisation-energy --set FILE --out rows.jsonl [--basis NAME] [--atoms 12]
 *
 * --out: a line for each molecule; those that it has are not computed again. --atoms: the most atoms other than hydrogen.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { mainValue } from "#shared/properties/evaluation.ts";
import { PropertyId, propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { completeSettings } from "#shared/properties/settings.ts";
import { type ReferenceMolecule, readSet } from "./properties/sets.ts";
import { type Compared, halfOf, lineThrough, summaryLine } from "./properties/table.ts";

interface Row {
  readonly name: string;
  readonly smiles: string;
  readonly basis: string;
  readonly reference: number;
  readonly computed: number | null;
  readonly outcome: string;
  readonly seconds: number;
  /** What its states tell of the trust that it deserves. */
  readonly states: Readonly<Record<string, { spinSquare: number | null; amplitude: number | null }>>;
}

const resources = fileURLToPath(new URL("../resources", import.meta.url));

async function compute(
  property: PropertyId,
  { geometry, charge, multiplicity, value, name, smiles }: ReferenceMolecule,
  basis: string,
): Promise<Row> {
  const { maxEvaluations: _, property: __, ...level } = EvaluationSettings.parse({ property, basis });
  const { settings: declared, unit } = propertyOf(property);
  const settings = completeSettings(property, "activeSpace" in declared ? { activeSpace: false } : {});
  const begin = performance.now();
  // Of properties of one geometry no protocol asks for other structures.
  const structures = {} as Candidate["structures"];
  const candidate = { geometry, molblock: "", structures, charge, multiplicity, level, settings };
  const { evaluation } = await evaluateCandidate(property, candidate, (request) =>
    evaluateEnergy(request, { resources }),
  );
  const stored = mainValue(evaluation, settings);
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
    seconds: (performance.now() - begin) / 1000,
    states: Object.fromEntries(states),
  };
}

const readRows = (path: string): Row[] =>
  existsSync(path)
    ? readFileSync(path, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Row)
    : [];

function report(rows: readonly Row[]): void {
  const compared = rows.flatMap((row): Compared[] =>
    row.computed === null ? [] : [{ ...row, computed: row.computed }],
  );
  const half = (which: string) => compared.filter(({ smiles }) => halfOf(smiles) === which);
  const line = lineThrough(half("fit"));
  console.log(`line on the half that fits: ${line.slope.toFixed(3)} · computed + ${line.offset.toFixed(2)}`);
  console.log("| half | n | ρ | MAE | MAE, line | mean | largest |\n|---|---|---|---|---|---|---|");
  for (const [name, some] of [
    ["fit", half("fit")],
    ["test", half("test")],
    ["all", compared],
  ] as const)
    console.log(summaryLine(name, some, line));
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(
    `${(seconds / rows.length).toFixed(1)} s a molecule; without a value: ${rows.length - compared.length}`,
  );
  const size = ({ computed, reference }: Compared): number => Math.abs(computed - reference);
  for (const { name, computed, reference } of [...compared].sort((a, b) => size(b) - size(a)))
    console.log(
      `${name}\t${computed.toFixed(2)}\t${reference.toFixed(2)}\t${(computed - reference).toFixed(2)}`,
    );
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
    },
  });
  const property = PropertyId.parse(values.property);
  const { basis = propertyOf(property).basis, out = "properties.jsonl" } = values;
  const isHeavy = (symbol: string): boolean => symbol !== "H";
  const asked = readSet(property, values.set ?? "").filter(
    ({ geometry }) => geometry.symbols.filter(isHeavy).length <= Number(values.atoms),
  );
  const known = new Set(readRows(out).map(({ name }) => name));
  for (const one of asked)
    if (!known.has(one.name)) appendFileSync(out, `${JSON.stringify(await compute(property, one, basis))}\n`);
  report(readRows(out));
}
