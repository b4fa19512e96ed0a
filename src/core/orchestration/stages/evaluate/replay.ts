/** Evaluate, again: from the stored settings and geometry. */
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { quantumEngine } from "#core/quantum/about.ts";
import { evaluateMolecule } from "#core/quantum/properties/recovery.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import { type Evaluation, moleculeResult, type StateResult } from "#shared/properties/evaluation.ts";
import { declarationOf, type NamedProperty } from "#shared/properties/find.ts";
import type { PropertyState } from "#shared/properties/property.ts";
import { measuredBefore } from "../../devices/measured-before.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { besideCandidate } from "./beside.ts";
import { writtenEvaluation } from "./records.ts";
import { evaluatedCandidate, evaluatedSmiles } from "./request.ts";
import { evaluateStage } from "./run.ts";
import { shapesOfCandidate } from "./shapes.ts";

/** In Hartree. */
const TOLERANCE = 1e-8;

/** Values and states side by side: where two evaluations differ is told by these names. */
const sideBySide = ({ outcome, values, states }: Pick<Evaluation, "outcome" | "values" | "states">): Json =>
  ({ outcome, ...values, ...states }) as JsonObject;

/** The energies of an evaluation: iteration counts and convergence paths may differ between builds. */
const energiesOf = (asked: NamedProperty) => (result: Json) => {
  const { states, values } = declarationOf(asked);
  const members = result as JsonObject & Record<string, StateResult>;
  const { hartreeFock } = moleculeResult({ ...asked, states: members });
  const ofState = ({ name }: PropertyState): [string, Json] => {
    const { casci = null, vqe = null } = members[name] ?? {};
    return [name, { casci: casci?.energy_hartree ?? null, vqe: vqe?.energy_hartree ?? null }];
  };
  return {
    ...Object.fromEntries(values.map(({ key }) => [key, members[key] ?? null])),
    hartreeFock: hartreeFock.energy_hartree,
    ...Object.fromEntries(states.map(ofState)),
  } as Json;
};

/** What can be said of the integrals; those of earlier records have no hash. */
function compareIntegrals(then: Json | undefined, now: Sha256 | null): string {
  if (then === undefined) return "integrals not recorded then";
  return then === now ? "integrals identical" : "integrals differ in their bits";
}

export async function replayEvaluation(context: ReplayContext): Promise<ReplayedStep | undefined> {
  const { notebook, dispatcher, records, signal } = context;
  const { evaluation, conformer } = records;
  if (evaluation === null || conformer === null) return undefined;
  const { input, build, stageVersion } = EvaluationContent.parse(readRecord(notebook.db, evaluation).content);
  const { property } = input;
  const smiles = evaluatedSmiles(notebook.db, conformer);
  const own = evaluatedCandidate(notebook.db, conformer, input);
  const { charge, multiplicity } = own;
  const reactant = { smiles, electrons: { charge, multiplicity } };
  const beside = await besideCandidate(input.definition, { dispatcher, signal, reactant });
  const candidate = { ...own, ...beside };
  const asked = { db: notebook.db, record: conformer, conformers: input.conformers };
  const { averaged, other } = await shapesOfCandidate(candidate, asked, { dispatcher, signal });
  const stored = writtenEvaluation(notebook.db, evaluation);
  const then = stored.states as Readonly<Record<string, StateResult | undefined>>;
  const { evaluation: again } = await evaluateMolecule(property, averaged, {
    compute: (request, names) => {
      const jobs = names.flatMap((name) => then[name]?.vqe?.jobs ?? []);
      return dispatcher.run("evaluate", request, { signal, measured: measuredBefore(notebook.db, jobs) });
    },
    relaxed: input.relaxed,
    other,
  });
  const { build: current, instructionSet } = quantumEngine();
  // A later version may look elsewhere for a number: then that is why it differs.
  const made = versions(
    `version ${stageVersion} of evaluate, build ${build}`,
    `version ${evaluateStage.version} of evaluate, build ${current}`,
  );
  const by = `${made}, ${instructionSet}`;
  const integralsThen = moleculeResult(stored as Evaluation).integralsHash as Sha256 | undefined;
  const integrals = compareIntegrals(integralsThen, moleculeResult(again).integralsHash);
  return judged("evaluate", {
    stored: sideBySide(stored as Evaluation),
    now: sideBySide(again),
    why: `${integrals}; ${by}`,
    tolerance: TOLERANCE,
    essence: energiesOf(input),
  });
}
