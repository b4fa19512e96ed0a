/** What one calculation will take, told before it starts. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { ExpectedCost } from "#shared/quantum/expected-cost.ts";
import { requestedBasis } from "../molecule/requested-basis.ts";
import { stateMemory_bytes, stateSeconds } from "./law.ts";

/** By the laws of cost. Throws as requestedBasis. */
export async function expectedCost(
  { geometry, ...asked }: EnergyRequest,
  resources: string,
): Promise<ExpectedCost> {
  const basis = await requestedBasis(asked, resources);
  const state = { ...asked, symbols: geometry.symbols };
  return { seconds: stateSeconds(state, basis), memory_bytes: stateMemory_bytes(state, basis) };
}
