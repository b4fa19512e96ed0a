/** Properties by density functionals beside those of another program. */
import { expect } from "vitest";
import { structuresOf } from "#core/orchestration/stages/evaluate/structures.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import { rankedValue } from "#shared/properties/property.ts";
import { completeSettings, type PropertySettings } from "#shared/properties/settings.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { conformer } from "../../chemistry/open.ts";
import { readReference, resources } from "../chemistry-reference.ts";

export interface FunctionalCase {
  property: PropertyId;
  smiles: string;
  functional: string;
  solvent: string | null;
  basis: string;
  value_hartree: number;
}
export const { cases } = readReference<{ cases: FunctionalCase[] }>("functional_protocols.json");

/** Where vertical numbers of the reference are. */
const GEOMETRIES: Readonly<Record<string, Geometry>> = {
  O: { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469] },
  ClCl: { symbols: ["Cl", "Cl"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.988] },
};

/** Relaxations end within 4.5e-4 Eh/bohr of their minima; grids and surfaces of charges are held to 1e-5 Hartree. */
const TOLERANCE = 6e-5;

export function candidateOf(
  property: PropertyId,
  { smiles, basis, settings }: Pick<FunctionalCase, "smiles" | "basis"> & { settings: PropertySettings },
): Candidate {
  const { geometry, molblock } = conformer(smiles);
  const level = { basis, activeSpace: null, ansatz: "uccsd" as const, maxIterations: 200 };
  return {
    geometry: GEOMETRIES[smiles] ?? geometry,
    molblock,
    structures: structuresOf(molblock),
    charge: 0,
    multiplicity: 1,
    level,
    settings: completeSettings(property, settings),
  };
}

async function evaluated(property: PropertyId, candidate: Candidate) {
  const asked = new Map<string, EnergyRequest>();
  const { evaluation, reason } = await evaluateCandidate(property, candidate, (request, [name]) => {
    asked.set(name, request);
    return evaluateEnergy(request, { resources });
  });
  return { evaluation, reason, asked };
}

/** Whether the program computes what the reference has, by the functional and in the solvent that it names alone. */
export async function expectReference(one: FunctionalCase): Promise<void> {
  const { property, functional, solvent, value_hartree } = one;
  const settings = { method: functional, ...(solvent && { solvent }) };
  const candidate = candidateOf(property, { ...one, settings });
  const { evaluation, asked } = await evaluated(property, candidate);
  expect(evaluation.outcome).toBe("converged");
  const { key, method } = rankedValue(propertyOf(property), candidate.settings);
  expect(method).toBe("functional");
  expect(Object.keys(evaluation.values)).toEqual([key]);
  expect(Math.abs(evaluation.values[key]! - value_hartree)).toBeLessThan(TOLERANCE);
  const energies = [...asked.values()].filter((request) => request.method === functional);
  expect(energies.length).toBeGreaterThanOrEqual(2);
  for (const request of energies) expect(request.solvent).toEqual(solvent ? { name: solvent } : undefined);
}
