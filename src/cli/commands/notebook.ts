/** `ansatz notebook`: what the notebook holds, where it comes from, and whether it is as it was written. */
import type { Command } from "commander";
import { addArchiveCommands } from "./notebook/archive.ts";
import { addCalculationCommand } from "./notebook/calculations.ts";
import { addIntegrityCommands } from "./notebook/integrity.ts";
import { addListCommands } from "./notebook/lists.ts";
import { addReviewCommand } from "./notebook/review.ts";
import { addSalvageCommand } from "./notebook/salvage.ts";
import { addSampleCommand } from "./notebook/sample.ts";
import { addSearchCommand } from "./notebook/search.ts";

export function completeNotebook(notebook: Command): void {
  addListCommands(notebook);
  addCalculationCommand(notebook);
  addSearchCommand(notebook);
  addReviewCommand(notebook);
  addIntegrityCommands(notebook);
  addArchiveCommands(notebook);
  addSalvageCommand(notebook);
  addSampleCommand(notebook);
}
