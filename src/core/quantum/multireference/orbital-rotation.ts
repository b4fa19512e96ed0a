/** Turns of orthonormal orbitals. */
import { throwIfCancelled } from "../control-block.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";

type Cancellable = Pick<NativeContext, "control">;

/** a b of square matrices of order n, row-major. */
function product(a: Float64Array, b: Float64Array, n: number, { control }: Cancellable): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    throwIfCancelled(control);
    for (let k = 0; k < n; k++) {
      const x = a[i * n + k]!;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) result[i * n + j]! += x * b[k * n + j]!;
    }
  }
  return result;
}

const largestElement = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** exp(a) by scaling, its power series and squaring; orthogonal to rounding for an antisymmetric a. Cost about 12 n³. */
function exponential(a: Float64Array, n: number, context: Cancellable): Float64Array {
  const squarings = Math.max(0, Math.ceil(Math.log2(Math.max(n * largestElement(a), 1e-300) / 0.25)));
  const scaled = a.map((x) => x / 2 ** squarings);
  let result: Float64Array = Float64Array.from({ length: n * n }, (_, k) => Number(k % (n + 1) === 0));
  let power: Float64Array = result;
  for (let k = 1; largestElement(power) > 1e-18 && k < 30; k++) {
    power = product(power, scaled, n, context).map((x) => x / k);
    result = result.map((x, i) => x + power[i]!);
  }
  for (let k = 0; k < squarings; k++) result = product(result, result, n, context);
  return result;
}

/** Orbitals in three groups, and which pairs of them a rotation mixes: each of one group with those of the groups after it. */
export interface RotationPairs {
  readonly nOrbitals: number;
  /** [higher, lower] of each parameter. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Core with active, core with empty, active with empty; `frozen` core orbitals are left alone. */
export function rotationPairs(
  nOrbitals: number,
  { nCore, norb, frozen = 0 }: { nCore: number; norb: number; frozen?: number },
): RotationPairs {
  const group = (p: number): number => Number(p >= nCore) + Number(p >= nCore + norb);
  const all = Array.from({ length: nOrbitals }, (_, p) => p);
  const pairs = all.flatMap((p) =>
    all.filter((q) => q >= frozen && group(q) < group(p)).map((q) => [p, q] as const),
  );
  return { nOrbitals, pairs };
}

/**
 * C exp(κ) with κ_pq = −κ_qp of each pair; columns [nBasis, nOrbitals]. Cost nBasis nOrbitals² and about 12 nOrbitals³. Throws AbortError,
 * a row of a product of matrices after it was asked for.
 */
export function rotated(
  orbitals: Float64Array,
  { nOrbitals: n, pairs }: RotationPairs,
  parameters: Float64Array,
  context: Cancellable = {},
): Float64Array {
  const kappa = new Float64Array(n * n);
  for (const [k, [p, q]] of pairs.entries()) {
    kappa[p * n + q] = parameters[k]!;
    kappa[q * n + p] = -parameters[k]!;
  }
  const turn = exponential(kappa, n, context);
  const result = new Float64Array(orbitals.length);
  for (let x = 0; x < orbitals.length; x += n) {
    throwIfCancelled(context.control);
    for (let k = 0; k < n; k++) {
      const c = orbitals[x + k]!;
      for (let j = 0; j < n; j++) result[x + j]! += c * turn[k * n + j]!;
    }
  }
  return result;
}
