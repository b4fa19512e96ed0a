/** The basis set of a request. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { type BasisSet, loadBasisSet } from "./basis.ts";
import { parseGaussianBasis } from "./gaussian-basis-file.ts";

/** One that ships, by its name, or the caller's own. Throws as loadBasisSet and parseGaussianBasis. */
export async function requestedBasis(
  { basis, functions, ownBasis }: Pick<EnergyRequest, "basis" | "functions" | "ownBasis">,
  resources: string,
): Promise<BasisSet> {
  return ownBasis
    ? parseGaussianBasis(ownBasis.text, { name: basis, ...ownBasis })
    : await loadBasisSet(resources, basis, functions);
}
