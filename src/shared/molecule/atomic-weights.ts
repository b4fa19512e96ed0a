/** Weights of the elements, as a sample from nature has them. */
import { atomicNumber } from "./molecule.ts";

/** H to Xe, Da; of technetium the longest-lived isotope. */
const ATOMIC_WEIGHTS = [
  1.008, 4.002602, 6.94, 9.0121831, 10.81, 12.011, 14.007, 15.999, 18.998403163, 20.1797, 22.98976928, 24.305,
  26.9815385, 28.085, 30.973761998, 32.06, 35.45, 39.948, 39.0983, 40.078, 44.955908, 47.867, 50.9415,
  51.9961, 54.938044, 55.845, 58.933194, 58.6934, 63.546, 65.38, 69.723, 72.63, 74.921595, 78.971, 79.904,
  83.798, 85.4678, 87.62, 88.90584, 91.224, 92.90637, 95.95, 97.90721, 101.07, 102.9055, 106.42, 107.8682,
  112.414, 114.818, 118.71, 121.76, 127.6, 126.90447, 131.293,
];

/**
 * Conventional atomic weight, Da (J. Meija et al., doi:10.1515/pac-2015-0305).
 *
 * @throws RangeError for what is no element from H to Xe
 */
export function atomicWeight(symbol: string): number {
  const weight = ATOMIC_WEIGHTS[(atomicNumber(symbol) ?? 0) - 1];
  if (weight === undefined) throw new RangeError(`expected an element from H to Xe, got ${symbol}`);
  return weight;
}
