/** `ansatz qpu`: quantum computers in the cloud, enabled with limits, and everything that was asked of them. */
import type { Command } from "commander";
import { addAccessCommands } from "./qpu/access.ts";
import { addBookCommands } from "./qpu/books.ts";
import { addCheckCommand } from "./qpu/check.ts";
import { addCircuitCommands } from "./qpu/circuits.ts";
import { addCompareCommand } from "./qpu/compare.ts";
import { addServerCommand } from "./qpu/server.ts";

export function completeQpu(qpu: Command): void {
  addAccessCommands(qpu);
  addCircuitCommands(qpu);
  addCompareCommand(qpu);
  addCheckCommand(qpu);
  addBookCommands(qpu);
  addServerCommand(qpu);
}
