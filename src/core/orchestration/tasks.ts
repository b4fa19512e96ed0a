/** What a pool thread can do, by name. */
import { embedStage } from "./stages/embed.ts";
import { energyTask, evaluateStage } from "./stages/evaluate.ts";
import { filterStage } from "./stages/filter.ts";

export const TASKS = {
  filter: filterStage.run,
  embed: embedStage.run,
  evaluate: evaluateStage.run,
  energy: energyTask,
};
export type TaskName = keyof typeof TASKS;
