/** The molecules of the chemistry bench: geometries of the reference set, and a row of water molecules. */
import { readFileSync } from "node:fs";

export interface Problem {
  name: string;
  symbols: string[];
  coordinates_angstrom: number[];
  basis: string;
  repeats: number;
  casci: boolean;
}

interface Entry {
  name: string;
  basis: string;
  geometry_angstrom: [string, number, number, number][];
}

const { entries } = JSON.parse(
  readFileSync(new URL("../../test/reference/organics_casci_ionisation.json", import.meta.url), "utf8"),
) as { entries: Entry[] };

const geometries = new Map(entries.map((entry) => [entry.name, entry.geometry_angstrom]));

const problem = (molecule: string, basis: string, rest: Partial<Problem>): Problem => {
  const rows = geometries.get(molecule)!;
  return {
    name: `${molecule} ${basis}`,
    symbols: rows.map(([symbol]) => symbol),
    coordinates_angstrom: rows.flatMap(([, ...position]) => position),
    basis,
    repeats: 1,
    casci: false,
    ...rest,
  };
};

/** Three molecules in three basis sets, smallest first. */
export const hartreeFockProblems = (): Problem[] =>
  ["benzene", "aspirin", "caffeine"].flatMap((molecule) =>
    ["sto-3g", "6-31g", "6-31g*"].map((basis) =>
      problem(molecule, basis, { repeats: molecule === "benzene" ? 3 : basis === "6-31g*" ? 1 : 2 }),
    ),
  );

/** The molecules of the reference set with at most nine heavy atoms, in 6-31G with CASCI(4,4). */
export const screeningProblems = (): Problem[] =>
  [...geometries]
    .filter(([, rows]) => rows.filter(([symbol]) => symbol !== "H").length <= 9)
    .map(([molecule]) => problem(molecule, "6-31g", { casci: true }));

/** n water molecules in a row, 3 Å apart. */
export const waterRow = (n: number, basis: string): Problem => ({
  name: `${n} H2O ${basis}`,
  symbols: Array.from({ length: n }, () => ["O", "H", "H"]).flat(),
  coordinates_angstrom: Array.from({ length: n }, (_, i) => [
    ...[3 * i, 0, 0.1173],
    ...[3 * i, 0.7572, -0.4692],
    ...[3 * i, -0.7572, -0.4692],
  ]).flat(),
  basis,
  repeats: 1,
  casci: false,
});
