/** What a pool thread can do, by name. */
import { loadRdkit } from "#core/chemistry/rdkit.ts";
import { readMolecules } from "#core/generation/read-molecules.ts";
import { checkIntegrity } from "#core/notebook/integrity.ts";
import { verifyNotebook } from "#core/notebook/verify.ts";
import { verifyArchive } from "./archive.ts";
import { CONTROL } from "./control.ts";
import type { StageContext } from "./stage.ts";
import { acquireStage } from "./stages/acquire.ts";
import { embedStage } from "./stages/embed.ts";
import { energyCurveTask, energyTask, evaluateStage, gridTask } from "./stages/evaluate.ts";
import { filterStage } from "./stages/filter.ts";
import { threadChemistry } from "./thread-chemistry.ts";

export const TASKS = {
  filter: filterStage.run,
  acquire: acquireStage.run,
  embed: embedStage.run,
  evaluate: evaluateStage.run,
  energy: energyTask,
  energyCurve: energyCurveTask,
  grid: gridTask,
  fingerprints: async ({ smiles }: { smiles: string[] }, { resources }: StageContext) => {
    const chemistry = await threadChemistry(resources);
    return smiles.map((one) => chemistry.fingerprints(one));
  },
  readMolecules: async ({ file, name }: { file: Uint8Array; name: string }, { control }: StageContext) =>
    readMolecules(await loadRdkit(), file, {
      name,
      isCancelled: () => Atomics.load(control, CONTROL.cancel) !== 0,
    }),
  integrity: async ({ path }: { path: string }) => checkIntegrity(path),
  verifyArchive: async ({ archive }: { archive: Uint8Array }) => verifyArchive(archive),
  verify: async ({ path }: { path: string }, { resources }: StageContext) =>
    verifyNotebook(path, { fingerprints: (await threadChemistry(resources)).fingerprints }),
};
export type TaskName = keyof typeof TASKS;
