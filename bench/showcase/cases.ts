/** Eight molecules that one determinant does not describe, and what is asked of each. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

/** One state at one geometry. */
export interface Point {
  /** Along a curve, where it is; of a gap, which state it is. */
  readonly at: number | string;
  readonly geometry: Geometry;
  readonly multiplicity: number;
  /** Averaged over, lowest first; the lowest counts. Default 1. */
  readonly states?: number;
}

export interface Showcase {
  readonly title: string;
  readonly basis: string;
  readonly space: { readonly nelec: number; readonly norb: number };
  /** Energies are told less that of the first. */
  readonly points: readonly [Point, ...Point[]];
  /** Of the axis; absent where the points are no curve. */
  readonly axis?: string;
  /** Determinants of the selected CI that stands for the exact energy of the basis set; absent where that would take too long. */
  readonly determinants?: number;
  /** What was measured or computed elsewhere, eV, of the last point. */
  readonly literature: { readonly value_eV: number; readonly source: string };
}

const RADIAN = Math.PI / 180;

const geometryOf = (atoms: readonly (readonly [string, number, number, number])[]): Geometry => ({
  symbols: atoms.map(([symbol]) => symbol),
  coordinates_angstrom: atoms.flatMap(([, ...xyz]) => xyz),
});

const diatomic = (a: string, b: string, length: number): Geometry =>
  geometryOf([
    [a, 0, 0, 0],
    [b, 0, 0, length],
  ]);

/** Two bonds of one length. @param angle between them, degrees */
const bent = (centre: string, end: string, length: number, angle: number): Geometry => {
  const [y, z] = [length * Math.sin((angle / 2) * RADIAN), length * Math.cos((angle / 2) * RADIAN)];
  return geometryOf([
    [centre, 0, 0, 0],
    [end, 0, y, z],
    [end, 0, -y, z],
  ]);
};

/** C–C 1.339 Å, C–H 1.086 Å, C–C–H 121.2°. @param torsion of one CH₂ against the other, degrees */
function ethylene(torsion: number): Geometry {
  const [half, out, along] = [0.6695, 1.086 * Math.sin(121.2 * RADIAN), -1.086 * Math.cos(121.2 * RADIAN)];
  const [x, y] = [out * Math.sin(torsion * RADIAN), out * Math.cos(torsion * RADIAN)];
  return geometryOf([
    ["C", 0, 0, half],
    ["C", 0, 0, -half],
    ["H", 0, out, half + along],
    ["H", 0, -out, half + along],
    ["H", x, y, -half - along],
    ["H", -x, -y, -half - along],
  ]);
}

/** D2h, nearly that of the triplet: from a bare carbon to its neighbours 1.37 Å, between those 1.41 Å, 126° at the bare one. */
function benzyne(): Geometry {
  const [near, far, angle] = [1.37, 1.41, 126];
  const [y, z] = [near * Math.sin((angle / 2) * RADIAN), near * Math.cos((angle / 2) * RADIAN)];
  const top = z + far / 2;
  // C–H halves the outer angle.
  const outer = ((360 - (180 - angle / 2)) / 2) * RADIAN;
  const [hy, hz] = [1.083 * Math.sin(outer), -1.083 * Math.cos(outer)];
  const carbons = [
    [y, far / 2],
    [-y, far / 2],
    [y, -far / 2],
    [-y, -far / 2],
  ] as const;
  return geometryOf([
    ["C", 0, 0, top],
    ["C", 0, 0, -top],
    ...carbons.map(([b, c]) => ["C", 0, b, c] as const),
    ...carbons.map(([b, c]) => ["H", 0, b + Math.sign(b) * hy, c + Math.sign(c) * hz] as const),
  ]);
}

const along = <T extends Point>(points: readonly T[]): readonly [Point, ...Point[]] =>
  points as unknown as readonly [Point, ...Point[]];

