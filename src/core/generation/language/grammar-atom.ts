/** What the SMILES grammar needs to know of an atom token. */

export interface AtomType {
  /** Element; in lower case where the atom is aromatic. */
  readonly symbol: string;
  readonly aromatic: boolean;
  /** Largest sum of bond orders to neighbours; for an aromatic atom the largest number of neighbours. */
  readonly capacity: number;
  /** True where the sum must be reached: a bracket atom gets no implicit hydrogen and would be a radical. */
  readonly exact: boolean;
  /** Aromatic atoms: whether a double bond of the ring system must end here, given the number of neighbours. */
  needsDoubleBond(neighbours: number): boolean;
}

const VALENCE: Readonly<Record<string, number>> = {
  B: 3,
  C: 4,
  N: 3,
  O: 2,
  P: 5,
  S: 6,
  F: 1,
  Cl: 1,
  Br: 1,
  I: 1,
};
const BRACKET = /^\[\d*([A-Z][a-z]?|[bcnops])@{0,2}(H\d?)?([+-]\d?)?\]$/;

/** The atom type of a token, or undefined for a token that is no atom of a known element. */
export function atomType(token: string): AtomType | undefined {
  if (/^[bcnops]$/.test(token)) return aromaticType(token, 0, 0);
  if (token in VALENCE)
    return {
      symbol: token,
      aromatic: false,
      capacity: VALENCE[token]!,
      exact: false,
      needsDoubleBond: never,
    };
  const bracket = BRACKET.exec(token);
  if (!bracket) return undefined;
  const [, symbol = "", hydrogen = "", charge = ""] = bracket;
  const hydrogens = hydrogen === "" ? 0 : Number(hydrogen.slice(1) || 1);
  const sign = charge === "" ? 0 : Number(`${charge[0]}${charge.slice(1) || 1}`);
  if (symbol === symbol.toLowerCase()) return aromaticType(symbol, hydrogens, sign);
  const valence = VALENCE[symbol];
  if (valence === undefined) return undefined;
  return {
    symbol,
    aromatic: false,
    capacity: chargedValence(symbol, valence, sign) - hydrogens,
    exact: true,
    needsDoubleBond: never,
  };
}

const never = () => false;

/** N⁺ is like C, O⁻ like F, C⁻ and C⁺ have three bonds, B⁻ four. */
function chargedValence(symbol: string, valence: number, charge: number): number {
  if (symbol === "B") return valence - charge;
  if (symbol === "C") return valence - Math.abs(charge);
  const lowest = symbol === "P" ? 3 : symbol === "S" && charge !== 0 ? 2 : valence;
  return lowest + charge;
}

/** In a ring each aromatic atom is either an end of a double bond or a donor of a lone pair (o, s, [nH], substituted n). */
function aromaticType(symbol: string, hydrogens: number, charge: number): AtomType {
  const type = (capacity: number, needsDoubleBond: AtomType["needsDoubleBond"]): AtomType => ({
    symbol,
    aromatic: true,
    capacity: capacity - hydrogens,
    exact: charge > 0,
    needsDoubleBond,
  });
  if (symbol === "c" || symbol === "b") return type(3, () => charge === 0 && symbol === "c");
  if (symbol === "o" || symbol === "s") return type(2, () => charge > 0);
  if (charge > 0) return type(3, () => true);
  if (charge < 0) return type(2, never);
  return type(3, (neighbours) => hydrogens === 0 && neighbours === 2);
}

/**
 * Bonds that sulfur has beyond two: double bonds to oxygen or nitrogen (sulfoxides, sulfones, their imines), bonds to fluorine. RDKit accepts
 * any, also CS(C)(C)C, which is no molecule.
 */
export const isHypervalent = (other: AtomType, order: number): boolean =>
  order === 2 ? other.symbol === "O" || other.symbol === "N" : order === 1 && other.symbol === "F";

/** Neutral sulfur outside aromatic rings. */
export const isSulfur = ({ symbol, exact }: AtomType): boolean => symbol === "S" && !exact;
