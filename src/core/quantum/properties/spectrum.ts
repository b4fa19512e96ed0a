/** States of any spin in one active space of a closed shell's orbitals, by exact diagonalisation. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { pureSpinSquare } from "#shared/quantum/field-result.ts";
import { requireClosedShell } from "./closed-shell.ts";
import { energyDifference, found } from "./conclude.ts";
import type { Candidate, Protocol } from "./protocol.ts";
import { hasEmptyOrbitals, spaceOf } from "./requests.ts";

/** Enough for two singlets among triplets and quintets. */
const STATES = 8;
/** ⟨S²⟩ within this of S(S+1) is that spin. */
const PURE = 0.1;

function spectrumState(candidate: Candidate): { request: EnergyRequest } {
  const { geometry, charge, level } = candidate;
  const { basis, functions = null, ansatz, maxIterations } = level;
  const activeSpace = spaceOf(candidate);
  // Ansatz and iterations are a VQE's: asked for by the schema, read by nobody.
  const asked = { basis, functions, activeSpace, ansatz, maxIterations, states: STATES, anySpin: true };
  return { request: { ...asked, geometry, charge, multiplicity: 1, method: "casci" } };
}

/** Energies of the states of a spin, lowest first. */
function energiesOf(result: EnergyResult | IonResult | null | undefined, multiplicity: number): number[] {
  const casci = result?.casci;
  if (casci?.outcome !== "converged") return [];
  return [casci, ...casci.excited]
    .filter(({ spinSquare }) => Math.abs((spinSquare ?? -1) - pureSpinSquare(multiplicity)) < PURE)
    .map(({ energy_hartree }) => energy_hartree);
}

const NO_STATE_ABOVE =
  "the molecule has no empty orbital in this basis set, and so no state above the ground state: a larger one has some";

/** The number under `key` from energies of singlets and triplets; null where a state is missing. */
const spectrumProtocol = (
  key: string,
  property: string,
  number: (singlets: readonly number[], triplets: readonly number[]) => number | null,
): Protocol => ({
  next(candidate, { spectrum }) {
    requireClosedShell(candidate, property);
    if (!hasEmptyOrbitals(candidate))
      return { values: { [key]: null }, outcome: "not-applicable", reason: NO_STATE_ABOVE };
    if (spectrum === undefined) return { states: { spectrum: spectrumState(candidate) } };
    const value = number(energiesOf(spectrum, 1), energiesOf(spectrum, 3));
    return found({ [key]: value }, [value]);
  },
});

/**
 * S1 − S0 of a closed shell: two singlets of one active space in the ground state's orbitals. What lies outside the space neither
 * relaxes nor correlates, and both states share orbitals that are the ground state's: too high by 1 eV and more. Cost: one RHF field,
 * one exact diagonalisation of eight states.
 */
export const firstExcitationProtocol = spectrumProtocol(
  "firstExcitation_hartree",
  "The first excitation energy",
  ([ground, excited]) => energyDifference(excited ?? null, ground ?? null),
);

/** S1 − T1 of a closed shell from the same state as the first excitation energy; negative where the singlet is lower. */
export const singletTripletGapProtocol = spectrumProtocol(
  "singletTripletGap_hartree",
  "The singlet–triplet gap",
  ([, singlet], [triplet]) => energyDifference(singlet ?? null, triplet ?? null),
);
