/** What would be refused at once, told before it is asked for. */
import { DomainError } from "#shared/errors.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { systemSize } from "../field/system.ts";
import { requestedBasis } from "../molecule/requested-basis.ts";
import { checkRequest, vqeSettings } from "./check-request.ts";
import { checkSpaces } from "./check-spaces.ts";

/** Why, and what would do; null for what begins. Throws as requestedBasis. */
export async function foretoldRefusal(request: EnergyRequest, resources: string): Promise<string | null> {
  const { geometry, charge, multiplicity, ghosts = [], pointCharges } = request;
  const basis = await requestedBasis(request, resources);
  try {
    checkRequest(request, vqeSettings(request));
    const molecule = { geometry, charge, multiplicity, basis, ghosts, ...(pointCharges && { pointCharges }) };
    checkSpaces(systemSize(molecule), request);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
