/** Embed: a geometry in space from the graph of a molecule. */
import { type EmbedFailure, embed } from "#core/chemistry/conformer.ts";
import { netCharge, unpairedElectrons } from "#core/chemistry/formula.ts";
import { readGraph } from "#core/chemistry/graph.ts";
import { isInvalid, loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/rdkit.ts";
import type { Conformer } from "#shared/molecule.ts";
import type { Stage } from "../stage.ts";

export interface EmbedInput {
  smiles: string;
  seed: number;
}

/** What a SMILES states of its electrons. */
interface StatedElectrons {
  formalCharge: number;
  unpairedElectrons: number;
}

export type EmbedOutput =
  | ({ outcome: "embedded"; conformer: Conformer } & StatedElectrons)
  | { outcome: "failed"; reason: EmbedFailure; detail: string };

function statedElectrons(rdkit: RDKit, smiles: string): StatedElectrons {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return { formalCharge: 0, unpairedElectrons: 0 };
  using mol = parsed;
  const graph = readGraph(mol);
  return { formalCharge: netCharge(graph), unpairedElectrons: unpairedElectrons(graph) };
}

export const embedStage: Stage<EmbedInput, EmbedOutput> = {
  name: "embed",
  version: 2,
  async run({ smiles, seed }) {
    const rdkit = await loadRdkit();
    const found = embed(rdkit, smiles, { seed });
    return found.outcome === "embedded" ? { ...found, ...statedElectrons(rdkit, smiles) } : found;
  },
};
