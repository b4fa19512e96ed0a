/** Molecules that a person's own property names beside the candidate, in space. */
import type { OtherMolecule } from "#core/quantum/properties/protocol.ts";
import { DomainError } from "#shared/errors.ts";
import { formulasIn, type PropertyDefinition } from "#shared/properties/definition.ts";
import type { Dispatcher } from "../../dispatch/dispatcher.ts";
import { electronsOf } from "../embed/records.ts";

/** By their SMILES. */
export type OtherMolecules = Readonly<Record<string, OtherMolecule>>;

/** The same in every campaign, so that its states are found again. */
const SEED = 1;

interface Services {
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal | undefined;
}

async function embedded(smiles: string, { dispatcher, signal }: Services): Promise<OtherMolecule> {
  const found = await dispatcher.run("embed", { smiles, seed: SEED }, signal && { signal });
  if (found.outcome === "embedded") return { geometry: found.conformer.geometry, ...electronsOf(found) };
  const message = `${smiles}: expected a molecule with a geometry, got ${found.reason} (${found.detail}).`;
  throw new DomainError("invalid-input", message, { smiles });
}

/**
 * Cost: an embedding each, a fraction of a second.
 *
 * @throws DomainError invalid-input for what is no SMILES or has no geometry
 */
export async function otherMolecules(
  definition: PropertyDefinition | undefined,
  services: Services,
): Promise<OtherMolecules> {
  const formulas = definition ? formulasIn(definition) : [];
  const named = formulas.flatMap(({ states }) => Object.values(states).flatMap(({ smiles }) => smiles ?? []));
  const found = await Promise.all(
    [...new Set(named)].map(async (smiles) => [smiles, await embedded(smiles, services)] as const),
  );
  return Object.fromEntries(found);
}
