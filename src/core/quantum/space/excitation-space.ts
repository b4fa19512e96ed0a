/** The active space of the orbitals that low excitations empty and fill. */
import { DomainError } from "#shared/errors.ts";
import type { ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import { callNative } from "../native/native.ts";
import { valenceOrbitals } from "./avas.ts";
import { type ExcitationOrbitals, excitationOrbitals } from "./excitation-orbitals.ts";

/** Of each spin: enough for n → π* and π → π*, and for both of a degenerate pair. */
export const AVERAGED_STATES = 3;

export interface ExcitationSpace {
  readonly pairs: number;
  readonly empty: number;
  /** The largest weight that was left out. */
  readonly largestLeft: number;
  /** Core and occupied ones by rising weight, empty ones by falling weight, the others: columns [nBasis, nOrbitals]. */
  readonly orbitals: Float64Array;
}

/** Columns from `first` on replaced by sums of them, one for each row. */
function turned(
  orbitals: Float64Array,
  width: number,
  { first, rows }: { first: number; rows: readonly Float64Array[] },
): Float64Array {
  const result = orbitals.slice();
  for (let x = 0; x < orbitals.length; x += width)
    for (const [k, row] of rows.entries())
      result[x + first + k] = row.reduce((sum, c, j) => sum + c * orbitals[x + first + j]!, 0);
  return result;
}

/** How many weights are at least the threshold, at most so many. */
const counted = (weights: Float64Array, { threshold, most }: { threshold: number; most: number }): number =>
  Math.min(most, weights.filter((weight) => weight >= threshold).length);

/** Within at most so many orbitals: of each side those above the threshold, the least left out first. */
function sizesOf({ leaving, coming }: ExcitationOrbitals, threshold: number, most: number) {
  let [pairs, empty] = [leaving, coming].map((weights) => counted(weights, { threshold, most })) as [
    number,
    number,
  ];
  while (pairs + empty > most) {
    if (empty < 2 || (pairs > 1 && leaving[pairs - 1]! < coming[empty - 1]!)) pairs--;
    else empty--;
  }
  return { pairs, empty };
}

/**
 * Of the valence orbitals of a closed shell, which no diffuse function of a basis set comes into: those that the mean of the lowest singlets and
 * triplets of single excitations empties or fills by `threshold` electrons or more, `most` orbitals at most.
 *
 * @throws DomainError `not-supported` for open shells; as valenceOrbitals. Cost: one Coulomb build for each pair of valence orbitals, and as excitationOrbitals.
 */
export async function excitationSpace(
  system: QuantumSystem,
  scf: ScfResult,
  { threshold, most, resources }: { threshold: number; most: number; resources: string },
): Promise<ExcitationSpace> {
  const [nalpha, nbeta] = scf.nelec;
  if (nalpha !== nbeta)
    throw new DomainError(
      "not-supported",
      `Orbitals of low excitations: expected a closed shell, got ${nalpha - nbeta} unpaired electrons. Take another rule, such as natural:0.02.`,
    );
  const valence = await valenceOrbitals(system, scf, resources);
  const { pairs: nOccupied, empty: nEmpty } = valence;
  const first = nalpha - nOccupied;
  const range = (from: number, length: number): Int32Array => Int32Array.from({ length }, (_, k) => from + k);
  const hamiltonian = callNative((addon) =>
    addon.activeSpaceHamiltonian({
      system: system.handle,
      orbitals: valence.orbitals,
      core: range(0, first),
      active: range(first, nOccupied + nEmpty),
    }),
  );
  const found = excitationOrbitals({ ...hamiltonian, nelec: [nOccupied, nOccupied] }, AVERAGED_STATES);
  const { pairs, empty } = sizesOf(found, threshold, most);
  const width = scf.orbitalEnergies_hartree[0].length;
  const occupied = turned(valence.orbitals, width, { first, rows: found.occupied.toReversed() });
  const orbitals = turned(occupied, width, { first: nalpha, rows: found.empty });
  const largestLeft = Math.max(0, found.leaving[pairs] ?? 0, found.coming[empty] ?? 0);
  return { pairs, empty, largestLeft, orbitals };
}