export const SHOWCASES: Readonly<Record<string, Showcase>> = {
  n2: {
    title: "N₂, the bond of three pairs stretched",
    basis: "6-31g",
    space: { nelec: 6, norb: 6 },
    axis: "N–N, Å",
    points: along(
      [1.1, 1.4, 1.7, 2.2, 3].map((r) => ({ at: r, geometry: diatomic("N", "N", r), multiplicity: 1 })),
    ),
    determinants: 5000,
    literature: { value_eV: 9.91, source: "De by spectroscopy, 228.4 kcal/mol (Huber & Herzberg 1979)" },
  },
  f2: {
    title: "F₂, of which Hartree–Fock binds nothing",
    basis: "cc-pvdz",
    space: { nelec: 10, norb: 6 },
    axis: "F–F, Å",
    points: along(
      [1.42, 1.7, 2.2, 4].map((r) => ({ at: r, geometry: diatomic("F", "F", r), multiplicity: 1 })),
    ),
    literature: { value_eV: 1.66, source: "De by spectroscopy, 38.3 kcal/mol (Huber & Herzberg 1979)" },
  },
  o2: {
    title: "O₂, ¹Δ above ³Σ",
    basis: "6-31g*",
    space: { nelec: 8, norb: 6 },
    points: along([
      { at: "³Σ", geometry: diatomic("O", "O", 1.2075), multiplicity: 3 },
      { at: "¹Δ", geometry: diatomic("O", "O", 1.2075), multiplicity: 1 },
    ]),
    literature: { value_eV: 0.98, source: "Te by spectroscopy, 7918 cm⁻¹ (Huber & Herzberg 1979)" },
  },
  ch2: {
    title: "CH₂, ¹A₁ above ³B₁",
    basis: "cc-pvdz",
    space: { nelec: 6, norb: 6 },
    points: along([
      { at: "³B₁", geometry: bent("C", "H", 1.0753, 133.93), multiplicity: 3 },
      { at: "¹A₁", geometry: bent("C", "H", 1.107, 102.4), multiplicity: 1 },
    ]),
    determinants: 5000,
    literature: {
      value_eV: 0.39,
      source: "T0 by laser magnetic resonance, 9.0 kcal/mol (Jensen & Bunker 1988, doi:10.1063/1.455184)",
    },
  },
  ethylene: {
    title: "Ethylene, twisted around its double bond",
    basis: "6-31g",
    space: { nelec: 2, norb: 2 },
    axis: "torsion, degrees",
    points: along(
      [0, 45, 75, 90].map((torsion) => ({ at: torsion, geometry: ethylene(torsion), multiplicity: 1 })),
    ),
    determinants: 5000,
    literature: {
      value_eV: 2.82,
      source:
        "barrier of cis–trans isomerisation, 65 kcal/mol, relaxed (Douglas, Rabinovitch & Looney, J. Chem. Phys. 23, 315, 1955)",
    },
  },
  benzyne: {
    title: "p-Benzyne, triplet above singlet",
    basis: "6-31g",
    space: { nelec: 2, norb: 2 },
    points: along([
      { at: "¹A", geometry: benzyne(), multiplicity: 1 },
      { at: "³B", geometry: benzyne(), multiplicity: 3 },
    ]),
    literature: {
      value_eV: 0.165,
      source:
        "photoelectron spectrum of the anion, 3.8 kcal/mol, adiabatic (Wenthold, Squires & Lineberger 1998, doi:10.1021/ja9803355)",
    },
  },
  ozone: {
    title: "Ozone, its ring above the bent molecule",
    basis: "6-31g*",
    space: { nelec: 4, norb: 3 },
    points: along([
      { at: "bent", geometry: bent("O", "O", 1.272, 116.8), multiplicity: 1 },
      { at: "ring", geometry: bent("O", "O", 1.445, 60), multiplicity: 1 },
    ]),
    literature: {
      value_eV: 1.34,
      source:
        "31 kcal/mol: MR-AQCC puts the ring 5.3 above O₂ + O, which lie 26.1 above the bent one, basis extrapolated (Müller et al., Chem. Phys. Lett. 293, 72, 1998)",
    },
  },
  lif: {
    title: "LiF, the ionic ground state beside the covalent one",
    basis: "6-31g*",
    space: { nelec: 2, norb: 2 },
    axis: "Li–F, Å",
    points: along(
      [1.6, 2.5, 4, 5.5, 7, 9].map((r) => ({
        at: r,
        geometry: diatomic("Li", "F", r),
        multiplicity: 1,
        states: 2,
      })),
    ),
    literature: {
      value_eV: 5.97,
      source: "De into atoms by spectroscopy, D0 5.91 eV (Huber & Herzberg 1979)",
    },
  },
};

/** What all methods of a point share. */
export const requestOf = (
  { basis, space }: Showcase,
  { geometry, multiplicity }: Point,
): Omit<EnergyRequest, "method"> => ({
  geometry,
  charge: 0,
  multiplicity,
  basis,
  activeSpace: space,
  ansatz: "uccsd",
  maxIterations: 400,
});
