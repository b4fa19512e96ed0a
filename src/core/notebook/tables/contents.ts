/** What records of each kind say: written by the stages, checked whenever the notebook reads them. */
import { z } from "zod";
import { EmbeddingSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import { Proposal, Rejection } from "#shared/campaign/candidate.ts";
import { StageName } from "#shared/campaign/job.ts";
import { Decision, type Promotion } from "#shared/campaign/promotion.ts";
import { Review } from "#shared/campaign/review.ts";
import { Sha256 } from "#shared/ids.ts";
import { Descriptors, Electrons, EmbeddedIsomer, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import { Alternative, Attempt, EvaluationOutcome } from "#shared/properties/evaluation.ts";
import { declarationOf, PropertyId, propertyOf } from "#shared/properties/find.ts";
import type { AskedProperty } from "#shared/properties/method-title.ts";
import { type PropertyNumbers, rankedValue, UNITS } from "#shared/properties/property.ts";
import { DiagnosticRoute } from "#shared/quantum/diagnostic.ts";
import { IonKind } from "#shared/quantum/energy-request.ts";

/** How a stage's result was made; the result is keyed by stage, version and input. */
const made = { stage: StageName, stageVersion: z.number().int(), program: z.string() };

export const ModelContent = z.object({ name: z.string(), hash: Sha256 });

export const SamplingRunContent = z.strictObject({
  ...made,
  /** Which of the source's molecules, and members that name the source, which the source itself reads. */
  input: z.looseObject({ source: z.string().optional(), first: z.number().int(), count: z.number().int() }),
  /** Molecules that could not be written to their end; left out where there are none. */
  givenUp: z.number().int().positive().optional(),
});
export type SamplingRunContent = z.infer<typeof SamplingRunContent>;

export const CandidateContent = Proposal;

export const VerdictContent = z.strictObject({
  rejection: Rejection.nullable(),
  identity: MoleculeIdentity.nullable(),
  descriptors: Descriptors.nullable(),
  /** Absent for a neutral closed shell. */
  electrons: Electrons.exactOptional(),
  /** SHA-256 of the molblock that is taken as its geometry; absent where one is made. */
  coordinates: Sha256.exactOptional(),
});
export type VerdictContent = z.infer<typeof VerdictContent>;

/** What decides a geometry. Absent are electrons of a neutral closed shell, and coordinates and marks that were not given. */
export const ConformerInput = EmbeddingSettings.extend({
  smiles: z.string(),
  electrons: Electrons.exactOptional(),
  coordinates: Sha256.exactOptional(),
  /** The SMILES as it was proposed, where it marks a bond or, of a property that takes marks, has atom maps. */
  marked: z.string().exactOptional(),
});
export type ConformerInput = z.infer<typeof ConformerInput>;

export const ConformerContent = z.strictObject({
  ...made,
  input: ConformerInput,
  symbols: z.array(z.string()),
  method: z.string(),
  forceFieldEnergy_kcal_per_mol: z.number().nullable(),
  /** Absent from what version 1 of the stage made. */
  isomer: EmbeddedIsomer.nullable().default(null),
  /** Of the molecule, e and 2S + 1; left out where it is neutral, and a closed shell. */
  charge: z.number().int().default(0),
  multiplicity: z.number().int().min(1).default(1),
  /** Numbers from 0 of the atoms of the bond that was marked. */
  bond: z.tuple([z.number().int(), z.number().int()]).exactOptional(),
});

/** One state with the ions that share its orbitals, wherever it is asked for. */
export const StateContent = z.strictObject({
  stateVersion: z.number().int(),
  program: z.string(),
  /** The request without its coordinates, which are a part. */
  input: z.looseObject({ ions: z.array(IonKind).default([]) }),
  /** Of the state, then of its ions, as who asked first calls them. */
  names: z.tuple([z.string()], z.string()),
  /** Of each ion that was reached. */
  koopmans_hartree: z.array(z.number()),
  build: z.string(),
  backend: z.string(),
});
export type StateContent = z.infer<typeof StateContent>;

/** Members of a record beside those of its frame: numbers under the keys that its property declares, gathered as `values`. */
function numbersOf(
  members: Record<string, unknown>,
  { keys, ranked }: { keys: readonly string[]; ranked: string },
  context: z.RefinementCtx,
): PropertyNumbers {
  const number = z.number().nullable();
  // A record from before a number was declared lacks it; the one to rank by is always there.
  const shape = keys.map((key) => [key, key === ranked ? number : number.exactOptional()] as const);
  const { data, error } = z.strictObject(Object.fromEntries(shape)).safeParse(members);
  for (const { path, message } of error?.issues ?? [])
    context.issues.push({ code: "custom", input: members, path, message });
  return data ?? z.NEVER;
}

/** The numbers of an evaluation, and the one of them that is ranked by. */
export function keysOf(asked: AskedProperty) {
  const declared = declarationOf(asked);
  const { key: ranked } = rankedValue(declared, { ...declared.before, ...asked.propertySettings });
  return { keys: declared.values.map(({ key }) => key), ranked };
}

/** The settings that decide a result, and what of the candidate does. */
export const EvaluationInput = EvaluationSettings.omit({ maxEvaluations: true }).extend({
  conformer: Sha256,
  /** Those that a composite asks for. */
  descriptors: z.record(z.string(), z.number().nullable()).exactOptional(),
});
export type EvaluationInput = z.infer<typeof EvaluationInput>;

export const EvaluationContent = z
  .looseObject({
    ...made,
    input: EvaluationInput,
    outcome: EvaluationOutcome,
    /** VQE less CASCI of the molecule as it was proposed. */
    vqeMinusCasci_hartree: z.number().nullable(),
    /** Why it did not converge; null where it did. */
    reason: z.string().nullable(),
    build: z.string(),
    backend: z.string(),
    /** Whether one determinant will do for the molecule; absent in evaluations of before version 18. */
    route: DiagnosticRoute.exactOptional(),
    /** Absent where there was no choice. */
    alternatives: z.array(Alternative).exactOptional(),
    /** Absent where every state converged at the geometry that was asked for. */
    attempts: z.array(Attempt).exactOptional(),
  })
  .transform(
    (
      {
        stage,
        stageVersion,
        program,
        input,
        outcome,
        vqeMinusCasci_hartree,
        reason,
        build,
        backend,
        route,
        alternatives,
        attempts,
        ...rest
      },
      context,
    ) => ({
      stage,
      stageVersion,
      program,
      input,
      outcome,
      vqeMinusCasci_hartree,
      reason,
      build,
      backend,
      ...(route && { route }),
      ...(alternatives && { alternatives }),
      ...(attempts && { attempts }),
      values: numbersOf(rest, keysOf(input), context),
    }),
  );

/** What an evaluation says of one candidate: the number to rank it by; null where a calculation did not converge, with the reason. */
export const ScoreContent = z
  .looseObject({
    property: PropertyId,
    outcome: EvaluationOutcome,
    reason: z.string().nullable(),
    vqeMinusCasci_hartree: z.number().nullable(),
  })
  .transform(({ property, outcome, reason, vqeMinusCasci_hartree, ...rest }, context) => {
    // Which of the property's numbers it is was for the campaign to say.
    const [key, ...others] = propertyOf(property).values.flatMap((one) => (one.key in rest ? [one.key] : []));
    const ranked = key ?? propertyOf(property).values[0].key;
    const values = numbersOf(rest, { keys: others.length > 0 ? [] : [ranked], ranked }, context);
    return { property, outcome, reason, vqeMinusCasci_hartree, value: values[ranked] ?? null };
  });

const decided = z.looseObject(Decision.omit({ value: true }).shape);

/** The choice of who goes up from a rung, its values in the stored unit of the rung's property. */
export const PromotionContent = z
  .looseObject({
    ...made,
    input: z.looseObject({
      rung: z.number().int(),
      property: PropertyId,
      keep: z.number().int(),
      evaluationVersion: z.number().int().nullable(),
    }),
    decisions: z.array(decided),
  })
  .transform(({ input: { rung, property, keep, evaluationVersion }, decisions, ...rest }): Promotion => {
    const { stored } = UNITS[propertyOf(property).unit];
    const numberOf = (members: Record<string, unknown>, name: string) =>
      z.number().nullable().parse(members[`${name}_${stored}`]);
    return {
      rung,
      property,
      keep,
      evaluationVersion,
      cut: numberOf(rest, "cut"),
      decisions: decisions.map(
        (decision): Decision => ({
          index: decision.index,
          rank: decision.rank,
          goesUp: decision.goesUp,
          value: numberOf(decision, "value"),
        }),
      ),
    };
  });

/** A stage that came to an end without what was asked for, as expected of some molecules. */
export const FailureContent = z.strictObject({ ...made, input: z.json(), reason: z.string() });

export const ReviewContent = Review;
