/** Computes each stored step of a candidate again from its stored input and compares. Nothing is written. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { acceptedBefore, getCandidate } from "#core/notebook/tables/candidates.ts";
import {
  ConformerContent,
  EvaluationContent,
  SamplingRunContent,
  VerdictContent,
} from "#core/notebook/tables/contents.ts";
import { linkedFrom, readRecord } from "#core/notebook/tables/records.ts";
import { quantumEngine } from "#core/quantum/about.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import { isAbort, messageOf } from "#shared/errors.ts";
import type { CandidateId, Sha256 } from "#shared/ids.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import type { IonisationResult } from "#shared/quantum/energy-result.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { samplingOptions, steerBySettings } from "../drawing/drawing.ts";
import type { Models } from "../models/models.ts";
import { readConformer } from "../stages/embed/step.ts";
import { writtenEvaluation } from "../stages/evaluate/records.ts";
import { evaluationRequest } from "../stages/evaluate/request.ts";
import { difference } from "./compare-json.ts";

interface ReplayServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  models: Models;
  resources: string;
  program: string;
}

/** Largest difference that still counts as the same result: Hartree, ångström and nats alike. */
const TOLERANCE = { propose: 1e-6, filter: 1e-9, embed: 1e-6, evaluate: 1e-8 } as const;
type Step = keyof typeof TOLERANCE;

/** Times, and what computed: they are reported, not compared. */
const NOT_RESULTS = ["wallTime_ms", "build", "threads"];

interface Compared {
  stored: Json;
  now: Json;
  /** By what it was computed then and now. */
  why: string;
  /** What must agree within the tolerance where not all bits do; everything, unless told. */
  essence?: (result: Json) => Json;
}

function judged(step: Step, { stored, now, why, essence = (result) => result }: Compared): ReplayedStep {
  const exact = difference(stored, now, NOT_RESULTS);
  if (exact.mismatch === undefined && exact.largest === 0) return { step, outcome: "identical", detail: why };
  const { largest, at, mismatch } = difference(essence(stored), essence(now), NOT_RESULTS);
  if (mismatch !== undefined) {
    return { step, outcome: "different", detail: `${mismatch || "the result"} differs; ${why}` };
  }
  const outcome = largest <= TOLERANCE[step] ? "within-tolerance" : "different";
  const where = at || exact.at;
  const what = where ? `${where} differs by ${largest.toExponential(1)}` : `only ${exact.mismatch} differs`;
  return { step, outcome, detail: `${what}; ${why}` };
}

/** A geometry without its notation: molblocks of version 1 call double bonds undefined that the proposal left open. */
function positions(result: Json): Json {
  const { geometry, forceFieldEnergy_kcal_per_mol, isomer } = result as Conformer;
  return { geometry, forceFieldEnergy_kcal_per_mol, isomer };
}

/** The energies of an evaluation: iteration counts and convergence paths may differ between builds. */
function energies(result: Json): Json {
  const { vertical_hartree, verticalCasci_hartree, koopmans_hartree, neutral, cation } =
    result as IonisationResult;
  return {
    ...{ vertical_hartree, verticalCasci_hartree, koopmans_hartree },
    hartreeFock: neutral.hartreeFock.energy_hartree,
    neutral: [neutral.casci?.energy_hartree ?? null, neutral.vqe?.energy_hartree ?? null],
    cation: [cation?.casci.energy_hartree ?? null, cation?.vqe.energy_hartree ?? null],
  };
}

const versions = (then: string, now: string): string =>
  then === now ? `by ${now}, as then` : `by ${now}, then by ${then}`;

type Records = ReturnType<typeof getCandidate>["records"];

/** One molecule by itself, or all that a steered model wrote up to it, for it learned from them. */
async function* proposeAgain(
  model: GenerationModel,
  input: SamplingRunContent["input"],
  index: number,
  { resources, signal }: { resources: string; signal?: AbortSignal | undefined },
) {
  const { steering } = input;
  if (steering) yield* steerBySettings(model, { ...input, steering }, { resources, signal });
  else {
    const options = { ...(await samplingOptions(model, input)), first: index, count: 1 };
    yield* sampleMolecules(model, options, { signal });
  }
}

