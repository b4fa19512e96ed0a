/** `ansatz notebook`: what the notebook holds, where it comes from, and whether it is as it was written. */
import type { Command } from "commander";
import { addArchiveCommands } from "./notebook/archive.ts";
import { addIntegrityCommands } from "./notebook/integrity.ts";
import { addListCommands } from "./notebook/lists.ts";
import { addSalvageCommand } from "./notebook/salvage.ts";
import { addSearchCommand } from "./notebook/search.ts";

export function addNotebookCommand(program: Command): void {
  const notebook = program
    .command("notebook")
    .description("look into the notebook, check it, search it, carry it elsewhere");
  addListCommands(notebook);
  addSearchCommand(notebook);
  addIntegrityCommands(notebook);
  addArchiveCommands(notebook);
  addSalvageCommand(notebook);
  for (const command of notebook.commands) command.exitOverride();
}
