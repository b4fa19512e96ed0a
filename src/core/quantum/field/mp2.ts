/** Second-order Møller–Plesset perturbation theory. */

import type { BasisSet } from "../molecule/basis.ts";
import type { NativeMp2Result } from "../native/addon-functions.ts";
import { callNative } from "../native/native.ts";
import { correlatedOrbitals, type FrozenCore } from "./correlated-orbitals.ts";
import type { ScfResult } from "./scf.ts";
import { flatShells, type QuantumSystem } from "./system.ts";

/** For half-transformed integrals, unless another is named. */
export const MP2_MEMORY_BYTES = 1024 ** 3;
/** The same of fitted integrals, all of which are held. */
export const FITTED_MP2_MEMORY_BYTES = 2 * 1024 ** 3;

interface Mp2Options {
  /** Orbitals left uncorrelated: so many from the lowest, or the elements' chemical core, wherever it lies. Default 0. */
  nFrozenCore?: FrozenCore;
  /** Memory for half-transformed integrals; less means more passes over the integrals. Default 1 GiB, of fitted ones 2. */
  memoryBytes?: number;
  /** Integrals fitted in this auxiliary set (`loadFittingBasis`). Default: exact ones. */
  densityFitting?: { readonly auxiliary: BasisSet } | undefined;
}

export interface Mp2Solution {
  /** SCF energy and correlation energy. */
  readonly energy_hartree: number;
  readonly correlation_hartree: number;
  readonly sameSpin_hartree: number;
  readonly oppositeSpin_hartree: number;
  /** Largest amplitude of an opposite-spin pair: above about 0.1 a single determinant is a poor start. */
  readonly largestAmplitude: number;
  /** What MP2's doubles add to ⟨S²⟩ of the determinant, to first order; of open shells. */
  readonly spinSquareChange?: number;
  readonly nFrozenCore: number;
}

/** MP2 and the eigenvectors of its one-particle density. */
interface Mp2NaturalOrbitals extends Mp2Solution {
  /** Occupation by both spins, falling, 0 … 2; perturbation theory may overshoot. */
  readonly occupations: Float64Array;
  /** Columns [nBasis, nOrbitals]; the frozen core is among those with 2 electrons. */
  readonly orbitals: Float64Array;
}

function solutionOf(
  { energy_hartree, kind }: ScfResult,
  { sameSpin, oppositeSpin, largestAmplitude, spinSquareChange }: NativeMp2Result,
  nFrozenCore: number,
): Mp2Solution {
  const correlation = sameSpin + oppositeSpin;
  return {
    energy_hartree: energy_hartree + correlation,
    correlation_hartree: correlation,
    sameSpin_hartree: sameSpin,
    oppositeSpin_hartree: oppositeSpin,
    largestAmplitude,
    ...(kind === "uhf" && { spinSquareChange }),
    nFrozenCore,
  };
}

/** Of solutions of one kind. */
function runMp2(
  system: QuantumSystem,
  solutions: readonly [ScfResult, ...ScfResult[]],
  {
    nFrozenCore: frozen = 0,
    densityFitting,
    memoryBytes = densityFitting ? FITTED_MP2_MEMORY_BYTES : MP2_MEMORY_BYTES,
    naturalOrbitals,
  }: Mp2Options & { naturalOrbitals: boolean },
) {
  const orbitals = correlatedOrbitals(system, solutions, { title: "MP2", frozen });
  const found = callNative((addon) =>
    addon.mp2({
      ...{ system: system.handle, memoryBytes, naturalOrbitals },
      nSolutions: solutions.length,
      ...(densityFitting && { auxiliary: flatShells(system.geometry, densityFitting.auxiliary) }),
      ...orbitals,
    }),
  );
  // One of each solution.
  return found.map((native, k) => ({ native, result: solutionOf(solutions[k]!, native, orbitals.nFrozen) }));
}

/**
 * MP2 correlation energy from canonical RHF or UHF orbitals.
 *
 * C. Møller, M. S. Plesset, doi:10.1103/PhysRev.46.618. Cost nBasis⁴ · nOccupied; with fitted integrals (M. Feyereisen et al.,
 * doi:10.1016/0009-2614(93)87156-W) nOccupied² · nVirtual² · nAuxiliary.
 *
 * @throws DomainError `invalid-input` for rohf orbitals, an unconverged field, a core that is too large or an element that the auxiliary set lacks,
 * `not-supported` where a fit needs more than memoryBytes; AbortError.
 */
export const mp2 = (system: QuantumSystem, scf: ScfResult, options: Mp2Options = {}): Mp2Solution =>
  // One solution, one result.
  runMp2(system, [scf], { ...options, naturalOrbitals: false })[0]!.result;

/** MP2 of several solutions of one kind, which share passes over the integrals. Throws as mp2. */
export const mp2OfEach = (
  system: QuantumSystem,
  solutions: readonly [ScfResult, ...ScfResult[]],
  options: Mp2Options = {},
): Mp2Solution[] =>
  runMp2(system, solutions, { ...options, naturalOrbitals: false }).map(({ result }) => result);

/**
 * Natural orbitals of the unrelaxed MP2 density: of RHF, or of UHF with the densities of both spins added.
 *
 * D = D(SCF) + ½ Σ |amplitude|² over double excitations, without the response of the orbitals. Cost and errors of mp2,
 * and nOccupied² · nVirtual³.
 */
export function mp2NaturalOrbitals(
  system: QuantumSystem,
  scf: ScfResult,
  options: Mp2Options = {},
): Mp2NaturalOrbitals {
  // One solution, one result.
  const { native, result } = runMp2(system, [scf], { ...options, naturalOrbitals: true })[0]!;
  // Asked for, and so there.
  return { ...result, occupations: native.naturalOccupations!, orbitals: native.naturalOrbitals! };
}