async function replayProposal(
  { notebook, models, resources, program }: ReplayServices,
  { candidate }: Records,
  signal?: AbortSignal,
): Promise<ReplayedStep> {
  const { content } = readRecord(notebook.db, candidate);
  const run = SamplingRunContent.parse(linkedFrom(notebook.db, candidate, "sampled-in")[0]!.content);
  const summary = (await models.list()).find(({ hash }) => hash === run.input.modelHash);
  if (!summary) {
    const detail = `the model with hash ${run.input.modelHash} is not installed`;
    return { step: "propose", outcome: "not-possible", detail };
  }
  const model = await models.open(summary.name);
  const again = proposeAgain(model, run.input, Number(content.index), { resources, signal });
  for await (const { index, smiles, nll } of again) {
    if (index !== content.index) continue;
    return judged("propose", {
      stored: content,
      now: { index, smiles, nll },
      why: versions(run.program, program),
    });
  }
  return { step: "propose", outcome: "different", detail: "the model proposed nothing" };
}

async function replayVerdict(
  { notebook, dispatcher, program }: ReplayServices,
  id: CandidateId,
  signal?: AbortSignal,
): Promise<ReplayedStep | undefined> {
  const { row, records } = getCandidate(notebook.db, id);
  if (records.verdict === null) return undefined;
  const stored = VerdictContent.parse(readRecord(notebook.db, records.verdict).content);
  const run = linkedFrom(notebook.db, records.verdict, "by")[0]!;
  const settings = FilterSettings.parse((run.content.input as JsonObject).settings);
  const known = acceptedBefore(notebook.db, row.campaignId, row.proposal.index);
  const input = { smiles: [row.proposal.smiles], settings, known };
  const [verdict] = await dispatcher.run("filter", input, { signal });
  const now =
    verdict!.outcome === "accepted"
      ? { rejection: null, identity: verdict!.identity, descriptors: verdict!.descriptors }
      : { rejection: verdict!.rejection, identity: verdict!.identity, descriptors: null };
  return judged("filter", { stored, now, why: versions(String(run.content.program), program) });
}

async function replayConformer(
  { notebook, dispatcher, program }: ReplayServices,
  { conformer }: Records,
  signal?: AbortSignal,
): Promise<ReplayedStep | undefined> {
  if (conformer === null) return undefined;
  const content = ConformerContent.parse(readRecord(notebook.db, conformer).content);
  const stored = readConformer(notebook.db, conformer);
  const output = await dispatcher.run("embed", content.input, { signal });
  const why = versions(`${content.program}, ${stored.method}`, `${program}, ${stored.method}`);
  if (output.outcome === "failed")
    return { step: "embed", outcome: "different", detail: `${output.detail}; ${why}` };
  const now = stored.isomer ? output.conformer : { ...output.conformer, isomer: null };
  return judged("embed", { stored, now, why, essence: positions });
}

/** What can be said of the integrals; those of earlier records have no hash. */
function compareIntegrals(then: Json | undefined, now: Sha256 | null): string {
  if (then === undefined) return "integrals not recorded then";
  return then === now ? "integrals identical" : "integrals differ in their bits";
}

async function replayEvaluation(
  { notebook, dispatcher }: ReplayServices,
  { evaluation, conformer }: Records,
  signal?: AbortSignal,
): Promise<ReplayedStep | undefined> {
  if (evaluation === null || conformer === null) return undefined;
  const { input, build } = EvaluationContent.parse(readRecord(notebook.db, evaluation).content);
  const { geometry } = readConformer(notebook.db, conformer);
  const request = evaluationRequest(input, geometry);
  const result = await dispatcher.run("evaluate", request, { signal });
  const stored = writtenEvaluation(notebook.db, evaluation);
  const { build: current, instructionSet } = quantumEngine();
  const by = `${versions(`build ${build}`, `build ${current}`)}, ${instructionSet}`;
  const { integralsHash } = stored.neutral as JsonObject;
  const integrals = compareIntegrals(integralsHash, result.neutral.integralsHash);
  return judged("evaluate", { stored, now: result, why: `${integrals}; ${by}`, essence: energies });
}

/**
 * Replays propose, filter, embed and evaluate, as far as the candidate came.
 *
 * @throws DomainError not-found; AbortError when cancelled
 */
export async function replayCandidate(
  services: ReplayServices,
  id: CandidateId,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ReplayedStep[]> {
  const { records } = getCandidate(services.notebook.db, id);
  const steps: [Step, () => Promise<ReplayedStep | undefined>][] = [
    ["propose", () => replayProposal(services, records, signal)],
    ["filter", () => replayVerdict(services, id, signal)],
    ["embed", () => replayConformer(services, records, signal)],
    ["evaluate", () => replayEvaluation(services, records, signal)],
  ];
  const report: ReplayedStep[] = [];
  for (const [step, replay] of steps) {
    try {
      const replayed = await replay();
      if (replayed) report.push(replayed);
    } catch (error) {
      if (isAbort(error)) throw error;
      report.push({
        step,
        outcome: "not-possible",
        detail: messageOf(error),
      });
    }
  }
  return report;
}
