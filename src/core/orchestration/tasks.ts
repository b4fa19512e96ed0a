/** What a pool thread can do, by name. */
import { checkIntegrity } from "#core/notebook/integrity.ts";
import { verifyNotebook } from "#core/notebook/verify.ts";
import { verifyArchive } from "./archive.ts";
import { embedStage } from "./stages/embed.ts";
import { energyTask, evaluateStage } from "./stages/evaluate.ts";
import { filterStage } from "./stages/filter.ts";

export const TASKS = {
  filter: filterStage.run,
  embed: embedStage.run,
  evaluate: evaluateStage.run,
  energy: energyTask,
  integrity: async ({ path }: { path: string }) => checkIntegrity(path),
  verifyArchive: async ({ archive }: { archive: Uint8Array }) => verifyArchive(archive),
  verify: async ({ path }: { path: string }) => verifyNotebook(path),
};
export type TaskName = keyof typeof TASKS;
