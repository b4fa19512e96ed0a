/** What a pool thread can do, by name. */
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readMolecules } from "#core/generation/molecules/read-molecules.ts";
import { checkIntegrity } from "#core/notebook/evidence/integrity.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { verifyArchive } from "../files/archive.ts";
import { acquireStage } from "../stages/acquire/run.ts";
import { embedStage } from "../stages/embed/run.ts";
import { energyCurveTask, energyTask, evaluateStage, gridTask } from "../stages/evaluate/run.ts";
import { filterStage } from "../stages/filter/run.ts";
import type { StageContext } from "../stages/stage.ts";
import { CONTROL } from "../threads/control.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";

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
