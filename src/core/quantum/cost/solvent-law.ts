/** What a field in a solvent takes beside the field: time of the processor, and memory. */
import { SURFACE_STORE_BYTES } from "../molecule/cavity.ts";

export interface SolventWork {
  readonly atoms: number;
  /** Basis functions. */
  readonly n: number;
}

/** Of the 302 points of a sphere those that stand outside the others: ethylene 160, benzene 136, decane 127. */
const ATOM_POINTS = 135;
const BYTES = 8;

const integralCount = ({ n }: SolventWork, points: number): number => (points * n * (n + 1)) / 2;
const pointCount = ({ atoms }: SolventWork): number => ATOM_POINTS * atoms;

/**
 * ms: ethylene to decane, 962 to 4074 points and 38 to 118 functions, on one thread of two at work of an AMD EPYC with AVX-512, 30 November
 * 2026: 74 to 1900 ms of a field in all, 70 to 1400 of a gradient.
 */
const FACTOR_MS = 3.4e-9;
const REPULSION_MS = 3e-5;
const SOLUTION_MS = 5e-6;
const INTEGRAL_MS = 1.2e-5;
const PASS_MS = 1e-6;
const GRADIENT_MS = { integral: 1e-5, repulsion: 9e-5 } as const;

/** Of one geometry, with so many Fock matrices and gradients, ms. */
export function solventTime_ms(
  work: SolventWork,
  { builds, gradients = 0 }: { builds: number; gradients?: number },
): number {
  const points = pointCount(work);
  const integrals = integralCount(work, points);
  const kept = Math.min(1, SURFACE_STORE_BYTES / (BYTES * integrals));
  const pass = PASS_MS * integrals + 2 * (1 - kept) * INTEGRAL_MS * integrals;
  const surface = FACTOR_MS * points ** 3 + REPULSION_MS * points ** 2 + kept * INTEGRAL_MS * integrals;
  const gradient = GRADIENT_MS.integral * integrals + GRADIENT_MS.repulsion * points ** 2;
  return surface + builds * (pass + SOLUTION_MS * points ** 2) + gradients * gradient;
}

export function solventMemory_bytes(work: SolventWork): number {
  const points = pointCount(work);
  return BYTES * points ** 2 + Math.min(SURFACE_STORE_BYTES, BYTES * integralCount(work, points));
}
