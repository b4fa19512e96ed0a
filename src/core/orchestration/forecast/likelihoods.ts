/** How likely it is what only a calculation tells, by what a molecule's graph says. */
import type { Descriptors } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

/** A state that a molecule is expected to ask for. */
export interface ExpectedState {
  readonly request: EnergyRequest;
  /** How likely it is, 0 to 1. */
  readonly share: number;
}

/** Symbols of "C2H6O", one for each atom. */
export const symbolsOf = (formula: string): string[] =>
  [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)].flatMap(([, symbol = "", count]) =>
    Array<string>(Number(count || 1)).fill(symbol),
  );

/** Lowest valences; of elements that are not named 2, by which nothing is missing. */
const VALENCES: Readonly<Record<string, number>> = {
  ...{ H: 1, F: 1, Cl: 1, Br: 1, I: 1 },
  ...{ B: 3, N: 3, P: 3 },
  ...{ C: 4, Si: 4 },
};

/** Double bonds, a triple one counted twice: what is missing of hydrogens, less the rings. Those of higher valences (S=O) do not count. */
export function piBonds({ formula, ringCount }: Pick<Descriptors, "formula" | "ringCount">): number {
  const missing = symbolsOf(formula).reduce((sum, symbol) => sum + ((VALENCES[symbol] ?? 2) - 2) / 2, 1);
  return Math.max(0, missing - ringCount);
}

/** Of 100 cations of up to 9 heavy atoms in 6-31G: 2 of 25 without π bonds, 9 of 34 with one, 12 of 23 with two, 7 of 11 with three, 6 of 7 with more. */
const MIXING = { none: 0.05, each: 0.2, most: 0.9 };

/** That the determinant of an ion mixes in the next higher spin, so that this is computed too: the more π bonds, the longer a chain of them may be. */
export const mixingOf = (descriptors: Pick<Descriptors, "formula" | "ringCount">): number =>
  Math.min(MIXING.most, MIXING.none + MIXING.each * piBonds(descriptors));

/** Of 22 small molecules in 6-31G: 4 of 9 with two π bonds or more, and nitromethane of 13 others. */
const ROUTING = { fewer: 0.08, several: 0.45 };

/** That one determinant fails for a molecule: of conjugated ones, where there is more than one π bond. */
export const routingOf = (descriptors: Pick<Descriptors, "formula" | "ringCount">): number =>
  piBonds(descriptors) < 2 ? ROUTING.fewer : ROUTING.several;

/** Elements whose usual bonds MMFF94 has parameters for; of phosphorus some. */
const COMMON: ReadonlySet<string> = new Set(["H", "C", "N", "O", "F", "Si", "S", "Cl", "Br", "I"]);
/** Of 200 molecules: 3 of 21 with phosphorus, 2 of the others. */
const UNRELAXED = { common: 0.01, phosphorus: 0.15, other: 1 };

/** That MMFF94 cannot relax a molecule, so that Hartree–Fock does. */
export function relaxingOf(symbols: readonly string[]): number {
  const uncommon = symbols.filter((symbol) => !COMMON.has(symbol));
  if (uncommon.length === 0) return UNRELAXED.common;
  return uncommon.every((symbol) => symbol === "P") ? UNRELAXED.phosphorus : UNRELAXED.other;
}
