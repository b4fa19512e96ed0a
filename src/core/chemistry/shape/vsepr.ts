/**
 * How many directions the electron pairs of an atom's valence shell take: R. J. Gillespie, R. S. Nyholm,
 * doi:10.1039/QR9571100339. Of the main groups only; d electrons do not follow it.
 */
import type { SpatialAtom } from "./spatial-graph.ts";

/** Valence electrons of a neutral main-group atom; undefined for the others. */
export function valenceElectrons(z: number): number | undefined {
  for (const [noble, first, last] of SHELLS) {
    if (z > last) continue;
    const beyond = z - noble;
    if (beyond <= 2) return beyond;
    return z >= first ? z - first + 3 : undefined;
  }
  return undefined;
}

/** Each period: the noble gas before it, its first p-block element, and its last element. */
const SHELLS = [
  [0, 1, 2],
  [2, 5, 10],
  [10, 13, 18],
  [18, 31, 36],
  [36, 49, 54],
] as const;

export interface ElectronDomains {
  readonly bonded: number;
  readonly lonePairs: number;
}

/** Undefined for an atom that the rule says nothing of: transition metals, radicals, impossible counts. */
export function electronDomains({
  z,
  charge,
  radicalElectrons,
  neighbours,
  valence,
}: SpatialAtom): ElectronDomains | undefined {
  const electrons = valenceElectrons(z);
  if (electrons === undefined || radicalElectrons > 0) return undefined;
  const left = electrons - charge - valence;
  if (left < 0 || left % 2 !== 0) return undefined;
  return { bonded: neighbours.length, lonePairs: left / 2 };
}
