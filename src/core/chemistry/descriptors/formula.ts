/** Molecular formula in Hill order. */
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";

/** Elements that no basis set here covers, but that a formula and a filter must name. */
const BEYOND_XENON = (
  "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn " +
  "Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
).split(" ");

const ALL_SYMBOLS = [...ELEMENT_SYMBOLS, ...BEYOND_XENON];

/** Symbol of an atomic number; "*" for a dummy atom. */
export const elementSymbol = (z: number): string => ALL_SYMBOLS[z - 1] ?? "*";

/** Number of atoms of each element, hydrogens included. */
export function elementCounts(graph: MoleculeGraph): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (symbol: string, n: number): void => void counts.set(symbol, (counts.get(symbol) ?? 0) + n);
  for (const atom of graph.atoms) {
    add(elementSymbol(atom.z), 1);
    if (atom.hydrogens > 0) add("H", atom.hydrogens);
  }
  return counts;
}

/** Sum of the formal charges. */
export const netCharge = (graph: MoleculeGraph): number => graph.atoms.reduce((sum, a) => sum + a.charge, 0);

/** Sum of the unpaired electrons that the atoms state. */
export const unpairedElectrons = (graph: MoleculeGraph): number =>
  graph.atoms.reduce((sum, atom) => sum + atom.radicalElectrons, 0);

/**
 * Hill order: C, H, then the rest by alphabet; all by alphabet where there is no carbon. The net charge follows as "+",
 * "-2" …; isotope labels are not shown.
 */
export function molecularFormula(graph: MoleculeGraph): string {
  const counts = elementCounts(graph);
  const first = counts.has("C") ? ["C", "H"] : [];
  const rest = [...counts.keys()].filter((symbol) => !first.includes(symbol)).sort();
  const parts = [...first, ...rest].flatMap((symbol) => {
    const n = counts.get(symbol);
    return n === undefined ? [] : [n === 1 ? symbol : `${symbol}${n}`];
  });
  return parts.join("") + chargeSuffix(netCharge(graph));
}

function chargeSuffix(charge: number): string {
  if (charge === 0) return "";
  const sign = charge > 0 ? "+" : "-";
  return Math.abs(charge) === 1 ? sign : `${sign}${Math.abs(charge)}`;
}
