/** Limited-memory BFGS: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., algorithm 7.4. */

/** Value at x; the gradient is written into the second array. */
export type ValueAndGradient = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 8;
const ARMIJO = 1e-4;
const SHORTEST_STEP = 1e-10;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

interface Pair {
  s: Float64Array;
  y: Float64Array;
  rho: number;
}

/** −H·g by the two loops over the last steps. */
function direction(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, rho } = pairs[k]!;
    alphas[k] = rho * dot(s, q);
    for (let i = 0; i < q.length; i++) q[i]! -= alphas[k]! * y[i]!;
  }
  const last = pairs.at(-1);
  const scale = last
    ? 1 / (last.rho * dot(last.y, last.y))
    : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let i = 0; i < q.length; i++) q[i]! *= scale;
  pairs.forEach(({ s, y, rho }, k) => {
    const beta = rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i]! += (alphas[k]! - beta) * s[i]!;
  });
  return q;
}

/**
 * Goes downhill from x, in place, until no component of the gradient is above the tolerance or no step helps.
 *
 * @returns the value where it ended; cost: about one evaluation an iteration.
 */
export function minimiseLbfgs(
  valueAndGradient: ValueAndGradient,
  x: Float64Array,
  { maxIterations, tolerance }: { maxIterations: number; tolerance: number },
): number {
  let gradient = new Float64Array(x.length);
  let value = valueAndGradient(x, gradient);
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (gradient.every((g) => Math.abs(g) < tolerance)) break;
    let step = direction(gradient, pairs);
    let slope = dot(step, gradient);
    if (slope >= 0) {
      pairs.length = 0;
      step = direction(gradient, pairs);
      slope = dot(step, gradient);
    }
    const before = x.slice();
    const next = new Float64Array(x.length);
    let length = 1;
    let reached = Number.POSITIVE_INFINITY;
    for (; length > SHORTEST_STEP; length /= 2) {
      for (let i = 0; i < x.length; i++) x[i] = before[i]! + length * step[i]!;
      reached = valueAndGradient(x, next);
      if (reached <= value + ARMIJO * length * slope) break;
    }
    if (length <= SHORTEST_STEP) {
      x.set(before);
      break;
    }
    const s = x.map((xi, i) => xi - before[i]!);
    const y = next.map((g, i) => g - gradient[i]!);
    const sy = dot(s, y);
    if (sy > 1e-12) pairs.push({ s, y, rho: 1 / sy });
    if (pairs.length > MEMORY) pairs.shift();
    value = reached;
    gradient = next;
  }
  return value;
}
