/** The molecules of the chemistry bench: geometries of the reference set, rows of water, chains of hydrogen. */
import { readFileSync } from "node:fs";
import type { ActiveSpaceSize } from "#shared/quantum/active-space.ts";

export interface Problem {
  name: string;
  symbols: string[];
  coordinates_angstrom: number[];
  basis: string;
  /** The fastest of so many runs counts. */
  repeats: number;
  /** The window that is diagonalised after the field. */
  casci?: ActiveSpaceSize;
  /** Core orbitals that CCSD(T) on the field leaves uncorrelated, where it is asked for. */
  coupledCluster?: number;
  /** Whether the field is that of fitted densities. */
  fitted?: boolean;
  /** Whether its gradient is computed too. */
  gradient?: boolean;
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

export const problem = (molecule: string, basis: string, rest: Partial<Problem> = {}): Problem => {
  const rows = geometries.get(molecule)!;
  return {
    name: `${molecule} ${basis}`,
    symbols: rows.map(([symbol]) => symbol),
    coordinates_angstrom: rows.flatMap(([, ...position]) => position),
    basis,
    repeats: 1,
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

/** General contractions, f and diffuse functions, and two usual ones. */
export const gradientProblems = (): Problem[] => [
  {
    ...{ name: "HBr cc-pvdz", symbols: ["H", "Br"], coordinates_angstrom: [0, 0, 1.4145, 0, 0, 0] },
    ...{ basis: "cc-pvdz", repeats: 1, gradient: true },
  },
  { ...waterRow(1, "aug-cc-pvtz"), gradient: true },
  problem("benzene", "6-31g*", { gradient: true }),
  problem("caffeine", "6-31g", { gradient: true }),
];

/** The molecules of the reference set with at most nine heavy atoms, in 6-31G with CASCI(4,4). */
export const screeningProblems = (): Problem[] =>
  [...geometries]
    .filter(([, rows]) => rows.filter(([symbol]) => symbol !== "H").length <= 9)
    .map(([molecule]) => problem(molecule, "6-31g", { casci: { nelec: 4, norb: 4 } }));

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
});

/** n hydrogen atoms in a row, 1 Å apart, in STO-3G, for FCI. */
export const hydrogenChain = (n: number): Problem => ({
  name: `H${n} sto-3g`,
  symbols: new Array<string>(n).fill("H"),
  coordinates_angstrom: Array.from({ length: n }, (_, i) => [0, 0, i]).flat(),
  basis: "sto-3g",
  repeats: n > 10 ? 1 : 3,
  casci: { nelec: n, norb: n },
});

/** Two atoms in STO-3G, with CASCI(4,4). */
export const diatomic = (a: string, b: string, distance_angstrom: number): Problem => ({
  name: `${a}${b} sto-3g`,
  symbols: [a, b],
  coordinates_angstrom: [0, 0, 0, 0, 0, distance_angstrom],
  basis: "sto-3g",
  repeats: 1,
  casci: { nelec: 4, norb: 4 },
});

/** Exact diagonalisation from thousands to millions of determinants. */
export const ciProblems = (): Problem[] => [
  problem("caffeine", "sto-3g", { casci: { nelec: 8, norb: 8 }, repeats: 3 }),
  hydrogenChain(10),
  { ...waterRow(1, "6-31g"), name: "H2O 6-31g, frozen core", casci: { nelec: 8, norb: 12 }, repeats: 2 },
  { ...waterRow(1, "6-31g"), name: "H2O 6-31g, all electrons", casci: { nelec: 10, norb: 13 }, repeats: 2 },
];

/** Ethanol, staggered and planar in its heavy atoms, made by hand. */
export const ETHANOL: [string, number, number, number][] = [
  ["C", 1.1614, -0.407, 0],
  ["C", 0, 0.5526, 0],
  ["O", -1.1867, -0.2141, 0],
  ["H", 2.0991, 0.1461, 0],
  ["H", 1.1267, -1.0439, 0.885],
  ["H", 1.1267, -1.0439, -0.885],
  ["H", 0.042, 1.1937, 0.8848],
  ["H", 0.042, 1.1937, -0.8848],
  ["H", -1.9328, 0.3837, 0],
];

/** CCSD(T) without the core, from a second to some. */
export const coupledClusterProblems = (): Problem[] => [
  { ...waterRow(1, "cc-pvdz"), name: "H2O cc-pvdz", coupledCluster: 1, repeats: 5 },
  {
    ...{ name: "ethanol 6-31g*", basis: "6-31g*", repeats: 2, coupledCluster: 3 },
    symbols: ETHANOL.map(([symbol]) => symbol),
    coordinates_angstrom: ETHANOL.flatMap(([, ...position]) => position),
  },
  problem("benzene", "6-31g", { coupledCluster: 6 }),
];

/** Without d functions, of which both programs would have to take the same kind as of the auxiliary ones. */
export const fittedProblems = (): Problem[] =>
  ["benzene", "caffeine"].map((molecule) =>
    problem(molecule, "6-31g", { name: `${molecule} 6-31g, fitted`, fitted: true, repeats: 2 }),
  );

/** Calculations that last for seconds: in integrals, in the field, in the transformation, in direct CI and in coupled cluster. */
export const cancelProblems = (): Problem[] => [
  problem("caffeine", "6-31g*"),
  problem("caffeine", "6-31g", { name: "caffeine 6-31g, fitted", fitted: true }),
  problem("caffeine", "sto-3g", { name: "caffeine sto-3g, CASCI(8,8)", casci: { nelec: 8, norb: 8 } }),
  { ...waterRow(1, "6-31g"), name: "H2O 6-31g, FCI", casci: { nelec: 10, norb: 13 } },
  problem("benzene", "6-31g", { name: "benzene 6-31g, CCSD(T)", coupledCluster: 6 }),
];
