/** What `ansatz energy` prints of excited states. */
import type { ExcitationsResult, SingleExcitation } from "#shared/quantum/excitations-result.ts";
import { spinName } from "#shared/quantum/spin-states.ts";
import { PER_CENTIMETRE_PER_HARTREE, toElectronVolt } from "#shared/units.ts";
import { fixed, print } from "../../output.ts";
import { row } from "./row.ts";

const NANOMETRES_PER_CENTIMETRE = 1e7;

/** Light's share; of a state that no light leads to nothing. */
function lightOf({ excitation_hartree, oscillatorStrength }: SingleExcitation): string {
  if (excitation_hartree <= 0) return ", not above the closed shell, which is no ground state";
  if (oscillatorStrength === null) return "";
  const wavelength = NANOMETRES_PER_CENTIMETRE / (excitation_hartree * PER_CENTIMETRE_PER_HARTREE);
  return `, ${fixed(wavelength, 1)} nm, oscillator strength ${fixed(oscillatorStrength, 5)}`;
}

/** Energies above the ground state, with light's share and the orbitals that take part, numbered from 1. */
export function printExcitations({ method, outcome, states, wallTime_ms }: ExcitationsResult): void {
  print(`${method.toUpperCase().padEnd(14)} ${outcome}, ${fixed(wallTime_ms, 1)} ms`);
  for (const state of states) {
    const { multiplicity, root, excitation_hartree, leading } = state;
    const moves = leading
      .map(({ from, to, share }) => `${from + 1} → ${to + 1} (${fixed(share, 2)})`)
      .join(", ");
    row(
      `  ${spinName(multiplicity)} ${root}`,
      fixed(toElectronVolt(excitation_hartree), 4),
      `eV${lightOf(state)}${moves && `; ${moves}`}`,
    );
  }
}

/** "CIS converged, singlet 1 4.4857 eV, triplet 1 3.6715 eV". */
export const excitationWords = ({ method, outcome, states }: ExcitationsResult): string =>
  [
    `${method.toUpperCase()} ${outcome}`,
    ...states.map(
      ({ multiplicity, root, excitation_hartree }) =>
        `${spinName(multiplicity)} ${root} ${fixed(toElectronVolt(excitation_hartree), 4)} eV`,
    ),
  ].join(", ");
