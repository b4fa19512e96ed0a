/** Electrons that a SMILES leaves unpaired, or that such atoms often do, and a calculation pairs unless it is told otherwise. */
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";

interface Stated {
  geometry: { symbols: readonly string[] };
  formalCharge: number;
  /** As a file states it. */
  multiplicity?: number | undefined;
  unpairedElectrons: number;
}

interface Asked {
  charge?: number;
  multiplicity?: number;
}

const numberOf = (symbol: string): number => (ELEMENT_SYMBOLS as readonly string[]).indexOf(symbol) + 1;

/** With d shells that are open or nearly so: scandium to copper, yttrium to silver. */
const hasOpenShell = (z: number): boolean => (z >= 21 && z <= 29) || (z >= 39 && z <= 47);
/** Electrons of atoms that are triplets by Hund's rule: two or four in the p shell. */
const TRIPLET_ATOMS = [6, 8, 14, 16, 32, 34, 50, 52];

/** What the atoms let expect; undefined where nothing speaks against the singlet. */
function expectedOf(symbols: readonly string[], charge: number): string | undefined {
  const numbers = symbols.map(numberOf);
  const electrons = numbers.reduce((sum, z) => sum + z, -charge);
  if (electrons % 2 === 1) return undefined;
  const metal = symbols.find((_, k) => hasOpenShell(numbers[k]!));
  if (metal !== undefined)
    return `${metal} often has unpaired electrons, but no multiplicity was given: this is the singlet, all electrons paired. Try others, --multiplicity 3, 5 and so on; the lowest is the ground state.`;
  if (numbers.length === 1 && TRIPLET_ATOMS.includes(electrons))
    return "This atom by itself is a triplet, but no multiplicity was given: this is the singlet, all electrons paired. For its ground state give --multiplicity 3.";
  return undefined;
}

/** A remark where no multiplicity was given and the SMILES, at its own charge, or the atoms let expect another than the singlet; else none. */
export function assumedSpin(
  { geometry: { symbols }, formalCharge, unpairedElectrons: n, multiplicity: stated }: Stated,
  { charge = formalCharge, multiplicity = stated }: Asked,
): string[] {
  if (multiplicity !== undefined) return [];
  const expected = expectedOf(symbols, charge);
  if (expected !== undefined) return [expected];
  if (n === 0 || charge !== formalCharge) return [];
  const said = `The SMILES states ${n} unpaired electron${n === 1 ? "" : "s"}, but no --multiplicity was given`;
  // An odd one cannot be paired: what follows is refused.
  if (n % 2 === 1) return [`${said}: give --multiplicity ${n + 1}.`];
  return [
    `${said}: this is the singlet, all electrons paired. For parallel spins give --multiplicity ${n + 1}.`,
  ];
}
