/** `ansatz generate --steer`: molecules from a model that learns from their scores. */
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { type ScoredMolecule, SteerRequest } from "#shared/generation.ts";
import type { GenerateOptions } from "./commands/generate.ts";
import { signalOfProcess } from "./host.ts";
import { parseObjectives } from "./objective.ts";
import { endProgress, fixed, print, printJson, progressLine, remark } from "./output.ts";
import { parseRequest } from "./parse-request.ts";

const DEFAULT_CALLS = 1000;
/** How many of the best count for the figure that benchmarks of sample efficiency give (PMO, arXiv:2206.12411). */
const TOP = 10;

/** Options of sampling that a learning model does not follow. */
function refuseOthers({
  count,
  temperature,
  topP,
  topK,
  batchSize,
  decorate,
  link,
  near,
  unique,
  metrics,
}: GenerateOptions) {
  const given = Object.entries({ count, topP, topK, batchSize, decorate, link, near, unique, metrics });
  const [other] =
    given.find(([, value]) => value !== undefined) ?? (temperature === 1 ? [] : ["temperature"]);
  if (other === undefined) return;
  const flag = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new DomainError(
    "invalid-input",
    `--${flag}: not with --steer, for the learning model draws by itself; --calls says how many molecules are scored.`,
  );
}

const meanOfTop = (scores: readonly number[]): number | null => {
  const best = scores.toSorted((a, b) => b - a).slice(0, TOP);
  return best.length === 0 ? null : best.reduce((sum, score) => sum + score, 0) / best.length;
};

export async function runSteering(
  engine: Engine,
  options: GenerateOptions,
  texts: readonly string[],
): Promise<void> {
  refuseOthers(options);
  const { model, seed, constrained = false, calls = DEFAULT_CALLS, json } = options;
  const objective = parseObjectives(texts);
  const request = parseRequest(SteerRequest, { model, seed, constrained, calls, objective });
  const scoring: (ScoredMolecule & { call: number })[] = [];
  const refused: ScoredMolecule[] = [];
  const work = { signal: signalOfProcess(), report: progressLine() };
  for await (const molecule of engine.molecules.steer(request, work)) {
    const { call } = molecule;
    if (call === null) refused.push(molecule);
    else scoring.push({ ...molecule, call });
  }
  endProgress();
  const samples = scoring.sort((a, b) => a.call - b.call);
  const scores = samples.flatMap(({ score }) => (score === null ? [] : [score]));
  const failed = samples.length - scores.length;
  const metrics = {
    top10: meanOfTop(scores),
    first10: meanOfTop(scores.slice(0, TOP)),
    failed,
    refused: refused.length,
  };
  if (json) return printJson({ ...request, samples, refused, metrics });
  const best = samples.filter(({ score }) => score !== null).sort((a, b) => b.score! - a.score!);
  print("  score    call  molecule");
  for (const { score, call, canonicalSmiles } of best)
    print(`${fixed(score, 4).padStart(7)}  ${String(call).padStart(6)}  ${canonicalSmiles}`);
  remark(
    `${samples.length} scored, ${failed} failed, ${refused.length} refused by the filter before a call was spent; mean of the best ${TOP} ${fixed(metrics.top10, 4)}, of the first ${TOP} ${fixed(metrics.first10, 4)}`,
  );
}
