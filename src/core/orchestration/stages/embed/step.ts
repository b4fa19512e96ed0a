/** Embed: a molecule's geometry in space, or why there is none. */

import type { Database } from "#core/notebook/file/database.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { ConformerContent } from "#core/notebook/tables/contents.ts";
import { readPart, readRecord } from "#core/notebook/tables/records.ts";
import { candidateId } from "#shared/ids.ts";
import type { Conformer, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { EmbedInput } from "../../dispatch/tasks.ts";
import { stageProgress } from "../progress.ts";
import type { Made, Plan, Step, StepContext } from "../step.ts";
import { embedStage } from "./run.ts";

export const embedStep: Step = {
  stage: "embed",
  async plan(context): Promise<Plan> {
    const { notebook, campaign, job } = context;
    const { row } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
    const { identity } = row;
    if (!identity) throw new Error(`candidate ${row.id} was accepted without an identity`);
    const input = { smiles: identity.canonicalSmiles, seed: campaign.settings.embedding.seed };
    return {
      stageVersion: embedStage.version,
      input,
      run: () => embed(context, identity, input),
      next: ({ kind }) => (kind === "conformer" ? [{ stage: "evaluate", ordinal: job.ordinal }] : []),
    };
  },
};

async function embed(
  { notebook, job, dispatcher, signal, program, report }: StepContext,
  identity: MoleculeIdentity,
  input: EmbedInput,
): Promise<Made> {
  report({ ...stageProgress(notebook.db, job), message: `embedding ${input.smiles}` });
  const started = performance.now();
  const output = await dispatcher.run("embed", input, { signal });
  const molecule = seal({ kind: "molecule", content: { ...identity } });
  const links = [{ role: "of", target: molecule.hash }];
  const made = { stage: "embed", stageVersion: embedStage.version, program, input: { ...input } };
  const result =
    output.outcome === "embedded"
      ? seal({
          kind: "conformer",
          content: {
            ...made,
            symbols: output.conformer.geometry.symbols,
            method: output.conformer.method,
            forceFieldEnergy_kcal_per_mol: output.conformer.forceFieldEnergy_kcal_per_mol,
            isomer: output.conformer.isomer,
          },
          links,
          parts: {
            coordinates_angstrom: float64Bytes(output.conformer.geometry.coordinates_angstrom),
            molblock: Buffer.from(output.conformer.molblock),
          },
        })
      : seal({ kind: "failure", content: { ...made, reason: `${output.reason}: ${output.detail}` }, links });
  return { records: [molecule, result], result, timings_ms: { total: performance.now() - started } };
}

/** A conformer as the notebook holds it. */
export function readConformer(db: Database, record: number): Conformer {
  const { symbols, method, forceFieldEnergy_kcal_per_mol, isomer, input } = ConformerContent.parse(
    readRecord(db, record).content,
  );
  const coordinates_angstrom = float64Values(readPart(db, record, "coordinates_angstrom"));
  return {
    geometry: { symbols, coordinates_angstrom },
    method,
    seed: input.seed,
    forceFieldEnergy_kcal_per_mol,
    molblock: readPart(db, record, "molblock").toString("utf8"),
    isomer,
  };
}
