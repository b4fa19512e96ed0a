/** `ansatz generate`: molecules from a model, in order of sampling. */
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import {
  isConstrained,
  promptNotice,
  type SampledMolecule,
  SampleRequest,
} from "#shared/model/generation.ts";
import { KNOWN_PROPERTIES } from "#shared/properties/find.ts";
import { addDrawingOptions } from "../drawing-options.ts";
import type { GenerateOptions } from "../generate-options.ts";
import {
  integerOption,
  leaveAtOnce,
  notebookPathHere,
  numberOption,
  openEngine,
  signalOfProcess,
  takeTimeToStop,
} from "../host.ts";
import { type Metrics, metricsTable } from "../metrics-table.ts";
import { parsePrompt } from "../objective.ts";
import { endProgress, fixed, print, printJson, progressLine, remark } from "../output.ts";
import { parseRequest } from "../parse-request.ts";
import { runSteering } from "../steering.ts";

const STEERED_BY = KNOWN_PROPERTIES.map(({ objective }) => objective).join(", ");

export function completeGenerate(command: Command): void {
  command
    .option("--count <n>", "how many to sample (default: 20)", integerOption("count", 1, 1_000_000))
    .option("--seed <n>", "32-bit seed; the same seed gives the same molecules", integerOption("seed", 0), 1)
    .option("--model <name>", "name of the model (see `ansatz model list`)", "small-organics")
    .option("--temperature <t>", "sampling temperature", numberOption("temperature", 0.1, 2), 1);
  addDrawingOptions(command)
    .option("--batch-size <n>", "molecules sampled at the same time", integerOption("batch-size", 1, 8192))
    .option("--unique", "sample until there are --count different valid molecules, and print only those")
    .option(
      "--metrics",
      "measure the samples and compare them with the molecules held back from training, where the model has them; a table on stderr, or in the JSON document",
    )
    .option(
      "--calls <n>",
      "with --steer: molecules to score (default 1000)",
      integerOption("calls", 1, 10_000),
    )
    .option(
      "--threads <n>",
      `with --steer ${STEERED_BY}: energies computed at the same time (default: one a core). The model learns from scores as they come: only with 1 does the same seed give the same molecules`,
      integerOption("threads", 1, 1024),
    )
    .option("--notebook <path>", "the notebook in whose folder your own models are", notebookPathHere())
    .option("--json", "print one JSON document")
    .action(runGenerate);
}

async function runGenerate(options: GenerateOptions): Promise<void> {
  if (options.steer) takeTimeToStop();
  else leaveAtOnce();
  const { threads } = options;
  await using engine = await openEngine({ notebook: ":memory:", modelsOf: options.notebook, threads });
  if (options.steer) {
    await runSteering(engine, options, options.steer);
    return;
  }
  if (options.calls !== undefined)
    throw new DomainError(
      "invalid-input",
      "--calls: expected together with --steer; --count says how many to sample.",
    );
  await runSampling(engine, options);
}

function requestOf(options: GenerateOptions): SampleRequest {
  const { model, count, seed, temperature, topP, topK, batchSize, constrained, unique } = options;
  const request = { model, count, seed, temperature, topP, topK, batchSize, constrained, unique };
  return parseRequest(SampleRequest, { ...request, prompt: parsePrompt(options) });
}

async function runSampling(engine: Engine, options: GenerateOptions): Promise<void> {
  const request = requestOf(options);
  const notice = promptNotice(request.prompt);
  if (notice !== undefined) remark(notice);
  const all: SampledMolecule[] = [];
  let backend = "";
  const signal = signalOfProcess();
  const onBackend = (name: string): void => {
    backend = name;
  };
  let givenUp = 0;
  const onGivenUp = (): void => {
    givenUp++;
  };
  const work = { signal, report: progressLine(), onBackend, onGivenUp };
  for await (const sample of engine.molecules.sample(request, work)) {
    if (!options.json && all.length === 0) print("−log p/nat  molecule");
    all.push(sample);
    if (!options.json && isShown(sample, request)) print(line(sample));
  }
  endProgress();
  const metrics = options.metrics && (await measured(engine, all, request));
  const counts = countsOf(all, request);
  if (options.json) {
    const samples = all
      .filter((sample) => isShown(sample, request))
      .map(({ smiles, canonicalSmiles, nll }) => ({ smiles, canonicalSmiles, nll }));
    const { batchSize: _, count: __, ...settings } = request;
    printJson({
      ...settings,
      constrained: isConstrained(request),
      backend,
      sampled: all.length,
      givenUp,
      samples,
      metrics: metrics || counts,
    });
    return;
  }
  if (givenUp > 0)
    remark(`${givenUp} more could not be finished: the template leaves the model little room.`);
  if (request.unique && all.filter(({ isNew }) => isNew).length < request.count)
    remark("Fewer than asked for: the model writes few different molecules under these settings.");
  const { samples, validity, uniqueness } = counts;
  const share = (part: number | null): string => `${fixed(part && 100 * part, 1)} %`;
  if (metrics) remark(metricsTable(metrics));
  else
    remark(
      `${samples} sampled ${request.constrained ? "with" : "without"} a grammar: ${share(validity)} valid, ${share(uniqueness)} of the valid ones different`,
    );
}

const isShown = ({ isNew }: SampledMolecule, { unique }: SampleRequest): boolean => isNew || !unique;

const line = ({ nll, smiles, canonicalSmiles }: SampledMolecule): string =>
  `${fixed(nll, 2).padStart(10)}  ${canonicalSmiles ?? `${smiles}  (invalid)`}`;

/** Raw and constrained figures are different things, so each says which it is. */
const decodingOf = (request: SampleRequest): string => (isConstrained(request) ? "constrained" : "raw");

/** Of all samples, also those not shown. */
function countsOf(all: readonly SampledMolecule[], request: SampleRequest) {
  const nValid = all.filter(({ canonicalSmiles }) => canonicalSmiles !== null).length;
  const nNew = all.filter(({ isNew }) => isNew).length;
  return {
    decoding: decodingOf(request),
    samples: all.length,
    validity: nValid / all.length,
    uniqueness: nValid === 0 ? null : nNew / nValid,
  };
}

async function measured(
  engine: Engine,
  all: readonly SampledMolecule[],
  request: SampleRequest,
): Promise<Metrics> {
  remark("measuring the samples");
  const samples = { model: request.model, smiles: all.map(({ smiles }) => smiles) };
  const metrics = await engine.molecules.measure(samples, { signal: signalOfProcess() });
  return { decoding: decodingOf(request), ...metrics };
}
