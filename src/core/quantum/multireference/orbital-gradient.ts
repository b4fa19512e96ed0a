/** The energy of states of an active space as a function of the orbitals: its first derivatives, and second ones approximately. */
import type { QuantumSystem } from "../field/system.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import type { RotationPairs } from "./orbital-rotation.ts";

/** What orbitals give before any state is known. */
export interface OrbitalIntegrals {
  readonly hamiltonian: Omit<ActiveHamiltonian, "nelec">;
  /** ⟨p|h + 2J − K of the core|q⟩, [n, n]. */
  readonly coreFock: Float64Array;
  /** (pu|vx), [n, norb, norb, norb]: the first of any orbital, the others active. */
  readonly mixed: Float64Array;
}

/** Cost: a Fock build, and one for norb(norb + 1)/2 densities; memory nOrbitals norb³. */
export function orbitalIntegrals(
  system: QuantumSystem,
  { orbitals, nCore, norb }: MoleculeOrbitals,
): OrbitalIntegrals {
  const found = callNative((addon) =>
    addon.orbitalIntegrals({ system: system.handle, orbitals, nCore, norb }),
  );
  const n = orbitals.length / system.nBasis;
  const active = Array.from({ length: norb }, (_, t) => nCore + t);
  const oneBodyTensor = Float64Array.from(
    active.flatMap((t) => active.map((u) => found.coreFock[t * n + u]!)),
  );
  const twoBodyTensor = found.mixed.slice(nCore * norb ** 3, (nCore + norb) * norb ** 3);
  return { ...found, hamiltonian: { norb, coreEnergy: found.coreEnergy, oneBodyTensor, twoBodyTensor } };
}

/** Of both spins over the active orbitals: one [norb, norb], two as densityMatrices gives it. */
export interface ActiveDensities {
  readonly one: Float64Array;
  readonly two: Float64Array;
}

/** Generalised Fock matrix F_tq = Σ_u D_tu f_uq + Σ_uvx Γ_tuvx (qu|vx) of active orbitals t, [norb, n]. */
function activeRows(
  { coreFock, mixed, hamiltonian: { norb } }: OrbitalIntegrals,
  { one, two }: ActiveDensities,
  { n, nCore }: { n: number; nCore: number },
): Float64Array {
  const rows = new Float64Array(norb * n);
  const cube = norb ** 3;
  for (let t = 0; t < norb; t++)
    for (let q = 0; q < n; q++) {
      let sum = 0;
      for (let u = 0; u < norb; u++) sum += one[t * norb + u]! * coreFock[(nCore + u) * n + q]!;
      for (let k = 0; k < cube; k++) sum += two[t * cube + k]! * mixed[q * cube + k]!;
      rows[t * n + q] = sum;
    }
  return rows;
}

/**
 * F_pq of core, active and empty orbitals p, [n, n]; symmetric where the energy is stationary. `fock` is the Fock operator of all electrons.
 * Cost: a Fock build and nOrbitals norb⁴.
 */
function generalisedAndFock(
  system: QuantumSystem,
  { orbitals, nCore, norb }: MoleculeOrbitals,
  { integrals, densities }: { integrals: OrbitalIntegrals; densities: ActiveDensities },
): { general: Float64Array; fock: Float64Array } {
  const n = orbitals.length / system.nBasis;
  const ofActive = callNative((addon) =>
    addon.activeFock({ system: system.handle, orbitals, nCore, norb, density: densities.one }),
  );
  const fock = integrals.coreFock.map((x, k) => x + ofActive[k]!);
  const general = new Float64Array(n * n);
  for (let k = 0; k < nCore * n; k++) general[k] = 2 * fock[k]!;
  general.set(activeRows(integrals, densities, { n, nCore }), nCore * n);
  return { general, fock };
}

/** The generalised Fock matrix, [n, n]; symmetric where the energy is stationary. Cost as orbitalDerivatives. */
export const generalisedFock = (...asked: Parameters<typeof generalisedAndFock>): Float64Array =>
  generalisedAndFock(...asked).general;

/**
 * dE/dκ of each pair at κ = 0, C exp(κ): 2 (F_qp − F_pq); second derivatives by the diagonal of the Fock operators
 * (G. Chaban, M. W. Schmidt, M. S. Gordon, doi:10.1007/s002140050241). Cost: a Fock build and nOrbitals norb⁴.
 */
export function orbitalDerivatives(
  system: QuantumSystem,
  { orbitals, nCore, norb }: MoleculeOrbitals,
  {
    integrals,
    densities,
    rotations,
  }: {
    integrals: OrbitalIntegrals;
    densities: ActiveDensities;
    rotations: RotationPairs;
  },
): { gradient: Float64Array; curvature: Float64Array } {
  const n = rotations.nOrbitals;
  const found = generalisedAndFock(system, { orbitals, nCore, norb }, { integrals, densities });
  const { fock } = found;
  const isActive = (p: number): boolean => p >= nCore && p < nCore + norb;
  const general = (p: number, q: number): number => found.general[p * n + q]!;
  const occupation = (p: number): number => densities.one[(p - nCore) * (norb + 1)]!;
  const diagonal = (p: number): number => fock[p * (n + 1)]!;
  const curvatureOf = (p: number, q: number): number => {
    if (isActive(q)) return 2 * occupation(q) * diagonal(p) - 2 * general(q, q);
    const apart = 4 * (diagonal(p) - diagonal(q));
    return isActive(p) ? apart + 2 * occupation(p) * diagonal(q) - 2 * general(p, p) : apart;
  };
  const { pairs } = rotations;
  return {
    gradient: Float64Array.from(pairs, ([p, q]) => 2 * (general(q, p) - general(p, q))),
    curvature: Float64Array.from(pairs, ([p, q]) => curvatureOf(p, q)),
  };
}
