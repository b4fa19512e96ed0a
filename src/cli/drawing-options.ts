/** Options of every command that draws molecules from a model. */
import type { Command } from "commander";
import { integerOption, numberOption } from "./host.ts";
import { collect, OBJECTIVE_HELP, type PromptOptions } from "./objective.ts";

export interface DrawingOptions extends PromptOptions {
  topP?: number;
  topK?: number;
  constrained?: boolean;
  steer?: string[];
}

/** @param objectives what the command can be steered by */
export const addDrawingOptions = (command: Command, objectives = OBJECTIVE_HELP): Command =>
  command
    .option(
      "--top-p <p>",
      "nucleus sampling: most likely tokens up to this probability",
      numberOption("top-p", 1e-6, 1),
    )
    .option("--top-k <k>", "only the k most likely tokens", integerOption("top-k", 1, 255))
    .option("--constrained", "only tokens that a SMILES grammar with valences accepts")
    .option("--decorate <scaffold>", "keep a scaffold and fill each * in it, e.g. '*c1ccc(*)cc1'")
    .option("--link <fragments>", "join two fragments with one * each, e.g. '*c1ccccc1.*C(=O)O'")
    .option(
      "--near <smiles>",
      "keep 40 to 90 % of a molecule's SMILES, begun at any atom, and write the rest anew",
    )
    .option("--steer <objective>", objectives, collect);
