/** What makes a contracted Gaussian shell computable. */
import type { ElementShell } from "./basis.ts";

/**
 * Exponents outside are refused, bohr⁻². The most diffuse functions of published sets have some 1e-4, the tightest some 1e9;
 * far beyond, powers of an exponent or integrals over it leave the range of double precision.
 */
const SMALLEST_EXPONENT = 1e-6;
const LARGEST_EXPONENT = 1e10;

/** Coefficients refer to normalised primitives: published ones are some 0.001 … 100. */
const LARGEST_COEFFICIENT = 1e6;

/** A contraction that leaves less than this of its primitives' squares has lost half of the digits of its norm. */
const SMALLEST_NORM = 1e-8;

/** ⟨i|j⟩ of normalised primitives of angular momentum l on one centre. */
const primitiveOverlap = (l: number, a: number, b: number): number =>
  ((2 * Math.sqrt(a) * Math.sqrt(b)) / (a + b)) ** (l + 1.5);

/** ⟨shell|shell⟩ of the contracted function as its coefficients are. Cost: primitives². */
export function selfOverlap({ l, exponents, coefficients }: ElementShell): number {
  let overlap = 0;
  for (const [i, c] of coefficients.entries())
    for (const [j, d] of coefficients.entries())
      overlap += c * d * primitiveOverlap(l, exponents[i]!, exponents[j]!);
  return overlap;
}

/** ⟨shell|shell⟩ / Σ coefficient²: 1 for one primitive, 0 where they cancel. */
function contractionNorm(shell: ElementShell): number {
  const squares = shell.coefficients.reduce((sum, c) => sum + c ** 2, 0);
  return squares === 0 ? 0 : selfOverlap(shell) / squares;
}

/** Why a shell cannot be computed with, as "expected …, got …"; undefined for one that can. */
export function contractionFault(shell: ElementShell): string | undefined {
  const exponent = shell.exponents.find(
    (value) => !(value >= SMALLEST_EXPONENT && value <= LARGEST_EXPONENT),
  );
  if (exponent !== undefined)
    return `expected exponents of ${SMALLEST_EXPONENT} to ${LARGEST_EXPONENT} bohr⁻², got ${exponent}`;
  const coefficient = shell.coefficients.find((value) => !(Math.abs(value) <= LARGEST_COEFFICIENT));
  if (coefficient !== undefined)
    return `expected coefficients within ±${LARGEST_COEFFICIENT}, got ${coefficient}`;
  const norm = contractionNorm(shell);
  if (norm < SMALLEST_NORM)
    return `expected primitives that do not cancel, got a contraction with ${norm.toExponential(1)} of their norm`;
  return undefined;
}
