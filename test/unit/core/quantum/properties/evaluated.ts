/** Candidates evaluated by the protocol of a property. */
import { structuresOf } from "#core/orchestration/stages/evaluate/structures.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { conformer } from "../../chemistry/open.ts";
import { resources } from "../chemistry-reference.ts";

/** A molecule as a campaign hands it over, at its conformer by the force field. */
export function candidateOf(smiles: string, basis: string): Candidate {
  const { geometry, molblock } = conformer(smiles);
  const level = { basis, activeSpace: null, ansatz: "uccsd" as const, maxIterations: 200 };
  return {
    geometry,
    molblock,
    structures: structuresOf(molblock),
    charge: 0,
    multiplicity: 1,
    level,
    settings: {},
  };
}

/** What a protocol concludes, with what it asked for by name. */
export async function evaluated(property: PropertyId, candidate: Candidate) {
  const asked = new Map<string, EnergyRequest>();
  const { evaluation, reason } = await evaluateCandidate(property, candidate, (request, [name]) => {
    asked.set(name, request);
    return evaluateEnergy(request, { resources });
  });
  return { evaluation, reason, asked };
}
