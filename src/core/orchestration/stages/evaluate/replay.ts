/** Evaluate, again: from the stored settings and geometry. */
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { quantumEngine } from "#core/quantum/about.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import type { IonisationResult } from "#shared/quantum/energy-result.ts";
import { readConformer } from "../embed/records.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { writtenEvaluation } from "./records.ts";
import { evaluationRequest } from "./request.ts";

/** In Hartree. */
const TOLERANCE = 1e-8;

/** The energies of an evaluation: iteration counts and convergence paths may differ between builds. */
function energies(result: Json): Json {
  const { vertical_hartree, verticalCasci_hartree, koopmans_hartree, neutral, cation } =
    result as IonisationResult;
  return {
    vertical_hartree,
    verticalCasci_hartree,
    koopmans_hartree,
    hartreeFock: neutral.hartreeFock.energy_hartree,
    neutral: [neutral.casci?.energy_hartree ?? null, neutral.vqe?.energy_hartree ?? null],
    cation: [cation?.casci.energy_hartree ?? null, cation?.vqe.energy_hartree ?? null],
  };
}

/** What can be said of the integrals; those of earlier records have no hash. */
function compareIntegrals(then: Json | undefined, now: Sha256 | null): string {
  if (then === undefined) return "integrals not recorded then";
  return then === now ? "integrals identical" : "integrals differ in their bits";
}

export async function replayEvaluation(context: ReplayContext): Promise<ReplayedStep | undefined> {
  const { notebook, dispatcher, records, signal } = context;
  const { evaluation, conformer } = records;
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
  return judged("evaluate", {
    stored,
    now: result,
    why: `${integrals}; ${by}`,
    tolerance: TOLERANCE,
    essence: energies,
  });
}
