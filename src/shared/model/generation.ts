/** How molecules are drawn from a model, and what a model can be steered towards. */
import { z } from "zod";
import { DEFAULT_PROPERTY, PropertyId, propertyOf } from "../properties/find.ts";

/** More than any model writes. */
const smiles = z.string().trim().min(1).max(500);

/** What the molecules are built around; `*` marks where the model writes on. */
export const Prompt = z.discriminatedUnion("kind", [
  /** Keeps a scaffold such as `*c1ccc(*)cc1` and fills each `*`. */
  z.strictObject({ kind: z.literal("decorate"), scaffold: smiles }),
  /** Puts what the model writes between two fragments with one `*` each. */
  z.strictObject({ kind: z.literal("link"), first: smiles, second: smiles }),
  /** Keeps the beginning of a molecule, written from different atoms. */
  z.strictObject({ kind: z.literal("near"), smiles }),
]);
export type Prompt = z.infer<typeof Prompt>;

/** Tells what of a prompt the models have no words for and the molecules will be without; undefined where there is nothing. */
export function promptNotice(prompt: Prompt | null): string | undefined {
  if (prompt === null) return undefined;
  const { kind: _, ...molecules } = prompt;
  const text = Object.values(molecules).join(".");
  const isotopes = [...new Set(text.match(/\[\d+[A-Za-z][^\]]*\]/g))];
  const marks = [...new Set(text.match(/@+|[/\\]/g))];
  const leftOut = [
    ...(isotopes.length > 0 ? [`isotopes (${isotopes.join(" ")})`] : []),
    ...(marks.length > 0 ? [`stereo marks (${marks.join(" ")})`] : []),
  ];
  if (leftOut.length === 0) return undefined;
  return `Left out of the prompt: ${leftOut.join(" and ")}. The models write molecules without them.`;
}

/** A score from 0 (worst) to 1 (best), computed from the molecule alone in microseconds to milliseconds. */
export const Objective = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("qed") }),
  /** (10 − SA score) / 9: 1 is easy to make. */
  z.strictObject({ kind: z.literal("sa-score") }),
  /** 1 within the window, exp(−d²/2) at a distance d outside. */
  z.strictObject({ kind: z.literal("logp"), minimum: z.number(), maximum: z.number() }),
  /** Tanimoto similarity of Morgan fingerprints of radius 2. */
  z.strictObject({ kind: z.literal("similarity"), to: smiles }),
  /** 1 where the molecule contains the SMARTS, else 0. */
  z.strictObject({ kind: z.literal("substructure"), smarts: smiles }),
]);
export type Objective = z.infer<typeof Objective>;

/** Several are combined by their geometric mean: a molecule must be fair in all. */
export const Objectives = z.array(Objective).min(1).max(8);
export type Objectives = z.infer<typeof Objectives>;

/** One that needs no definition. */
const SteeredBy = PropertyId.refine((id) => !propertyOf(id).isDefined, {
  error: "expected a property that is known by its id alone",
});

/**
 * A property by the campaign's evaluator at its defaults, an embedding and an evaluation a molecule. Linear between `worst`
 * (score 0) and `best` (score 1), in the unit that the property is shown in; `best` below `worst` seeks the lowest.
 */
export const PropertyObjective = z
  .strictObject({ property: SteeredBy.default(DEFAULT_PROPERTY.id), worst: z.number(), best: z.number() })
  .refine(({ worst, best }) => worst !== best, "expected two different values");
export type PropertyObjective = z.infer<typeof PropertyObjective>;

/** The settings that decide which molecule a model writes for a seed and an index. */
export const DrawingSettings = z.strictObject({
  temperature: z.number().min(0.1).max(2).default(1),
  /** Nucleus sampling: the least number of tokens whose probabilities add up to this; null takes all. */
  topP: z.number().gt(0).max(1).nullable().default(null),
  /** Only this many of the most likely tokens; null takes all. */
  topK: z.number().int().min(1).max(255).nullable().default(null),
  /** Only tokens that a SMILES grammar with valences and rings accepts. A scaffold or a link is always written so. */
  constrained: z.boolean().default(false),
  prompt: Prompt.nullable().default(null),
});
export type DrawingSettings = z.infer<typeof DrawingSettings>;

/** Templates with holes need the grammar to know where a hole ends. */
export const isConstrained = ({ constrained, prompt }: DrawingSettings): boolean =>
  constrained || prompt?.kind === "decorate" || prompt?.kind === "link";

const modelName = z.string().min(1).default("small-organics");
const seed = z.number().int().min(0).max(0xffffffff).default(1);

/** Molecules from a model, kept nowhere. */
export const SampleRequest = z.strictObject({
  model: modelName,
  count: z.number().int().min(1).max(1_000_000).default(20),
  seed,
  ...DrawingSettings.shape,
  /** Molecules computed side by side in a thread; changes the speed, never the molecules. Null leaves it to the program. */
  batchSize: z.number().int().min(1).max(8192).nullable().default(null),
  /** Whether `count` counts different valid molecules instead of samples. */
  unique: z.boolean().default(false),
});
export type SampleRequest = z.infer<typeof SampleRequest>;

/** Molecules from a copy of a model that learns from their scores, kept nowhere. */
export const SteerRequest = z.strictObject({
  model: modelName,
  seed,
  constrained: z.boolean().default(false),
  objective: z.union([Objectives, PropertyObjective]),
  /** Molecules to score. */
  calls: z.number().int().min(1).max(10_000).default(1000),
});
export type SteerRequest = z.infer<typeof SteerRequest>;

export interface SampledMolecule {
  smiles: string;
  /** null where the SMILES cannot be parsed. */
  canonicalSmiles: string | null;
  /** Negative log-likelihood in nats, of the model alone whatever restricts the drawing. */
  nll: number;
  /** Whether it is valid and the first of its kind in this run. */
  isNew: boolean;
}

/** A molecule that was scored, or why it could not be; failures are never a score of 0. */
export interface ScoredMolecule {
  /** 1 for the first call of the objective; scores that take their time come out of order. Null where a filter refused the molecule: no call was spent. */
  call: number | null;
  smiles: string;
  canonicalSmiles: string;
  /** Negative log-likelihood under the model before steering, nats. */
  nll: number;
  score: number | null;
  /** The property's number where the score was made from it, in the unit that it is shown in. */
  value: number | null;
  failure: string | null;
}
