/** Tasks of the comparisons with other programs, smallest first. */
import type {
  CasscfTask,
  FieldTask,
  FittedMp2Task,
  SelectedTask,
  SpinsTask,
  VibrationsTask,
} from "../compare/task.ts";
import { ETHANOL, type Problem, problem, waterRow } from "./chemistry.ts";

type Row = readonly [symbol: string, x: number, y: number, z: number];

const moleculeOf = (rows: readonly Row[]) => ({
  symbols: rows.map(([symbol]) => symbol),
  coordinates_angstrom: rows.flatMap(([, ...position]) => position),
});

const placed = ({ symbols, coordinates_angstrom }: Problem) => ({ symbols, coordinates_angstrom });

const N2: Row[] = [
  ["N", 0, 0, 0],
  ["N", 0, 0, 1.1],
];
const FORMALDEHYDE: Row[] = [
  ["O", 0, 0, 1.205],
  ["C", 0, 0, 0],
  ["H", 0, 0.9429, -0.5876],
  ["H", 0, -0.9429, -0.5876],
];

/** In the xy plane, so that its π orbitals are those of 2pz. */
const BENZENE: Row[] = [
  ["C", 1.39],
  ["H", 2.48],
].flatMap(([symbol, radius]) =>
  Array.from({ length: 6 }, (_, k): Row => {
    const angle = (k * Math.PI) / 3;
    return [symbol as string, (radius as number) * Math.cos(angle), (radius as number) * Math.sin(angle), 0];
  }),
);

/** All-trans CH2=CH–…–CH=CH2 of an even number of carbons in the xy plane, bonds of 1.35 and 1.45 Å, angles of 124°. */
function polyene(carbons: number): Row[] {
  const slope = (Math.PI * 28) / 180;
  /** Each other carbon stands above. */
  const side = (k: number): number => (k % 2 === 1 ? 1 : -1);
  const chain: [number, number][] = [[0, 0]];
  for (let k = 1; k < carbons; k++) {
    const [x, y] = chain[k - 1]!;
    const length = k % 2 === 1 ? 1.35 : 1.45;
    chain.push([x + length * Math.cos(slope), y + side(k) * length * Math.sin(slope)]);
  }
  const hydrogen = (k: number, angle: number): Row => {
    const [x, y] = chain[k]!; // k is below carbons
    return ["H", x + 1.09 * Math.cos(angle), y + 1.09 * Math.sin(angle), 0];
  };
  return [
    ...chain.map(([x, y]): Row => ["C", x, y, 0]),
    ...chain.map((_, k) => hydrogen(k, (side(k) * Math.PI) / 2)),
    hydrogen(0, Math.PI - slope),
    hydrogen(carbons - 1, -slope),
  ];
}

const PI = { targets: ["C 2pz"] };

/** State-specific CASSCF from a few to 63504 determinants. */
export const casscfTasks = (): CasscfTask[] => [
  {
    ...{ kind: "casscf", name: "formaldehyde (6e,6o) cc-pvdz", basis: "cc-pvdz" },
    ...{ ...moleculeOf(FORMALDEHYDE), space: { nelec: 6, norb: 6 } },
  },
  {
    ...{ kind: "casscf", name: "N2 (10e,8o) cc-pvdz", basis: "cc-pvdz" },
    ...{ ...moleculeOf(N2), space: { nelec: 10, norb: 8 } },
  },
  {
    ...{ kind: "casscf", name: "benzene π (6e,6o) cc-pvdz", basis: "cc-pvdz", ...PI },
    ...{ ...moleculeOf(BENZENE), space: { nelec: 6, norb: 6 } },
  },
  {
    ...{ kind: "casscf", name: "octatetraene π (8e,8o) 6-31g", basis: "6-31g", ...PI },
    ...{ ...moleculeOf(polyene(8)), space: { nelec: 8, norb: 8 } },
  },
  {
    ...{ kind: "casscf", name: "decapentaene π (10e,10o) 6-31g", basis: "6-31g", ...PI },
    ...{ ...moleculeOf(polyene(10)), space: { nelec: 10, norb: 10 } },
  },
];

export const spinsTasks = (): SpinsTask[] => [
  {
    ...{ kind: "spins", name: "octatetraene π (8e,8o) 6-31g", basis: "6-31g", ...PI },
    ...{ ...moleculeOf(polyene(8)), space: { nelec: 8, norb: 8 }, multiplicities: [1, 3, 5] },
  },
  {
    ...{ kind: "spins", name: "water (8e,12o) 6-31g", basis: "6-31g" },
    ...{ ...placed(waterRow(1, "6-31g")), space: { nelec: 8, norb: 12 }, multiplicities: [1, 3, 5] },
  },
];

/** All but the 1s electrons in all orbitals, 19 million determinants; exact: DMRG of bond dimension 1000 (block2 0.5.4), 3e-6 below that of 400. */
export const selectedTasks = (): SelectedTask[] => [
  {
    ...{ kind: "selected", name: "N2 (10e,16o) 6-31g", basis: "6-31g", ...moleculeOf(N2) },
    ...{ space: { nelec: 10, norb: 16 }, exact_hartree: -109.103_365_4, error_hartree: 1e-4 },
  },
];

const FUNCTIONALS = ["b3lyp", "r2scan"] as const;

/** One that the chemistry bench times too, first. */
export const functionalTasks = (): FieldTask[] =>
  ["6-31g*", "def2-svp", "def2-tzvp"].flatMap((basis) =>
    ["benzene", "aspirin", "caffeine"].flatMap((molecule) =>
      FUNCTIONALS.map(
        (functional): FieldTask => ({
          ...{ ...placed(problem(molecule, basis)), kind: "field", basis, functional },
          name: `${molecule} ${functional} ${basis}`,
        }),
      ),
    ),
  );

/** In water. */
export const solventTasks = (): FieldTask[] =>
  (
    [
      ["benzene", undefined],
      ["benzene", "b3lyp"],
      ["aspirin", undefined],
    ] as const
  ).map(
    ([molecule, functional]): FieldTask => ({
      ...{ ...placed(problem(molecule, "6-31g*")), kind: "field", basis: "6-31g*", dielectric: 78.3553 },
      ...(functional && { functional }),
      name: `${molecule} ${functional ?? "rhf"} 6-31g*, C-PCM`,
    }),
  );

export const fittedMp2Tasks = (): FittedMp2Task[] =>
  (
    [
      ["benzene", "cc-pvdz", 6],
      ["benzene", "def2-tzvp", 6],
      ["aspirin", "def2-svp", 13],
    ] as const
  ).map(([molecule, basis, nFrozenCore]): FittedMp2Task => {
    return {
      ...placed(problem(molecule, basis)),
      ...{ kind: "fitted-mp2", name: `${molecule} ${basis}, fitted`, basis, nFrozenCore },
    };
  });

/** Near a minimum, not at it: second derivatives take as long. */
export const vibrationTasks = (): VibrationsTask[] =>
  [
    { name: "water 6-31g*", ...placed(waterRow(1, "6-31g*")) },
    { name: "formaldehyde 6-31g*", ...moleculeOf(FORMALDEHYDE) },
    { name: "ethanol 6-31g*", ...moleculeOf(ETHANOL) },
  ].map((molecule) => ({ ...molecule, kind: "vibrations", basis: "6-31g*" }));
