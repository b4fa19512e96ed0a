/** Overlaps of normalised Slater functions rⁿ⁻¹ e^(−ζr) of two atoms. */

export interface SlaterFunction {
  readonly n: number;
  /** ζ, 1/bohr. */
  readonly exponent: number;
}

/** ∫₁^∞ xᵏ e^(−px) dx for each k up to `most`. */
function outer(most: number, p: number): number[] {
  const found = [Math.exp(-p) / p];
  for (let k = 1; k <= most; k++) found.push((Math.exp(-p) + k * found[k - 1]!) / p);
  return found;
}

/** ∫₋₁¹ xᵏ e^(−qx) dx, by the series of the exponential, whose terms have one sign. */
function inner(k: number, q: number): number {
  let [sum, term] = [0, 1];
  for (let m = 0; m < 400; m++) {
    if ((k + m) % 2 === 0) sum += (2 * term) / (k + m + 1);
    term *= -q / (m + 1);
    if (Math.abs(term) < 1e-18 * Math.abs(sum)) break;
  }
  return sum;
}

/** (x + y)ⁿ (x − y)ᵐ: the factor of xᵏ yˡ, k + l = n + m, at l. */
function expanded(n: number, m: number): number[] {
  let factors = [1];
  const times = (sign: number): void => {
    factors = Array.from(
      { length: factors.length + 1 },
      (_, l) => (factors[l] ?? 0) + sign * (factors[l - 1] ?? 0),
    );
  };
  for (let k = 0; k < n; k++) times(1);
  for (let k = 0; k < m; k++) times(-1);
  return factors;
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const norm = ({ n, exponent }: SlaterFunction): number =>
  (2 * exponent) ** (n + 0.5) / Math.sqrt(factorial(2 * n));

/** In elliptical coordinates: R. S. Mulliken, C. A. Rieke, D. Orloff, H. Orloff, doi:10.1063/1.1747150. @param r bohr, above 0 */
export function slaterOverlap(a: SlaterFunction, b: SlaterFunction, r: number): number {
  const p = (r / 2) * (a.exponent + b.exponent);
  const q = (r / 2) * (a.exponent - b.exponent);
  const most = a.n + b.n;
  const along = outer(most, p);
  const sum = expanded(a.n, b.n).reduce(
    (total, factor, l) => total + factor * along[most - l]! * inner(l, q),
    0,
  );
  return (norm(a) * norm(b) * (r / 2) ** (most + 1) * sum) / 2;
}
