/** One atom of an XYZ file: which element a label names, and what is a number. */
import { atomicNumber, ELEMENT_SYMBOLS } from "./molecule.ts";

interface Label {
  symbol: string;
  /** Lends its basis functions only. */
  isGhost: boolean;
  /** Of the isotope that D, T or H(Iso=2) names. */
  massNumber?: number;
  /** What a reader might have meant otherwise. */
  note?: string;
}

/** "@H", "Gh-H", "Gh(H)", "ghost_H", "X-H", and ORCA's "H:". */
const GHOST = /^(?:(?:@|gh(?:ost)?[-_:]?|x[-_:])\(?(?<after>[a-z]{1,2})\)?|(?<before>[a-z]{1,2}):)$/i;

/** What may follow the element in a label, as in H1, C1A, H1', C_alpha, O(2), H(Iso=2), Fe-3. */
const LABEL = /^(?<mass>\d{1,3})?(?<element>[a-z]{1,2})(?<rest>(?:\d+[a-z]?|-\d+|_\w+|\([^()]*\)|['"*])*)$/i;

/** Words in a label that say it is no plain atom. */
const NO_ATOM = /gh|bq|dummy|point|charge/i;

const HEAVY_HYDROGEN: Readonly<Record<string, { name: string; massNumber: number }>> = {
  D: { name: "deuterium", massNumber: 2 },
  T: { name: "tritium", massNumber: 3 },
};
/** Gaussian's way. */
const ISOTOPE = /\(iso=(?<massNumber>\d{1,3})\)/i;

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** Two letters in one case that are usual for one element and hardly a name of an atom such as CA, the α carbon of a protein. */
const NO_ATOM_NAME = new Set(["Cl", "Br", "Li", "Be", "Mg", "Al", "Si", "Ti", "Fe", "Zn", "Ga", "Ge", "Se"]);

/** The element of a symbol in any case, of an atomic number or of a label that begins with one; undefined where there is none. */
export function readLabel(label: string): Label | undefined {
  if (/^\d{1,2}(?:\.0*)?$/.test(label)) {
    const symbol = ELEMENT_SYMBOLS[Number(label) - 1];
    return symbol === undefined ? undefined : { symbol, isGhost: false };
  }
  const plain = capitalised(label);
  if (atomicNumber(plain) === undefined) {
    const ghost = GHOST.exec(label)?.groups;
    const symbol = capitalised(ghost?.after ?? ghost?.before ?? "");
    if (atomicNumber(symbol) !== undefined) return { symbol, isGhost: true };
  }
  const { element, rest = "" } = LABEL.exec(label)?.groups ?? {};
  if (element === undefined || NO_ATOM.test(rest)) return undefined;
  const letters = capitalised(element);
  const heavy = HEAVY_HYDROGEN[letters];
  const symbol = heavy ? "H" : letters;
  if (atomicNumber(symbol) === undefined) return undefined;
  const stated = ISOTOPE.exec(rest)?.groups?.massNumber;
  const massNumber = heavy?.massNumber ?? (stated === undefined ? undefined : Number(stated));
  const note = heavy
    ? `${letters} (${heavy.name}) is read as hydrogen of that mass, on which vibrations and thermal terms depend alone`
    : isDoubtful(element, symbol)
      ? `"${label}" is read as the element ${symbol}; where ${symbol[0]} was meant, write ${symbol[0]}`
      : undefined;
  return {
    symbol,
    isGhost: false,
    ...(massNumber !== undefined && { massNumber }),
    ...(note !== undefined && { note }),
  };
}

/** Whether two letters in one case, such as CA or co, may also name an atom of the element of the first. */
const isDoubtful = (written: string, symbol: string): boolean =>
  symbol.length === 2 &&
  written !== symbol &&
  !NO_ATOM_NAME.has(symbol) &&
  atomicNumber(symbol.charAt(0)) !== undefined;

/** Digits with an exponent after e or d, "*^" (Mathematica), or nothing where it has three digits (Fortran). */
const NUMBER =
  /^(?<digits>[+-]?(?:\d+\.?\d*|\.\d+))(?:(?:[ed]|\*\^)(?<exponent>[+-]?\d+)|(?<fortran>[+-]\d{3}))?$/i;

/** A number as the programs of this field write it, NaN for anything else: JavaScript alone would take "0x10" for 16. */
export function readNumber(text: string): number {
  const { digits, exponent, fortran } = NUMBER.exec(text.replace(/[−–]/g, "-"))?.groups ?? {};
  if (digits === undefined || (fortran !== undefined && !digits.includes("."))) return Number.NaN;
  const value = Number(`${digits}e${exponent ?? fortran ?? 0}`);
  return Number.isFinite(value) ? value : Number.NaN;
}
