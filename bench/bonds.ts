/**
 * Electronic bond energies by UHF and UMP2, or by a density functional with D3(BJ) where it has one, of the species of a set, at its geometries or relaxed from there as the protocol relaxes them.
 *
 *     npm run bench -- bonds --set bond_energies.json --section w4_electronic --out species.jsonl [--basis 6-31+g**] [--method b3lyp] [--atoms 2] [--relaxed] [--plot FILE.svg]
 *
 * --atoms: the most atoms other than hydrogen of a molecule. --out: a line for each species; those that it has are not computed again.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { energyAt, relaxation } from "#core/quantum/properties/requests.ts";
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import { fieldEnergy } from "#shared/quantum/method-energy.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { plotScatter } from "./properties/scatter.ts";
import { type Compared, printCompared, printHalves, readRows } from "./properties/table.ts";

interface Bond {
  readonly name: string;
  readonly molecule: string;
  readonly fragments: readonly string[];
  readonly De_kcal_mol: number;
}

interface Species {
  readonly charge: number;
  readonly multiplicity: number;
  readonly geometry_angstrom: readonly (readonly [string, number, number, number])[];
}

interface Row {
  readonly key: string;
  readonly hartreeFock: number;
  /** By MP2 or the functional; null where that did not converge. */
  readonly ranked: number | null;
  readonly seconds: number;
}

const resources = fileURLToPath(new URL("../resources", import.meta.url));

/** Where Hartree–Fock/6-31G* relaxes it to. @throws Error where that does not converge */
async function relaxed(geometry: Geometry, electrons: Electrons): Promise<Geometry> {
  if (geometry.symbols.length === 1) return geometry;
  const { optimisation } = await evaluateEnergy(relaxation(geometry, electrons), { resources });
  if (optimisation?.outcome !== "converged") throw new Error("expected a relaxation that converges");
  return optimisation.geometry;
}

async function compute(
  key: string,
  { charge, multiplicity, geometry_angstrom: atoms }: Species,
  { basis, method, relaxes }: { basis: string; method: string; relaxes: boolean },
): Promise<Row> {
  const geometry = {
    symbols: atoms.map(([symbol]) => symbol),
    coordinates_angstrom: atoms.flatMap(([, x, y, z]) => [x, y, z]),
  };
  const electrons = { charge, multiplicity };
  const begin = process.cpuUsage().user;
  const where = relaxes ? await relaxed(geometry, electrons) : geometry;
  const level = { level: { basis }, settings: { method } } as unknown as Candidate;
  const found = await evaluateEnergy(energyAt(level, where, electrons), { resources });
  const hartreeFock = found.hartreeFock.energy_hartree;
  const seconds = (process.cpuUsage().user - begin) / 1e6;
  // A single electron has no MP2.
  const ranked = found.mp2?.energy_hartree ?? fieldEnergy(found);
  return { key, hartreeFock, ranked, seconds };
}

function report(bonds: readonly Bond[], rows: readonly Row[], plot: string): void {
  const known = new Map(rows.map((row) => [row.key, row]));
  const energy = (key: string, method: "ranked" | "hartreeFock"): number =>
    known.get(key)?.[method] ?? Number.NaN;
  for (const method of ["ranked", "hartreeFock"] as const) {
    const all = bonds.map(({ name, molecule, fragments, De_kcal_mol }): Compared => {
      const apart = fragments.reduce((sum, key) => sum + energy(key, method), 0);
      const label = `${name} → ${fragments.join(" + ")}`;
      return {
        name: label,
        smiles: name,
        reference: De_kcal_mol,
        computed: toKcalPerMol(apart - energy(molecule, method)),
      };
    });
    const compared = all.filter(({ computed }) => Number.isFinite(computed));
    console.log(`${method}; without a value: ${all.length - compared.length}`);
    printHalves(compared);
    if (method !== "ranked") continue;
    printCompared(compared, 1);
    if (plot !== "") plotScatter(plot, compared, "kcal/mol");
  }
}

export async function run(args: string[]): Promise<void> {
  const options = {
    set: { type: "string", default: "" },
    section: { type: "string", default: "w4_electronic" },
    out: { type: "string", default: "species.jsonl" },
    basis: { type: "string", default: "6-31+g**" },
    method: { type: "string", default: "mp2" },
    atoms: { type: "string", default: "99" },
    relaxed: { type: "boolean", default: false },
    plot: { type: "string", default: "" },
  } as const;
  const {
    set,
    section,
    out,
    basis,
    method,
    atoms,
    relaxed: relaxes,
    plot,
  } = parseArgs({ args, options }).values;
  const content = JSON.parse(readFileSync(set, "utf8")) as Record<string, unknown>;
  const species = content.species as Readonly<Record<string, Species>>;
  const isHeavy = ([symbol]: Species["geometry_angstrom"][number]): boolean => symbol !== "H";
  const bonds = (content[section] as readonly Bond[]).filter(
    // The set has a geometry of each of its species.
    ({ molecule }) => species[molecule]!.geometry_angstrom.filter(isHeavy).length <= Number(atoms),
  );
  const known = new Set(readRows<Row>(out).map(({ key }) => key));
  // The set has a geometry of each of its species.
  for (const key of new Set(bonds.flatMap(({ molecule, fragments }) => [molecule, ...fragments]))) {
    if (known.has(key)) continue;
    const row = await compute(key, species[key]!, { basis, method, relaxes });
    appendFileSync(out, `${JSON.stringify(row)}\n`);
  }
  const rows = readRows<Row>(out);
  report(bonds, rows, plot);
  const seconds = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(`${(seconds / rows.length).toFixed(1)} s of processor time a species`);
}
