/** What a SMILES states of its electrons. */
import { netCharge, unpairedElectrons } from "#core/chemistry/descriptors/formula.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { StatedElectrons } from "../../dispatch/tasks.ts";

export function statedElectrons(rdkit: RDKit, smiles: string): StatedElectrons {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return { formalCharge: 0, unpairedElectrons: 0 };
  using mol = parsed;
  const graph = readGraph(mol);
  return { formalCharge: netCharge(graph), unpairedElectrons: unpairedElectrons(graph) };
}
