/** Several shapes of a molecule, each with the bond that is marked. */
import { conformersOf } from "#core/chemistry/shape/conformers.ts";
import { isHanded } from "#core/chemistry/shape/handedness.ts";
import { markedBond } from "#core/chemistry/sites/marked-bond.ts";
import { placedGraph } from "#core/chemistry/sites/placed-graph.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";
import type { ConformersInput, Shape } from "../../dispatch/tasks.ts";

/** A molecule with stereo centres has its mirror image as another molecule. */
function imagesOf(smiles: string, { geometry, molblock }: Conformer): 1 | 2 {
  if (smiles.includes("@")) return 1;
  return isHanded(
    geometry,
    placedGraph(molblock).atoms.map(({ kind }) => kind),
  )
    ? 2
    : 1;
}

export async function shapesOf({ smiles, seed, count, marked }: ConformersInput): Promise<Shape[]> {
  const rdkit = await loadRdkit();
  return conformersOf(rdkit, smiles, { seed, count }).map((conformer) => {
    const bond = marked === undefined ? undefined : markedBond(rdkit, marked, conformer.molblock);
    return { conformer, images: imagesOf(smiles, conformer), ...(bond && { bond }) };
  });
}
