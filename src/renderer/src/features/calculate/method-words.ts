/** What each method is good for and what it costs, in a line for the one who chooses. */
import type { FormMethod } from "./draft.ts";

interface MethodWords {
  readonly label: string;
  readonly help: string;
}

/** From the cheapest to the dearest of each family; N: basis functions. */
export const METHOD_WORDS: Readonly<Record<FormMethod, MethodWords>> = {
  svwn5: {
    label: "SVWN5 · local density",
    help: "For solids and history; overbinds molecules. Time about N³",
  },
  pbe: { label: "PBE · gradient functional", help: "Structures at low cost; gaps too small. Time about N³" },
  r2scan: { label: "r²SCAN · meta functional", help: "Better energies than PBE at the same order of cost" },
  b3lyp: {
    label: "B3LYP · hybrid functional",
    help: "The usual start for organic molecules. Time about N³ to N⁴",
  },
  pbe0: { label: "PBE0 · hybrid functional", help: "As B3LYP, fewer fitted numbers. Time about N³ to N⁴" },
  "wb97x-d": {
    label: "ωB97X-D · range-separated hybrid",
    help: "Charge transfer and non-covalent complexes; its dispersion is its own. Some twice the time of B3LYP",
  },
  rhf: {
    label: "RHF · Hartree–Fock",
    help: "No correlation: a start for others. Closed shells. Time about N³ to N⁴",
  },
  "hf-3c": {
    label: "HF-3c · Hartree–Fock, small set, three corrections",
    help: "Geometries of large molecules: MINIX with D3(BJ), counterpoise and short-range corrections. H to Ar",
  },
  uhf: {
    label: "UHF · Hartree–Fock, spins apart",
    help: "Open shells; says whether one determinant will do",
  },
  rohf: {
    label: "ROHF · Hartree–Fock, restricted open",
    help: "Open shells of pure spin; a start for active spaces",
  },
  mp2: { label: "MP2", help: "Correlation to second order, good for non-covalent complexes. Time N⁵" },
  "scs-mp2": { label: "SCS-MP2", help: "MP2 with its spins weighted: better reaction energies. Time N⁵" },
  "sos-mp2": { label: "SOS-MP2", help: "MP2 of opposite spins alone. Time N⁵" },
  ccsd: { label: "CCSD", help: "Correlation of one determinant to a percent. Time N⁶" },
  "ccsd(t)": { label: "CCSD(T)", help: "1 kcal/mol where one determinant is a fair start. Time N⁷" },
  casci: {
    label: "CASCI · exact in an active space",
    help: "In the field's orbitals; time grows with the space as a factorial",
  },
  casscf: {
    label: "CASSCF · active space, orbitals optimised",
    help: "Bond breaking, diradicals, excited states; add NEVPT2 for numbers",
  },
  sci: {
    label: "Selected CI",
    help: "Near-exact energies of larger spaces, with an error bar from extrapolation",
  },
  fci: {
    label: "FCI · exact in the basis",
    help: "A few atoms in a small basis: the reference for all others",
  },
  vqe: {
    label: "VQE · simulated quantum computer",
    help: "What an ansatz finds in an active space; CASCI beside it. No more accurate than CASCI",
  },
};

export const METHOD_OPTIONS = (Object.keys(METHOD_WORDS) as FormMethod[]).map((value) => ({
  value,
  label: METHOD_WORDS[value].label,
}));
