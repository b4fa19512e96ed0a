/** `ansatz doctor`: what this installation is, and whether each part works here. */
import type { Command } from "commander";
import { notebookPathHere, openEngine } from "../host.ts";
import { print, printJson } from "../output.ts";

export function completeDoctor(command: Command): void {
  command.option("--json", "print one JSON document").action(async ({ json }: { json?: boolean }) => {
    await using engine = await openEngine({ notebook: ":memory:", modelsOf: notebookPathHere() });
    const [info, models] = await Promise.all([engine.system.info(), engine.models.list()]);
    if (json) printJson({ ...info, node: process.version, models });
    else {
      print(`Ansatz ${info.version}, native build ${info.build}, Node ${process.version}`);
      for (const { name, ok, detail } of info.checks) {
        const isModels = ok && name === "models";
        print(`${ok ? "ok  " : "FAIL"} ${name}: ${isModels ? models.length : detail}`);
        if (!isModels) continue;
        for (const { name, title, hash } of models) print(`       ${name}: ${title} (${hash.slice(0, 12)})`);
      }
    }
    if (info.checks.some((check) => !check.ok)) process.exitCode = 3;
  });
}
