/** Which electrons and which geometry a molecule is computed with. */
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import type { GivenData } from "#shared/campaign/candidate.ts";
import type { Species } from "#shared/campaign/molecule-key.ts";
import { CLOSED_SHELL, type Electrons, isClosedShell } from "#shared/molecule/molecule.ts";
import { netCharge, unpairedElectrons } from "../descriptors/formula.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";

const nuclearCharge = ({ atoms }: MoleculeGraph): number =>
  atoms.reduce((sum, { z, hydrogens }) => sum + z + hydrogens, 0);

/**
 * Charge and multiplicity as given, else as the structure has them; of a charge that is not the structure's, the lowest multiplicity
 * that the number of electrons allows.
 *
 * @returns why no calculation can have them, where none can
 */
function electronsOf(
  graph: MoleculeGraph,
  given: Pick<GivenData, "charge" | "multiplicity">,
): Electrons | { reason: string } {
  const charge = given.charge ?? netCharge(graph);
  const electrons = nuclearCharge(graph) - charge;
  if (electrons < 1) return { reason: `charge ${charge} leaves no electron` };
  const stated = charge === netCharge(graph) ? unpairedElectrons(graph) + 1 : (electrons % 2) + 1;
  const multiplicity = given.multiplicity ?? stated;
  const unpaired = multiplicity - 1;
  if (unpaired < 0 || unpaired > electrons || (electrons - unpaired) % 2 !== 0)
    return { reason: `multiplicity ${multiplicity} does not fit ${electrons} electrons (charge ${charge})` };
  return { charge, multiplicity };
}

/**
 * What was said of a row of several components, as it holds for the one that is computed. A charge or multiplicity that is the whole
 * structure's says nothing of the component; another multiplicity is the component's, and so is its own charge.
 *
 * @returns why it holds for neither, where it does not
 */
export function givenOfComponent(
  { charge, multiplicity, ...given }: GivenData,
  whole: MoleculeGraph,
  part: MoleculeGraph,
): GivenData | { reason: string } {
  const [ofAll, own] = [netCharge(whole), netCharge(part)];
  if (charge !== undefined && charge !== ofAll && charge !== own)
    return {
      reason: `charge ${charge} is neither that of all components (${ofAll}) nor that of the one that is computed (${own})`,
    };
  const isOwn = multiplicity !== undefined && multiplicity !== unpairedElectrons(whole) + 1;
  return { ...given, ...(isOwn && { multiplicity }) };
}

/** @returns why no calculation can be of it, where none can */
export function speciesOf(
  graph: MoleculeGraph,
  { species }: Pick<FilterSettings, "species">,
  given: Pick<GivenData, "charge" | "multiplicity" | "coordinates"> = {},
): Species | { reason: string } {
  const electrons = species === "any" ? electronsOf(graph, given) : CLOSED_SHELL;
  if ("reason" in electrons) return electrons;
  const { coordinates } = given;
  return {
    ...(!isClosedShell(electrons) && { electrons }),
    ...(coordinates !== undefined && { coordinates }),
  };
}
