import { ProviderError } from "./provider.ts";

/** Of the median qubit. @throws ProviderError fall-back where a device tells none */
export function medianMisreading(errors: readonly number[]): number {
  if (errors.length === 0) throw new ProviderError("fall-back", "the properties tell no readout errors");
  return errors.toSorted((a, b) => a - b)[errors.length >> 1]!; // not empty
}
