/**
 * A state of selected CI as text, for anyone who wants to compute its energy anew: a line `NORB NALPHA NBETA DETERMINANTS`; the
 * orbitals that the determinants are of, a line for each orbital of the Hamiltonian; and, the weightiest first, a line `c α β` for each
 * determinant Π a†(α) Π a†(β)|vac⟩, orbitals rising, with the occupied ones as bits of two hexadecimal numbers, the first orbital the lowest bit.
 */
import { throwIfCancelled } from "../control-block.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";

export interface WrittenState {
  /** Columns over the orbitals of the Hamiltonian, [norb, norb]. */
  readonly orbitals: Float64Array;
  /** Masks of the occupied orbitals, α and β of each determinant in turn. */
  readonly strings: BigUint64Array;
  readonly coefficients: Float64Array;
}

/** A text holds some 2²⁹ characters, and a line is 60 of them at most. */
export const MOST_WRITTEN_DETERMINANTS = 8_000_000;

/** Lines between two looks at the flag of cancellation. */
const LINES_AT_ONCE = 4096;

/** Numbers are written to the last bit. Cost: about 45 bytes a determinant. Throws AbortError. */
export function formatWavefunction(
  { norb, nelec }: Pick<ActiveHamiltonian, "norb" | "nelec">,
  { orbitals, strings, coefficients }: WrittenState,
  { control }: Pick<NativeContext, "control"> = {},
): string {
  const lines = [`${norb} ${nelec[0]} ${nelec[1]} ${coefficients.length}`];
  for (let p = 0; p < norb; p++) lines.push(orbitals.subarray(p * norb, (p + 1) * norb).join(" "));
  const order = Uint32Array.from(coefficients, (_, k) => k);
  order.sort((a, b) => Math.abs(coefficients[b]!) - Math.abs(coefficients[a]!) || a - b);
  for (const [line, k] of order.entries()) {
    if (line % LINES_AT_ONCE === 0) throwIfCancelled(control);
    lines.push(`${coefficients[k]} ${strings[2 * k]!.toString(16)} ${strings[2 * k + 1]!.toString(16)}`);
  }
  return `${lines.join("\n")}\n`;
}
