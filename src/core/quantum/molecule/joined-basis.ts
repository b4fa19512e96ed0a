/** Two basis sets on one molecule. */
import { type BasisSet, functionCount } from "./basis.ts";

interface JoinedBasis {
  /** Of each element the shells of the first, then those of the second; functions as the first has them. */
  readonly basis: BasisSet;
  /** Indices in it of the functions of the first set and of the second, each in the order that they have alone. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** @param symbols of the molecule's atoms; elements that a set lacks have none of its functions */
export function joinedBasis(symbols: readonly string[], first: BasisSet, other: BasisSet): JoinedBasis {
  const second = { ...other, functions: first.functions };
  const shellsOf = (symbol: string) => [
    ...(first.elements[symbol] ?? []),
    ...(second.elements[symbol] ?? []),
  ];
  const elements = Object.fromEntries([...new Set(symbols)].map((symbol) => [symbol, shellsOf(symbol)]));
  const places = { first: [] as number[], second: [] as number[] };
  let next = 0;
  for (const symbol of symbols) {
    for (let k = functionCount([symbol], first); k > 0; k--) places.first.push(next++);
    for (let k = functionCount([symbol], second); k > 0; k--) places.second.push(next++);
  }
  return { basis: { ...first, elements }, ...places };
}

/** Rows and columns of a square matrix of order n. */
export const block = (
  matrix: Float64Array,
  n: number,
  rows: readonly number[],
  columns: readonly number[],
): Float64Array => Float64Array.from(rows.flatMap((i) => columns.map((j) => matrix[i * n + j]!)));
