/** What `ansatz energy` prints of excited states. */
import type { ExcitationsResult } from "#shared/quantum/excitations-result.ts";
import { spinName } from "#shared/quantum/spin-states.ts";
import { PER_CENTIMETRE_PER_HARTREE, toElectronVolt } from "#shared/units.ts";
import { fixed, print } from "../../output.ts";
import { row } from "./row.ts";

const NANOMETRES_PER_CENTIMETRE = 1e7;

/** Energies above the ground state, with light's share and the orbitals that take part, numbered from 1. */
export function printExcitations({ method, outcome, states, wallTime_ms }: ExcitationsResult): void {
  print(`${method.toUpperCase().padEnd(14)} ${outcome}, ${fixed(wallTime_ms, 1)} ms`);
  for (const { multiplicity, root, excitation_hartree, oscillatorStrength, leading } of states) {
    const wavelength = NANOMETRES_PER_CENTIMETRE / (excitation_hartree * PER_CENTIMETRE_PER_HARTREE);
    const light =
      oscillatorStrength === null
        ? ""
        : `, ${fixed(wavelength, 1)} nm, oscillator strength ${fixed(oscillatorStrength, 5)}`;
    const moves = leading
      .map(({ from, to, share }) => `${from + 1} → ${to + 1} (${fixed(share, 2)})`)
      .join(", ");
    row(
      `  ${spinName(multiplicity)} ${root}`,
      fixed(toElectronVolt(excitation_hartree), 4),
      `eV${light}${moves && `; ${moves}`}`,
    );
  }
}
