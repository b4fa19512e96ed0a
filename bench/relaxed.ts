/**
 * Properties of relaxed structures against the values of a set, from SMILES.
 *
 *     npm run bench -- relaxed --property proton-affinity --set experiment.json --out rows.jsonl [--basis NAME] [--method b3lyp] [--only SMILES,SMILES] [--plot FILE.svg]
 *     npm run bench -- relaxed --property reduction-potential --set redox_potentials.json --electrode Fc+/Fc --solvent acetonitrile --out rows.jsonl
 *     npm run bench -- relaxed --property lithium-affinity --set cation_binding.json --out rows.jsonl
 *
 * --out: a line for each molecule; those that it has are not computed again.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { structuresOf } from "#core/orchestration/stages/evaluate/structures.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import { usualEvaluation } from "#shared/campaign/campaign.ts";
import { mainValue } from "#shared/properties/evaluation.ts";
import { PropertyId, propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { completeSettings, type PropertySettings } from "#shared/properties/settings.ts";
import { plotScatter } from "./properties/scatter.ts";
import { type Compared, printCompared, printHalves, readRows } from "./properties/table.ts";

interface Reference {
  readonly name: string;
  readonly smiles: string;
  /** In the unit that the property is shown in. */
  readonly value: number;
}

interface Sets {
  readonly proton_affinities_298K?: readonly (Omit<Reference, "value"> & { value_kJ_per_mol: number })[];
  readonly entries?: readonly (Omit<Reference, "value"> & {
    ion: string;
    interaction_kcal_mol?: number;
    binding_relaxed_best_estimate_kcal_mol?: number;
  })[];
}

interface Potential extends Omit<Reference, "value"> {
  readonly couple: string;
  readonly n_electrons_transferred: number;
  readonly n_protons_transferred: number;
  readonly E_V: number;
  readonly reference_electrode: string;
  readonly solvent: string;
}

/** Of the group of one electrode and solvent, neutral molecules that take up one electron. */
function readPotentials(path: string, { electrode, solvent }: Group): Reference[] {
  const { entries } = JSON.parse(readFileSync(path, "utf8")) as { entries: readonly Potential[] };
  return entries
    .filter((entry) => entry.n_electrons_transferred === 1 && entry.n_protons_transferred === 0)
    .filter((entry) => /^(Q|Ox) \+/.test(entry.couple))
    .filter((entry) => entry.reference_electrode === electrode)
    .filter((entry) => entry.solvent.toLowerCase().startsWith(solvent))
    .map(({ name, smiles, E_V }) => ({ name, smiles, value: E_V }));
}

interface Group {
  /** As the set names it. */
  readonly electrode: string;
  /** Of the set's name for it, the beginning. */
  readonly solvent: string;
}

function readSet(property: PropertyId, path: string, group: Group): Reference[] {
  if (property === "reduction-potential") return readPotentials(path, group);
  const { proton_affinities_298K = [], entries = [] } = JSON.parse(readFileSync(path, "utf8")) as Sets;
  if (property === "proton-affinity")
    return proton_affinities_298K.map((entry) => ({ ...entry, value: entry.value_kJ_per_mol }));
  const ion = property === "lithium-affinity" ? "Li+" : "Na+";
  return entries
    .filter((entry) => entry.ion === ion)
    .flatMap(({ name, smiles, ...entry }) => {
      const value = entry.interaction_kcal_mol ?? entry.binding_relaxed_best_estimate_kcal_mol;
      const kind = entry.interaction_kcal_mol === undefined ? "computed" : "literature";
      return value === undefined ? [] : [{ name: `${name}, ${kind}`, smiles, value }];
    });
}

const resources = fileURLToPath(new URL("../resources", import.meta.url));

async function compute(
  property: PropertyId,
  { name, smiles, value }: Reference,
  { basis, asked }: { basis?: string | undefined; asked: PropertySettings },
): Promise<object> {
  const chemistry = await openChemistry({ filtersDirectory: join(resources, "filters") });
  const found = chemistry.embed(smiles, { seed: 1 });
  if (found.outcome === "failed") return { name, smiles, reference: value, computed: null };
  const { maxEvaluations: _, property: __, ...level } = usualEvaluation(property, { basis });
  const { geometry, molblock } = found.conformer;
  const settings = completeSettings(property, asked);
  const begin = process.cpuUsage().user;
  const { evaluation } = await evaluateCandidate(
    property,
    { geometry, molblock, structures: structuresOf(molblock), charge: 0, multiplicity: 1, level, settings },
    (request) => evaluateEnergy(request, { resources }),
  );
  const stored = mainValue(evaluation, settings);
  const { fromStored } = UNITS[propertyOf(property).unit];
  const seconds = (process.cpuUsage().user - begin) / 1e6;
  return { name, smiles, reference: value, computed: stored === null ? null : fromStored(stored), seconds };
}

interface Row extends Reference {
  readonly reference: number;
  readonly computed: number | null;
  readonly seconds: number;
}

function report(rows: readonly Row[], { plot, unit }: { plot: string | undefined; unit: string }): void {
  const compared = rows.flatMap((row): Compared[] =>
    row.computed === null ? [] : [{ ...row, computed: row.computed }],
  );
  printHalves(compared);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(`${(seconds / rows.length).toFixed(1)} s of one core a molecule`);
  printCompared(compared, 1);
  if (plot !== undefined) plotScatter(plot, compared, unit);
}

export async function run(args: string[]): Promise<void> {
  const options = {
    property: { type: "string" },
    set: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
    plot: { type: "string" },
    basis: { type: "string" },
    method: { type: "string" },
    solvent: { type: "string" },
    electrode: { type: "string", default: "Fc+/Fc" },
  } as const;
  const { values } = parseArgs({ args, options });
  const property = PropertyId.parse(values.property);
  const { out = "relaxed.jsonl", only, basis, method, solvent, electrode } = values;
  const isRedox = property === "reduction-potential";
  const asked = {
    ...(method && { method }),
    ...(solvent && isRedox && { solvent, reference: electrode.startsWith("Fc") ? "fc" : "she" }),
  };
  const level = { basis, asked };
  const known = new Set(readRows<Row>(out).map(({ name }) => name));
  const references = readSet(property, values.set ?? "", { electrode, solvent: solvent ?? "" })
    .filter(({ smiles }) => only === undefined || only.split(",").includes(smiles))
    .sort((a, b) => a.smiles.length - b.smiles.length);
  for (const one of references)
    if (!known.has(one.name)) appendFileSync(out, `${JSON.stringify(await compute(property, one, level))}\n`);
  report(readRows<Row>(out), { plot: values.plot, unit: propertyOf(property).unit });
}
