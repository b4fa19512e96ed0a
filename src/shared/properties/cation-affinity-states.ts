/** States that the binding of a cation is made of. */
import type { PropertyDeclaration } from "./property.ts";

export const CATION_AFFINITY_STATES = [
  { name: "molecule", title: "Molecule", symbol: "E(M)" },
  { name: "rough", isNumbered: true, title: "Ion at a place, roughly relaxed", symbol: "E(rough)" },
  { name: "rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "complex", isNumbered: true, title: "Complex", symbol: "E(MX⁺)" },
  { name: "complex-energy", isNumbered: true, title: "Complex, MP2", symbol: "E(MX⁺, MP2)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "molecule-in-complex", title: "Molecule in the complex's basis", symbol: "E(M, complex's basis)" },
  { name: "ion-in-complex", title: "Ion in the complex's basis", symbol: "E(X⁺, complex's basis)" },
  { name: "molecule-bent", title: "Molecule as it is in the complex", symbol: "E(M, bent)" },
] as const satisfies PropertyDeclaration["states"];
