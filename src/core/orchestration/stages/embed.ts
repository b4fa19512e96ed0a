/** Embed: a geometry in space from the graph of a molecule. */
import { type EmbedFailure, embed } from "#core/chemistry/conformer.ts";
import { netCharge } from "#core/chemistry/formula.ts";
import { readGraph } from "#core/chemistry/graph.ts";
import { isInvalid, loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/rdkit.ts";
import type { Conformer } from "#shared/molecule.ts";
import type { Stage } from "../stage.ts";

export interface EmbedInput {
  smiles: string;
  seed: number;
}

export type EmbedOutput =
  | { outcome: "embedded"; conformer: Conformer; formalCharge: number }
  | { outcome: "failed"; reason: EmbedFailure; detail: string };

function formalCharge(rdkit: RDKit, smiles: string): number {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return 0;
  using mol = parsed;
  return netCharge(readGraph(mol));
}

export const embedStage: Stage<EmbedInput, EmbedOutput> = {
  name: "embed",
  version: 2,
  async run({ smiles, seed }) {
    const rdkit = await loadRdkit();
    const found = embed(rdkit, smiles, { seed });
    return found.outcome === "embedded" ? { ...found, formalCharge: formalCharge(rdkit, smiles) } : found;
  },
};
