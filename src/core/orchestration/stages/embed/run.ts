/** Embed: a geometry in space from the graph of a molecule, relaxed by MMFF94 or, where that cannot, by Hartree–Fock. */

import {
  conformerAsGiven,
  type Embedded,
  type EmbedOutcome,
  embed,
  relaxedConformer,
} from "#core/chemistry/shape/conformer.ts";
import { componentInSpace } from "#core/chemistry/shape/in-space.ts";
import { markedBond } from "#core/chemistry/sites/marked-bond.ts";
import { reactionProduct } from "#core/chemistry/sites/reaction-product.ts";
import { droppedMarks } from "#core/chemistry/stereo/unheld-stereo.ts";
import { loadRdkit, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { relaxGeometry } from "#core/quantum/evaluate/relax.ts";
import type { TaskContext } from "../../dispatch/context.ts";
import type { EmbedInput, EmbedOutput, StatedElectrons } from "../../dispatch/tasks.ts";
import type { Stage } from "../stage.ts";
import { statedElectrons } from "./stated-electrons.ts";

/** The conformer at the Hartree–Fock minimum nearest to its start. */
async function relax(
  rdkit: RDKit,
  { conformer, unrelaxed }: Embedded,
  { input, own, context }: { input: EmbedInput; own: StatedElectrons; context: TaskContext },
): Promise<EmbedOutcome | { outcome: "failed"; reason: "not-relaxed"; detail: string }> {
  const { smiles, seed } = input;
  const charge = own.formalCharge;
  // The spin of another charge says nothing of the molecule that the SMILES is of.
  const multiplicity = (input.charge ?? charge) === charge ? input.multiplicity : undefined;
  const { resources, control } = context;
  const { geometry } = conformer;
  const found = await relaxGeometry({ geometry, charge, multiplicity, seed }, { resources, control });
  if (found.outcome === "failed") {
    return { outcome: "failed", reason: "not-relaxed", detail: `${unrelaxed}, and ${found.detail}` };
  }
  const { method } = found;
  return relaxedConformer(rdkit, smiles, { conformer, xyz: found.geometry.coordinates_angstrom, method });
}

/** Of a row of several components the geometry of the one that is computed. */
function asGiven(rdkit: RDKit, { smiles, seed }: EmbedInput, molblock: string): EmbedOutcome {
  const own = smiles.includes(".") ? molblock : (componentInSpace(rdkit, molblock, smiles) ?? molblock);
  return conformerAsGiven(rdkit, smiles, { molblock: own, seed });
}

async function embedded(rdkit: RDKit, input: EmbedInput, context: TaskContext): Promise<EmbedOutput> {
  const { smiles, seed, molblock, marked } = input;
  const found = molblock === undefined ? embed(rdkit, smiles, { seed }) : asGiven(rdkit, input, molblock);
  if (found.outcome === "failed") return found;
  const electrons = statedElectrons(rdkit, smiles);
  const made =
    found.unrelaxed === null ? found : await relax(rdkit, found, { input, own: electrons, context });
  if (made.outcome === "failed") return made;
  const { outcome, conformer } = made;
  const bond = marked === undefined ? undefined : markedBond(rdkit, marked, conformer.molblock);
  if (marked !== undefined && !bond) {
    const detail = `${marked} marks no bond of ${smiles}: expected :1 and :2, once each, on two bonded atoms`;
    return { outcome: "failed", reason: "no-marked-bond", detail };
  }
  const dropped = droppedMarks(rdkit, smiles);
  return { outcome, conformer, droppedMarks: dropped, ...electrons, ...(bond && { bond }) };
}

export const embedStage: Stage<EmbedInput, EmbedOutput> = {
  name: "embed",
  version: 11,
  async run({ reaction, ...input }, context) {
    const rdkit = await loadRdkit();
    if (reaction === undefined) return embedded(rdkit, input, context);
    const product = reactionProduct(rdkit, input.smiles, reaction);
    if ("reason" in product) return { outcome: "failed", ...product };
    return embedded(rdkit, { ...input, smiles: product.smiles }, context);
  },
};
