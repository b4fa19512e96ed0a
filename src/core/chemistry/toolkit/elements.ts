/** Symbols of all elements. */
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";

/** Elements that no basis set here covers, but that a formula and a filter must name. */
const BEYOND_XENON = (
  "Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn " +
  "Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
).split(" ");

/** By atomic number from 1. */
export const ALL_SYMBOLS: readonly string[] = [...ELEMENT_SYMBOLS, ...BEYOND_XENON];

/** Symbol of an atomic number; "*" for a dummy atom. */
export const elementSymbol = (z: number): string => ALL_SYMBOLS[z - 1] ?? "*";
