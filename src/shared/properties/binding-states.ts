/** States that binding is made of. */
import type { PropertyDeclaration } from "./property.ts";

type States = PropertyDeclaration["states"];

/** To an ion of one atom. */
export const ION_STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "rough", isNumbered: true, title: "Ion at a place, roughly relaxed", symbol: "E(rough)" },
  { name: "rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "complex", isNumbered: true, isMinimum: true, title: "Complex", symbol: "E(MX⁺)" },
  { name: "complex-energy", isNumbered: true, title: "Complex, MP2", symbol: "E(MX⁺, MP2)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "molecule-in-complex", title: "Molecule in the complex's basis", symbol: "E(M, complex's basis)" },
  { name: "ion-in-complex", title: "Ion in the complex's basis", symbol: "E(X⁺, complex's basis)" },
  { name: "molecule-bent", title: "Molecule as it is in the complex", symbol: "E(M, bent)" },
] as const satisfies States;

/** To an ion of two charges, which may take an electron from the molecule. */
export const DICATION_STATES = [
  ...ION_STATES,
  { name: "ion-energy", title: "Ion, MP2", symbol: "E(X²⁺, MP2)" },
  { name: "ion-reduced", title: "Ion with an electron more, MP2", symbol: "E(X⁺, MP2)" },
  { name: "molecule-oxidised", title: "Molecule with an electron less, MP2", symbol: "E(M⁺, MP2)" },
] as const satisfies States;

/** To what has several atoms; of one atom it has fewer of them. */
export const PROBE_STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "probe", isMinimum: true, title: "Probe", symbol: "E(X)" },
  { name: "rough", isNumbered: true, title: "Probe at a place, roughly relaxed", symbol: "E(rough)" },
  { name: "rough-energy", isNumbered: true, title: "Its MP2 energy", symbol: "E(rough, MP2)" },
  { name: "complex", isNumbered: true, isMinimum: true, title: "Complex", symbol: "E(MX)" },
  { name: "complex-energy", isNumbered: true, title: "Complex, MP2", symbol: "E(MX, MP2)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "molecule-in-complex", title: "Molecule in the complex's basis", symbol: "E(M, complex's basis)" },
  { name: "molecule-bent", title: "Molecule as it is in the complex", symbol: "E(M, bent)" },
  { name: "probe-energy", title: "Probe, MP2", symbol: "E(X, MP2)" },
  { name: "probe-in-complex", title: "Probe in the complex's basis", symbol: "E(X, complex's basis)" },
  { name: "probe-bent", title: "Probe as it is in the complex", symbol: "E(X, bent)" },
] as const satisfies States;
