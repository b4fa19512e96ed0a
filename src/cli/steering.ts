/** `ansatz generate --steer`: molecules from a model that learns from their scores. */
import type { Engine } from "#core/engine-interface.ts";
import { DomainError, isAbort } from "#shared/errors.ts";
import { type ScoredMolecule, SteerRequest } from "#shared/model/generation.ts";
import { DEFAULT_PROPERTY, propertyOf, type RegisteredProperty } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { flagOf } from "./flag.ts";
import type { GenerateOptions } from "./generate-options.ts";
import { signalOfProcess } from "./host.ts";
import { parseObjectives } from "./objective.ts";
import { CANCELLED, endProgress, fixed, print, printJson, progressLine, remark } from "./output.ts";
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
  throw new DomainError(
    "invalid-input",
    `${flagOf(other)} does not go with --steer: the learning model draws in its own way. --calls says how many molecules are scored.`,
  );
}

type Scored = ScoredMolecule & { call: number };

/** Null with fewer scores than `TOP`. */
const meanOfTop = (scores: readonly number[]): number | null => {
  const best = scores.toSorted((a, b) => b - a).slice(0, TOP);
  return best.length < TOP ? null : best.reduce((sum, score) => sum + score, 0) / TOP;
};

/** What the model is steered by, where that is a property. */
const propertyIn = ({ objective }: SteerRequest): RegisteredProperty | undefined =>
  Array.isArray(objective) ? undefined : propertyOf(objective.property);

/** Head and lines of the table; a property has a column of its own. */
function tableOf(request: SteerRequest) {
  const property = propertyIn(request);
  const title = property && `${property.symbol}/${property.unit}`;
  const shown = (value: number | null): string =>
    property && title ? `${fixed(value, property.digits).padStart(title.length)}  ` : "";
  return {
    head: `  score    call  ${title ? `${title}  ` : ""}molecule`,
    line: ({ score, call, value, canonicalSmiles, failure }: Scored): string =>
      `${fixed(score, 4).padStart(7)}  ${String(call).padStart(6)}  ${shown(value)}${canonicalSmiles}${failure === null ? "" : `  (failed: ${failure})`}`,
  };
}

/** Scores may each have cost minutes: what has come when Ctrl-C stops the work is told like a whole run. */
export async function runSteering(
  engine: Engine,
  options: GenerateOptions,
  texts: readonly string[],
): Promise<void> {
  refuseOthers(options);
  const { model, seed, constrained = false, calls = DEFAULT_CALLS, json } = options;
  const objective = parseObjectives(texts);
  const request = parseRequest(SteerRequest, { model, seed, constrained, calls, objective });
  const table = tableOf(request);
  const scoring: Scored[] = [];
  const refused: ScoredMolecule[] = [];
  let cancellation: unknown;
  try {
    const work = { signal: signalOfProcess(), report: progressLine() };
    for await (const molecule of engine.molecules.steer(request, work)) {
      const { call } = molecule;
      if (call === null) {
        refused.push(molecule);
        continue;
      }
      const scored = { ...molecule, call };
      if (!json) {
        endProgress();
        if (scoring.length === 0) print(table.head);
        print(table.line(scored));
      }
      scoring.push(scored);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
    cancellation = error;
  }
  endProgress();
  if (json) printJson(documentOf(request, { scoring, refused, cancelled: cancellation !== undefined }));
  else summarise(table, scoring, refused);
  if (cancellation !== undefined) throw cancellation;
}

const scoresOf = (scoring: readonly Scored[]): number[] =>
  scoring.flatMap(({ score }) => (score === null ? [] : [score]));

function documentOf(
  request: SteerRequest,
  {
    scoring,
    refused,
    cancelled,
  }: { scoring: readonly Scored[]; refused: readonly ScoredMolecule[]; cancelled: boolean },
) {
  const samples = scoring.toSorted((a, b) => a.call - b.call);
  const scores = scoresOf(samples);
  const metrics = {
    top10: meanOfTop(scores),
    first10: meanOfTop(scores.slice(0, TOP)),
    failed: samples.length - scores.length,
    refused: refused.length,
  };
  const document = documentsFor(request);
  return {
    ...(cancelled && { error: CANCELLED }),
    ...request,
    objective: document.objective,
    samples: samples.map(document.molecule),
    refused: refused.map(document.molecule),
    metrics,
  };
}

/** Numbers of a property carry their unit in their name, that of the default property where the model is steered by none. */
function documentsFor(request: SteerRequest) {
  const { objective } = request;
  const property = propertyIn(request) ?? DEFAULT_PROPERTY;
  const { quantity, suffix } = UNITS[property.unit];
  return {
    objective: Array.isArray(objective)
      ? objective
      : {
          property: objective.property,
          [`worst_${suffix}`]: objective.worst,
          [`best_${suffix}`]: objective.best,
        },
    molecule: ({ value, failure, ...molecule }: ScoredMolecule) => ({
      ...molecule,
      [`${quantity}_${suffix}`]: value,
      failure,
    }),
  };
}

function summarise(
  { head, line }: ReturnType<typeof tableOf>,
  scoring: readonly Scored[],
  refused: readonly ScoredMolecule[],
): void {
  const byScore = scoring
    .filter((one): one is Scored & { score: number } => one.score !== null)
    .sort((a, b) => b.score - a.score);
  const best = byScore.slice(0, TOP);
  if (best.length > 0) remark([`\nThe best ${best.length}`, head, ...best.map(line)].join("\n"));
  const scores = scoresOf(scoring.toSorted((a, b) => a.call - b.call));
  const means =
    scores.length < TOP
      ? ""
      : `; mean of the best ${TOP} ${fixed(meanOfTop(scores), 4)}, of the first ${TOP} ${fixed(meanOfTop(scores.slice(0, TOP)), 4)}`;
  remark(
    `${scoring.length} molecules evaluated, ${scoring.length - scores.length} of them failed; ${refused.length} refused by the filter before a call was spent${means}`,
  );
  if (scores.length > 0 && scores.every((score) => score === 0))
    remark(
      "No molecule scored above 0, so the model had nothing to learn from. Choose an objective that some of its molecules meet.",
    );
}
