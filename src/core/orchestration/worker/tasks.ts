/** How each task is done where it runs. */
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readMolecules } from "#core/generation/molecules/read-molecules.ts";
import { checkIntegrity } from "#core/notebook/evidence/integrity.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { isCancelled } from "#core/quantum/control-block.ts";
import type { TaskContext } from "../dispatch/context.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";
import { verifyArchive } from "../files/archive.ts";
import { acquireStage } from "../stages/acquire/run.ts";
import { embedStage } from "../stages/embed/run.ts";
import { energyCurveTask, energyTask, evaluateStage, gridTask } from "../stages/evaluate/run.ts";
import { filterStage } from "../stages/filter/run.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";

type Work = {
  [Name in TaskName]: (input: TaskInput<Name>, context: TaskContext) => Promise<TaskOutput<Name>>;
};

export const TASKS: Work = {
  filter: filterStage.run,
  acquire: acquireStage.run,
  embed: embedStage.run,
  evaluate: evaluateStage.run,
  energy: energyTask,
  energyCurve: energyCurveTask,
  grid: gridTask,
  async fingerprints({ smiles }, { resources }) {
    const chemistry = await threadChemistry(resources);
    return smiles.map((one) => chemistry.fingerprints(one));
  },
  readMolecules: async ({ file, name }, { control }) =>
    readMolecules(await loadRdkit(), file, { name, isCancelled: () => isCancelled(control) }),
  integrity: async ({ path }) => checkIntegrity(path),
  verify: async ({ path }, { resources }) =>
    verifyNotebook(path, { fingerprints: (await threadChemistry(resources)).fingerprints }),
  verifyArchive: async ({ archive }) => verifyArchive(archive),
};
