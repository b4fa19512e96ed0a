/** One Chemistry a test file, opened on the shipped tables. */
import { fileURLToPath } from "node:url";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";

export const filtersDirectory = fileURLToPath(new URL("../../../../resources/filters", import.meta.url));
export const chemistry = await openChemistry({ filtersDirectory });

/** Filter settings as a person writes them. */
export const settings = (input: Partial<FilterSettings> = {}): FilterSettings => FilterSettings.parse(input);

/** The identity of a SMILES that must be valid. */
export function identity(smiles: string) {
  const found = chemistry.identify(smiles);
  if (found.outcome === "invalid") throw new Error(`${smiles}: ${found.reason}`);
  return found.identity;
}

const conformers = new Map<string, Conformer>();

/** The conformer of a SMILES that must have one; made once a spelling and seed, for it takes seconds. */
export function conformer(smiles: string, seed = 1): Conformer {
  const known = conformers.get(`${smiles} ${seed}`);
  if (known) return known;
  const found = chemistry.embed(smiles, { seed });
  if (found.outcome === "failed") throw new Error(`${smiles}: ${found.reason}: ${found.detail}`);
  conformers.set(`${smiles} ${seed}`, found.conformer);
  return found.conformer;
}
