/** What molecules are bound to, by their names. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";

/** An ion, an atom or a small molecule, in space before it is relaxed. */
export interface Probe extends Electrons {
  readonly geometry: Geometry;
  readonly bonds: readonly { readonly atoms: readonly [number, number]; readonly order: number }[];
  /** Of each atom, e. */
  readonly charges: readonly number[];
}

export const isAtom = ({ geometry }: Pick<Probe, "geometry">): boolean => geometry.symbols.length === 1;

/** Of a closed shell. */
export const ion = (symbol: string, charge: number): Probe => ({
  geometry: { symbols: [symbol], coordinates_angstrom: [0, 0, 0] },
  bonds: [],
  charges: [charge],
  charge,
  multiplicity: 1,
});

export const WATER: Probe = {
  geometry: {
    symbols: ["O", "H", "H"],
    coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
  },
  bonds: [
    { atoms: [0, 1], order: 1 },
    { atoms: [0, 2], order: 1 },
  ],
  charges: [0, 0, 0],
  charge: 0,
  multiplicity: 1,
};

export const CARBON_DIOXIDE: Probe = {
  geometry: { symbols: ["C", "O", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.16, 0, 0, -1.16] },
  bonds: [
    { atoms: [0, 1], order: 2 },
    { atoms: [0, 2], order: 2 },
  ],
  charges: [0, 0, 0],
  charge: 0,
  multiplicity: 1,
};
