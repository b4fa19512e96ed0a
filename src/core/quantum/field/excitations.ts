/** Excited states of a closed shell by single excitations of its field: CIS, and TDA of functionals. */
import { DomainError } from "#shared/errors.ts";
import type { ExcitationsResult, SingleExcitation } from "#shared/quantum/excitations-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import type { NativeExcitations } from "../native/addon-functions.ts";
import { callNative } from "../native/native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/** Norm of a residual, Hartree: energies are right to its square over the gap between states. */
const TOLERANCE_HARTREE = 1e-5;
const MAX_ITERATIONS = 100;
/** Shares from here on are told. */
const LEADING_SHARE = 0.1;

/** Excitations from occupied orbitals into empty ones. */
const singlesOf = ({ nelec: [nOccupied], orbitalEnergies_hartree: [energies] }: ScfResult): number =>
  nOccupied * (energies.length - nOccupied);

/**
 * Refuses states that single excitations of a closed shell do not reach.
 *
 * @throws DomainError `not-supported`, `invalid-input` for more states than excitations
 */
function check(scf: ScfResult, states: SpinStates): void {
  for (const { multiplicity, count } of states) {
    if (multiplicity !== 1 && multiplicity !== 3)
      throw new DomainError(
        "not-supported",
        `Excitations of a closed shell: expected singlets and triplets, got multiplicity ${multiplicity}.`,
      );
    const most = singlesOf(scf);
    if (count > most)
      throw new DomainError(
        "invalid-input",
        `Excitations: expected at most ${most}, as many as single excitations, got ${count}.`,
      );
  }
}

function leadingOf(amplitudes: Float64Array, nOccupied: number): SingleExcitation["leading"] {
  const nVirtual = amplitudes.length / nOccupied;
  return Array.from(amplitudes, (amplitude, k) => ({
    from: Math.floor(k / nVirtual),
    to: nOccupied + (k % nVirtual),
    share: amplitude ** 2,
  }))
    .filter(({ share }) => share > LEADING_SHARE)
    .sort((a, b) => b.share - a.share);
}

function statesOf(found: NativeExcitations, multiplicity: number, nOccupied: number): SingleExcitation[] {
  return Array.from(found.energies, (excitation_hartree, k) => {
    const dipole = found.transitionDipoles.subarray(3 * k, 3 * k + 3);
    const square = dipole.reduce((sum, x) => sum + x * x, 0);
    return {
      multiplicity,
      root: k + 1,
      excitation_hartree,
      oscillatorStrength: multiplicity === 1 ? (2 / 3) * excitation_hartree * square : null,
      // Amplitudes of each state.
      leading: leadingOf(found.amplitudes[k]!, nOccupied),
    };
  });
}

/**
 * The lowest excitations of a converged RHF or RKS field, at its geometry: configuration interaction with singles (J. B. Foresman et al.,
 * doi:10.1021/j100180a030), of a functional in the adiabatic Tamm–Dancoff approximation (S. Hirata, M. Head-Gordon,
 * doi:10.1016/S0009-2614(99)01149-5), on the field's own grid. States that do not converge are an outcome. Cost: some ten Fock matrices a state, and
 * responses of the functional.
 *
 * @throws DomainError `invalid-input` for an open shell or a field that is fitted, in a solvent or not converged, and as check; AbortError
 */
export function excitationsOf(
  system: QuantumSystem,
  scf: ScfResult,
  states: SpinStates,
): Omit<ExcitationsResult, "wallTime_ms"> {
  if (scf.kind !== "rhf" || scf.outcome !== "converged" || scf.densityFitting || scf.solvent)
    throw new DomainError(
      "invalid-input",
      "Excitations: expected a converged closed shell of exact integrals in the gas phase.",
    );
  check(scf, states);
  const { kohnSham } = scf;
  const [nOccupied] = scf.nelec;
  const found = states.map(({ multiplicity, count }) => ({
    multiplicity,
    native: callNative((addon) =>
      addon.excitations({
        system: system.handle,
        orbitals: scf.orbitals[0],
        orbitalEnergies: scf.orbitalEnergies_hartree[0],
        nStates: count,
        triplets: multiplicity === 3,
        tolerance: TOLERANCE_HARTREE,
        maxIterations: MAX_ITERATIONS,
        ...(kohnSham && { functional: kohnSham.functional, grid: kohnSham.grid.level }),
      }),
    ),
  }));
  return {
    method: kohnSham ? "tda" : "cis",
    outcome: found.every(({ native }) => native.converged) ? "converged" : "not-converged",
    states: found.flatMap(({ multiplicity, native }) => statesOf(native, multiplicity, nOccupied)),
  };
}
