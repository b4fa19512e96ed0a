/**
 * Steps of a relaxation (RHF/STO-3G) in internal and in Cartesian coordinates, from MMFF94's geometry and from one displaced at random.
 *
 *     npm run bench -- relaxation-steps [--only SMILES,SMILES]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { embed } from "#core/chemistry/shape/conformer.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { displaced } from "#core/quantum/geometry/displaced.ts";
import { optimiseGeometry } from "#core/quantum/geometry/optimise.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";

const MOLECULES = [
  "O",
  "CCO",
  "c1ccccc1",
  "NCC(=O)O",
  "C=C=C",
  "O=C=O",
  "CC#CC",
  "[NH4+]",
  "CC(=O)[O-]",
  "C=O",
  "NCCc1c[nH]cn1",
  "c1ccc(cc1)-c1ccccc1",
  "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
  "CC(=O)Oc1ccccc1C(=O)O",
];
const WATER_DIMER: Geometry = {
  symbols: ["O", "H", "H", "O", "H", "H"],
  coordinates_angstrom: [
    -1.551, -0.1145, 0, -1.9343, 0.7625, 0, -0.5997, 0.0407, 0, 1.3506, 0.1115, 0, 1.6804, -0.3737, -0.7586,
    1.6804, -0.3737, 0.7586,
  ],
};
/** So weak and so far that it only holds the molecule in space, where the way is in Cartesian coordinates. */
const HELD = { pointCharges: { coordinates_angstrom: [1e4, 0, 0], charges: [0] } };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { only: { type: "string" } } });
  const smiles = values.only?.split(",") ?? MOLECULES;
  const rdkit = await loadRdkit();
  const basis = await loadBasisSet(fileURLToPath(new URL("../resources", import.meta.url)), "sto-3g");
  const steps = (geometry: Geometry, charge: number, isHeld: boolean): string => {
    const system = { geometry, charge, multiplicity: 1, basis, ...(isHeld && HELD) };
    const found = optimiseGeometry({ system, scf: { kind: "rhf" } });
    const how = found.coordinates.kind === (isHeld ? "cartesian" : "internal") ? "" : ", left internal ones";
    return `${found.outcome} ${found.steps}, ${found.energy_hartree.toFixed(6)} Eh${how}`;
  };
  const rows: { name: string; geometry: Geometry; charge: number }[] = smiles.flatMap((name) => {
    const found = embed(rdkit, name, { seed: 1 });
    if (found.outcome === "failed") return [];
    const charge = (name.match(/\+/g)?.length ?? 0) - (name.match(/-\]/g)?.length ?? 0);
    return [{ name, geometry: found.conformer.geometry, charge }];
  });
  if (values.only === undefined) rows.push({ name: "water dimer", geometry: WATER_DIMER, charge: 0 });
  for (const { name, geometry, charge } of rows)
    for (const [start, from] of [
      ["given", geometry],
      ["displaced", displaced(geometry)],
    ] as const)
      process.stdout.write(
        `${name} | ${start} | internal ${steps(from, charge, false)} | Cartesian ${steps(from, charge, true)}\n`,
      );
}
