/** Orbitals that stay out of correlation. */
import { atomicNumber } from "#shared/molecule/molecule.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { oneElectronIntegrals } from "./scf.ts";
import type { QuantumSystem, SystemSize } from "./system.ts";

const SHELLS: readonly (readonly [above: number, orbitals: number])[] = [
  [36, 18],
  [18, 9],
  [10, 5],
  [2, 1],
];
/** Alkali and alkaline-earth metals from sodium on, whose cores lie among the valence shells of fluorine, oxygen and chlorine. */
const SHALLOW: readonly number[] = [11, 12, 19, 20, 37, 38];
/** Cores of these lie below it, what they bind by above, Hartree. */
const VALENCE_HARTREE = -0.8;
/** Of a core orbital that may be another atom's without harm to a frozen core, in electrons of one spin. */
const STRAY = 0.01;

/** Orbitals below the valence shell of a nuclear charge. */
export const coreOf = (z: number): number => SHELLS.find(([above]) => z > above)?.[1] ?? 0;

/** Nuclear charges of the elements; ghosts have none. */
const elements = ({ geometry, charges }: SystemSize): number[] =>
  // openSystem refuses symbols of no element.
  geometry.symbols.map((symbol, atom) => (charges[atom] === 0 ? 0 : atomicNumber(symbol)!));

/** Orbitals below the valence shell: 1 for Li–Ne, 5 for Na–Ar, 9 for K–Kr; ghosts have none. */
export const chemicalCore = (system: SystemSize): number =>
  elements(system).reduce((sum, z) => sum + coreOf(z), 0);

/** Of one spin: columns [nBasis, nOrbitals] and their energies, rising. */
export interface Orbitals {
  readonly orbitals: Float64Array;
  readonly energies: Float64Array;
}

/** ½ Σ over functions μ of the metals of c_μi (S c)_μj + c_μj (S c)_μi, of the first n orbitals: [n, n]. */
function populations(system: QuantumSystem, { orbitals, energies }: Orbitals, n: number): Float64Array {
  const { nBasis, functionAtoms } = system;
  const { overlap } = oneElectronIntegrals(system);
  const atoms = elements(system);
  const width = energies.length;
  const found = new Float64Array(n * n);
  for (let mu = 0; mu < nBasis; mu++) {
    // Every function is of an atom.
    if (!SHALLOW.includes(atoms[functionAtoms[mu]!]!)) continue;
    const projections = new Float64Array(n);
    for (let nu = 0; nu < nBasis; nu++)
      for (let i = 0; i < n; i++) projections[i]! += overlap[mu * nBasis + nu]! * orbitals[nu * width + i]!;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        found[i * n + j]! +=
          (projections[i]! * orbitals[mu * width + j]! + projections[j]! * orbitals[mu * width + i]!) / 2;
  }
  return found;
}

/** Vᵀ diag(ε) V of some columns of V, [n, columns]. */
function energiesIn(columns: readonly Float64Array[], energies: Float64Array): Float64Array {
  const n = columns.length;
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [a, b] = [columns[Math.floor(k / n)]!, columns[k % n]!];
    return a.reduce((sum, x, i) => sum + x * b[i]! * energies[i]!, 0);
  });
}

/** Combinations of columns that have an energy of their own, rising. */
function canonical(columns: readonly Float64Array[], energies: Float64Array) {
  const { values, vectors } = symmetricEigen(energiesIn(columns, energies));
  return Array.from(values, (energy, k) => ({
    energy,
    column: energies.map((_, i) => columns.reduce((sum, own, j) => sum + own[i]! * vectors[k]![j]!, 0)),
  }));
}

/**
 * Orbitals of one spin whose first ones are the chemical core, where those of the lowest energy are not: the 2p of Na⁺ lies above the
 * 2s of fluorine or mixes with it, and freezing the lower in a complex alone takes the ligand's correlation from the binding. Of the
 * occupied orbitals below −0.8 Eh those combinations are the metals' core that are most on the metals (Mulliken); the others get
 * energies of their own again.
 *
 * Cost: nBasis² an occupied orbital, with such metals alone.
 *
 * @returns undefined where the lowest are the core to within 0.01 electrons
 */
export function coreFirst(system: QuantumSystem, spin: Orbitals, nOccupied: number): Orbitals | undefined {
  const ofMetals = elements(system).reduce((sum, z) => sum + (SHALLOW.includes(z) ? coreOf(z) : 0), 0);
  const n = spin.energies.findIndex((energy, i) => i === nOccupied || energy > VALENCE_HARTREE);
  const nCore = chemicalCore(system);
  if (ofMetals === 0 || n <= nCore) return undefined;
  const own = populations(system, spin, n);
  const lowest = Array.from({ length: nCore }, (_, i) => own[i * n + i]!).reduce((a, b) => a + b, 0);
  if (ofMetals - lowest < STRAY) return undefined;
  // Populations rise: the core is last.
  const { vectors: columns } = symmetricEigen(own);
  const deep = spin.energies.slice(0, n);
  const core = canonical(columns.slice(n - ofMetals), deep);
  const others = canonical(columns.slice(0, n - ofMetals), deep);
  return rotated(spin, [...core, ...others]);
}

/** The first orbitals as these combinations of them. */
function rotated(
  { orbitals, energies }: Orbitals,
  first: readonly { energy: number; column: Float64Array }[],
): Orbitals {
  const width = energies.length;
  return {
    energies: energies.map((energy, i) => first[i]?.energy ?? energy),
    orbitals: orbitals.map((own, k) => {
      const { column } = first[k % width] ?? {};
      if (!column) return own;
      const row = k - (k % width);
      return column.reduce((sum, x, i) => sum + x * orbitals[row + i]!, 0);
    }),
  };
}
