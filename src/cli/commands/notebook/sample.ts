/** `ansatz notebook sample`: a new notebook to look around in. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { openEngine, resources, signalOfProcess, takeTimeToStop, tellWhenCancelled } from "../../host.ts";
import { endProgress, print, printJson, progressLine } from "../../output.ts";

export function addSampleCommand(notebook: Command): void {
  notebook
    .command("sample [file]")
    .description("make a new notebook with a small campaign, computed on the spot, to look around in")
    .option("--json", "print one JSON document")
    .action(runSample);
}

async function runSample(file = "ansatz-sample.sqlite", { json }: { json?: boolean }): Promise<void> {
  tellWhenCancelled("Cancelled: no notebook was made.");
  takeTimeToStop();
  const { makeSample } = await import("#core/sample.ts");
  const path = resolve(file);
  const options = { signal: signalOfProcess(), report: progressLine() };
  const place = { path, resources, open: (notebook: string) => openEngine({ notebook }) };
  const { campaign } = await makeSample(place, options);
  endProgress();
  if (json) printJson({ path, campaign });
  else {
    print(`The sample is at ${path}`);
    print(`Its ranking: ansatz notebook candidates ${campaign} --notebook "${path}"`);
  }
}
