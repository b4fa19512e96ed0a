/** States that a proton affinity and a gas-phase basicity are made of, and what they ask for: the same. */
import { z } from "zod";
import type { PropertyDeclaration } from "./property.ts";

export const PROTONATION_STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "tautomer-rough", isNumbered: true, title: "Tautomer, roughly relaxed", symbol: "E(rough)" },
  { name: "tautomer-rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "tautomer", isNumbered: true, isMinimum: true, title: "Tautomer", symbol: "E(M′)" },
  { name: "tautomer-energy", isNumbered: true, title: "Tautomer, MP2", symbol: "E(M′, MP2)" },
  { name: "rough", isNumbered: true, title: "Proton at a site, roughly relaxed", symbol: "E(rough)" },
  { name: "rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "protomer", isNumbered: true, isMinimum: true, title: "Protomer", symbol: "E(MH⁺)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "protomer-energy", isNumbered: true, title: "Protomer, MP2", symbol: "E(MH⁺, MP2)" },
  { name: "molecule-vibrations", isNumbered: true, title: "Vibrations of the molecule", symbol: "H(M)" },
  { name: "protomer-vibrations", isNumbered: true, title: "Vibrations of the protomer", symbol: "H(MH⁺)" },
] as const satisfies PropertyDeclaration["states"];

export const PROTONATION_SETTINGS = {
  tautomers: z.boolean().default(false).meta({
    title: "Tautomers",
    description:
      "also look for forms of the molecule with hydrogens elsewhere: the lowest counts, and protons are put at all low ones; several times the cost",
  }),
} as const;
/** What they did before there was a choice. */
export const PROTONATION_BEFORE = { tautomers: false } as const;
