/** What the sub-commands of `ansatz notebook` have in common. */
import type { Command } from "commander";
import { notebookPathHere } from "../../host.ts";

export interface NotebookFlags {
  notebook: string;
  json?: boolean;
}

/** A sub-command with the options that all of them take. */
export const subcommand = (parent: Command, usage: string, description: string): Command =>
  parent
    .command(usage)
    .description(description)
    .option("--notebook <path>", "the notebook file", notebookPathHere())
    .option("--json", "print one JSON document");
