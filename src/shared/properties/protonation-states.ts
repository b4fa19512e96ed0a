/** States that a proton affinity and a gas-phase basicity are made of: the same ones. */
import type { PropertyDeclaration } from "./property.ts";

export const PROTONATION_STATES = [
  { name: "molecule", title: "Molecule", symbol: "E(M)" },
  { name: "rough", isNumbered: true, title: "Proton at a site, roughly relaxed", symbol: "E(rough)" },
  { name: "rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "protomer", isNumbered: true, title: "Protomer", symbol: "E(MH⁺)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "protomer-energy", isNumbered: true, title: "Protomer, MP2", symbol: "E(MH⁺, MP2)" },
  { name: "molecule-vibrations", isNumbered: true, title: "Vibrations of the molecule", symbol: "H(M)" },
  { name: "protomer-vibrations", isNumbered: true, title: "Vibrations of the protomer", symbol: "H(MH⁺)" },
] as const satisfies PropertyDeclaration["states"];
