/** `ansatz generate`: molecules from a model, in order of sampling. */
import type { Command } from "commander";
import type { SampledMolecule } from "#core/engine-interface.ts";
import { integerOption, numberOption, openEngine, signalOfProcess } from "../host.ts";
import { endProgress, fixed, print, printJson, progressLine, remark } from "../output.ts";

interface GenerateOptions {
  count: number;
  seed: number;
  model: string;
  temperature: number;
  json?: boolean;
}

export function addGenerateCommand(program: Command): void {
  program
    .command("generate")
    .description("propose molecules with a shipped or trained model")
    .option("--count <n>", "how many to sample", integerOption("count", 1), 20)
    .option("--seed <n>", "32-bit seed; the same seed gives the same molecules", integerOption("seed", 0), 1)
    .option("--model <name>", "name of the model (see `ansatz doctor`)", "small-organics")
    .option("--temperature <t>", "sampling temperature", numberOption("temperature", 0.1, 2), 1)
    .option("--json", "print one JSON document")
    .action(runGenerate);
}

async function runGenerate({ count, seed, model, temperature, json }: GenerateOptions): Promise<void> {
  await using engine = await openEngine({ notebook: ":memory:" });
  const samples: SampledMolecule[] = [];
  const request = { model, count, seed, temperature };
  for await (const sample of engine.molecules.sample(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  })) {
    samples.push(sample);
    if (!json)
      print(
        `${fixed(sample.nll, 2).padStart(7)}  ${sample.canonicalSmiles ?? `${sample.smiles}  (invalid)`}`,
      );
  }
  endProgress();
  const valid = samples.filter((sample) => sample.canonicalSmiles !== null);
  const unique = new Set(valid.map((sample) => sample.canonicalSmiles));
  const metrics = {
    validity: valid.length / samples.length,
    uniqueness: valid.length === 0 ? null : unique.size / valid.length,
  };
  if (json) printJson({ model, seed, temperature, backend: "wasm", samples, metrics });
  else
    remark(
      `${samples.length} sampled, ${valid.length} valid, ${unique.size} unique (raw, T = ${temperature})`,
    );
}
