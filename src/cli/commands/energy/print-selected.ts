/** What `ansatz energy` prints of selected CI. */
import { type SciResult, sciTotal } from "#shared/quantum/sci-result.ts";
import { spinName } from "#shared/quantum/spin-states.ts";
import { fixed } from "../../output.ts";
import { row } from "./row.ts";

const ENDS = {
  complete: "nothing outside interacts",
  determinants: "as many as were asked for",
  memory: "as many as memory holds",
} as const satisfies Record<SciResult["end"], string>;

export function printSelected(sci: SciResult): void {
  row("selected CI", String(sci.determinants), `determinants: ${ENDS[sci.end]}, ${sci.outcome}`);
  for (const state of sci.states) {
    row(
      `  ${spinName(state.multiplicity)} ${state.root}`,
      fixed(sciTotal(state), 10),
      `Eh   ⟨S²⟩ ${fixed(state.spinSquare, 4)}`,
    );
    row("    variational", fixed(state.energy_hartree, 10), "Eh   an upper bound");
    row("    PT2", fixed(state.pt2_hartree, 10), "Eh");
    if (state.extrapolated_hartree !== null)
      row(
        "    extrapolated",
        fixed(state.extrapolated_hartree, 6),
        `Eh   ± ${fixed(state.extrapolatedError_hartree, 6)}`,
      );
  }
}
