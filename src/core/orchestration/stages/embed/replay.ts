/** Embed, again: from the stored SMILES and seed. */
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import { ConformerContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { embedInput, givenMolblock } from "./input.ts";
import { readConformer } from "./records.ts";

/** In ångström. */
const TOLERANCE = 1e-6;

/** A geometry without its notation: molblocks of version 1 call double bonds undefined that the proposal left open. */
function positions(result: Json): Json {
  const { geometry, forceFieldEnergy_kcal_per_mol, isomer } = result as Conformer;
  return { geometry, forceFieldEnergy_kcal_per_mol, isomer };
}

export async function replayEmbedding(context: ReplayContext): Promise<ReplayedStep | undefined> {
  const { notebook, dispatcher, records, signal } = context;
  if (records.conformer === null) return undefined;
  const { input, program } = ConformerContent.parse(readRecord(notebook.db, records.conformer).content);
  const stored = readConformer(notebook.db, records.conformer);
  const asked = embedInput(input, () => givenMolblock(notebook.db, records));
  const output = await dispatcher.run("embed", asked, { signal });
  const why = versions(`${program}, ${stored.method}`, `${context.program}, ${stored.method}`);
  if (output.outcome === "failed")
    return { step: "embed", outcome: "different", detail: `${output.detail}; ${why}` };
  const now = stored.isomer ? output.conformer : { ...output.conformer, isomer: null };
  return judged("embed", { stored, now, why, tolerance: TOLERANCE, essence: positions });
}
