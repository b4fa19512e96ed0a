/**
 * A toy property: all that a new one is. `spinGap` goes into src/shared/properties, `spinGapProtocol` into
 * src/core/quantum/properties, each with a line in the registry beside it.
 */
import { z } from "zod";
import { energyDifference, found } from "#core/quantum/properties/conclude.ts";
import type { Protocol } from "#core/quantum/properties/protocol.ts";
import type { PropertyDeclaration } from "#shared/properties/property.ts";
import { reached } from "#shared/quantum/state-result.ts";

export const spinGap = {
  id: "spin-gap",
  title: "Vertical spin gap",
  plural: "Vertical spin gaps",
  name: "spin gap",
  symbol: "SG",
  abbreviation: "spin gap",
  objective: "spin-gap",
  field: "spinGap_hartree",
  unit: "eV",
  digits: 3,
  better: "minimise",
  basis: "6-31g",
  settings: {
    multiplicity: z
      .number()
      .int()
      .min(3)
      .max(5)
      .default(3)
      .meta({ title: "Multiplicity", description: "Of the state of higher spin" }),
  },
  states: [
    { name: "low", title: "Low spin", symbol: "E₀" },
    { name: "high", title: "High spin", symbol: "E₁" },
  ],
  values: [
    {
      key: "gap_hartree",
      method: "vqe",
      treatment: "each state in its own orbitals",
      title: "SG(VQE)",
      document: "spinGap",
      column: "spin_gap_vqe",
    },
    {
      key: "gapCasci_hartree",
      method: "casci",
      title: "SG(CASCI)",
      treatment: "each state in its own orbitals",
      document: "spinGapCasci",
      column: "spin_gap_casci",
    },
  ],
  definition: "of the state of higher spin less that of the ground state, in one geometry",
  lead: "two states by VQE, each in its own orbitals.",
  method: (activeSpace) =>
    `two states in one geometry, each in the active space ${activeSpace} of its own orbitals`,
  expectedError: { sentence: "some tenths of an eV", mean: null, testSet: null },
  cost: "Two Hartree–Fock fields, two exact diagonalisations and two VQE minimisations.",
} as const satisfies PropertyDeclaration;

export const spinGapProtocol: Protocol = {
  next({ geometry, charge, level, settings }, { low, high }) {
    const state = (multiplicity: number) => ({
      request: { ...level, geometry, charge, multiplicity, method: "vqe" as const },
    });
    if (low === undefined) return { states: { low: state(1) } };
    if (high === undefined) return { states: { high: state(Number(settings.multiplicity)) } };
    const gap = (method: "vqe" | "casci") =>
      energyDifference(reached(high?.[method] ?? null), reached(low?.[method] ?? null));
    const values = { gap_hartree: gap("vqe"), gapCasci_hartree: gap("casci") };
    return found(values, Object.values(values));
  },
};
