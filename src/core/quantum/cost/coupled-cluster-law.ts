/** What coupled cluster takes, by the numbers of correlated orbitals. */
import type { CorrelatedOrbitals } from "../field/coupled-cluster.ts";

/** Of 12 to 17 in closed shells near their minimum. */
const ITERATIONS = 15;
/** Floating-point operations of one thread in a millisecond: benzene in 6-31G, an AMD EPYC with AVX2, 30 November 2026. */
const OPERATIONS_PER_MS = 2e7;

/** Blocks of spins have more to do, and less of it at a time. */
const OPEN_SHELL_FACTOR = 8;

/** Iterations of CCSD, and (T) where it is asked for, ms; integrals take as many as MP2's transformation. */
export function coupledClusterTime_ms(
  { nOccupied: o, nVirtual: v, isOpen }: CorrelatedOrbitals,
  { triples }: { triples: boolean },
): number {
  const rings = 8 * (o * v) ** 3;
  const ladders = (o ** 2 * v ** 4) / 2 + o ** 3 * v ** 3;
  const ofTriples = triples ? 2.5 * (o * v) ** 3 * (o + v) : 0;
  const closed = ITERATIONS * (rings + ladders) + ofTriples + 3 * (o + v) ** 5;
  return (closed * (isOpen ? OPEN_SHELL_FACTOR : 1)) / OPERATIONS_PER_MS;
}
