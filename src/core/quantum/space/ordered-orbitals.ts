/** Orbitals of a molecule in the order that multireference methods want: core, active, empty. */

export interface MoleculeOrbitals {
  /** Columns [nBasis, nOrbitals]. */
  readonly orbitals: Float64Array;
  readonly nCore: number;
  readonly norb: number;
}

/** The core is the lowest of the orbitals that are not active. */
export function orderedOrbitals(
  orbitals: Float64Array,
  { nBasis, nCore, active }: { nBasis: number; nCore: number; active: readonly number[] },
): MoleculeOrbitals {
  const width = orbitals.length / nBasis;
  const chosen = new Set(active);
  const others = Array.from({ length: width }, (_, p) => p).filter((p) => !chosen.has(p));
  const order = [...others.slice(0, nCore), ...active, ...others.slice(nCore)];
  const ordered = new Float64Array(orbitals.length);
  for (let x = 0; x < nBasis; x++)
    for (let p = 0; p < width; p++) ordered[x * width + p] = orbitals[x * width + order[p]!]!;
  return { orbitals: ordered, nCore, norb: active.length };
}
