/** A campaign: what to propose, filter, evaluate and rank, and how far it has come. */
import { z } from "zod";
import { CampaignId, Sha256 } from "../ids.ts";
import {
  DESCRIPTORS,
  type DescriptorBound,
  OPTIONAL_BOUNDS,
  type OptionalBound,
  USUAL_BOUNDS,
  type UsualBound,
} from "../molecule/descriptor-lists.ts";
import { formulasIn, PropertyDefinition } from "../properties/definition.ts";
import {
  DEFAULT_PROPERTY,
  declarationOf,
  findProperty,
  isSameProperty,
  type NamedProperty,
  PropertyId,
  propertyOf,
  propertyOfDefinition,
} from "../properties/find.ts";
import { isOfCandidate, multiplicityOf } from "../properties/formula-definition.ts";
import { PropertySettings, settingsSchemaOf } from "../properties/settings.ts";
import { ActiveSpaceRequest } from "../quantum/active-space.ts";
import { BasisFunctions } from "../quantum/basis-functions.ts";
import { VqeSettings } from "../quantum/vqe.ts";
import { MAX_LIBRARY_ROWS } from "./sources/library.ts";
import { GenerationSettings } from "./sources/sources.ts";

const seed = z.number().int().min(0).max(0xffffffff);

/** `reactive` is our own; the others are published. */
export const AlertCatalogue = z.enum(["pains", "brenk", "nih", "reactive"]);
export type AlertCatalogue = z.infer<typeof AlertCatalogue>;

/** Rules of thumb for oral drugs: Lipinski's rule of five (doi:10.1016/S0169-409X(00)00129-0), Veber (doi:10.1021/jm020017n). */
export const DrugRule = z.enum(["lipinski", "veber"]);
export type DrugRule = z.infer<typeof DrugRule>;

function boundSchema({
  id,
  bounds: { least = -Infinity, greatest = Infinity },
}: DescriptorBound): z.ZodNumber {
  const value = DESCRIPTORS[id].values === "whole" ? z.number().int() : z.number();
  return value.min(least).max(greatest);
}

const usualBounds = Object.fromEntries(
  USUAL_BOUNDS.map((bound) => [bound.setting, boundSchema(bound).default(bound.bounds.usual)]),
) as Record<UsualBound, z.ZodDefault<z.ZodNumber>>;
const optionalBounds = Object.fromEntries(
  OPTIONAL_BOUNDS.map((bound) => [bound.setting, boundSchema(bound).nullable().default(null)]),
) as Record<OptionalBound, z.ZodDefault<z.ZodNullable<z.ZodNumber>>>;

/**
 * Which component of several is computed: none is chosen; the organic one with most atoms (of all, where none is organic); the
 * largest one of positive or of negative charge; or the one that is this molecule.
 */
export const ComponentChoice = z.union([
  z.enum(["as-given", "largest-organic", "cation", "anion"]),
  z.strictObject({ smiles: z.string().min(1) }),
]);
export type ComponentChoice = z.infer<typeof ComponentChoice>;

export const FilterSettings = z.strictObject({
  /** Elements that the evaluator's basis covers and a chemist would want. */
  elements: z.array(z.string()).default(["H", "C", "N", "O", "F", "P", "S", "Cl"]),
  minHeavyAtoms: z.number().int().min(0).default(2),
  maxHeavyAtoms: z.number().int().min(1).max(100).default(12),
  minRingSize: z.number().int().min(3).default(3),
  maxRingSize: z.number().int().min(3).default(7),
  ...usualBounds,
  alerts: z.array(AlertCatalogue).default(["pains", "brenk", "nih", "reactive"]),
  rules: z.array(DrugRule).default([]),
  /** Ions, radicals, isotopes and tautomers too. Absent: neutral closed shells, each once, mobile hydrogens aside. */
  species: z.literal("any").exactOptional(),
  /** Absent: molecules of several components are left out. */
  component: ComponentChoice.exactOptional(),
  /** Not looked at where null. */
  ...optionalBounds,
});
export type FilterSettings = z.infer<typeof FilterSettings>;

export const EmbeddingSettings = z.strictObject({ seed: seed.default(1) });
export type EmbeddingSettings = z.infer<typeof EmbeddingSettings>;

export const EvaluationSettings = z.strictObject({
  property: PropertyId.default(DEFAULT_PROPERTY.id),
  /** As the property declares them; absent where it declares none, so that earlier results keep their keys. */
  propertySettings: PropertySettings.exactOptional(),
  /** Of a person's own property, and of no other. */
  definition: PropertyDefinition.exactOptional(),
  basis: z.string().default("6-31g"),
  activeSpace: ActiveSpaceRequest.nullable().default({ nelec: 4, norb: 4 }),
  /** Its seed and the geometry make the seed of each evaluation. */
  ...VqeSettings.shape,
  maxIterations: z.number().int().min(1).max(10_000).default(200),
  /** How many molecules that passed the filter are evaluated at most. */
  maxEvaluations: z.number().int().min(1).max(MAX_LIBRARY_ROWS).default(12),
  /** Of d and higher shells; null for those that the basis set was published with. */
  functions: BasisFunctions.nullable().default(null),
  /** Shapes of each molecule over which its numbers are averaged, at most; absent: the one that it was given. */
  conformers: z.number().int().min(1).max(20).exactOptional(),
  /** Where each shape is relaxed to before anything else is asked of it, in 6-31G*; absent: nowhere. */
  relaxed: z.literal("hartree-fock").exactOptional(),
});
export type EvaluationSettings = z.infer<typeof EvaluationSettings>;

/** All that decides a molecule's number. */
type Level = Omit<EvaluationSettings, "maxEvaluations">;

/** A property's evaluation as a new campaign has it where nothing is asked for; `basis` in place of the property's own. */
export const usualEvaluation = (
  property: PropertyId,
  { basis = propertyOf(property).basis }: { basis?: string | undefined } = {},
): EvaluationSettings => EvaluationSettings.parse({ property, basis });

export const RankingDirection = z.enum(["minimise", "maximise"]);
export type RankingDirection = z.infer<typeof RankingDirection>;

const { maxEvaluations: _, ...levelShape } = EvaluationSettings.shape;
const unsaid = Object.entries(levelShape).map(([name, type]) => [
  name,
  (type instanceof z.ZodDefault ? type.unwrap() : type).exactOptional(),
]);

/** A cheaper level that molecules pass before the campaign's own, in what it differs from that. */
export type RungSettings = Partial<Omit<Level, "relaxed">> & {
  /** How many go up: the best of those that have a number. */
  keep: number;
  /** Which are best; absent: as the campaign ranks, or of another property as that is better. */
  direction?: RankingDirection;
  /** null: nowhere, whatever the campaign says. */
  relaxed?: "hartree-fock" | null;
};
export const RungSettings: z.ZodType<RungSettings, RungSettings> = z.strictObject({
  keep: z.number().int().min(1).max(MAX_LIBRARY_ROWS),
  direction: RankingDirection.exactOptional(),
  ...Object.fromEntries(unsaid),
  relaxed: levelShape.relaxed.unwrap().nullable().exactOptional(),
}) as unknown as z.ZodType<RungSettings, RungSettings>;

/** What ends a campaign before its work does; it can go on with a higher one. Evaluations have theirs in `evaluation`. */
export const CampaignLimits = z.strictObject({
  /** By the clock, while anything of it is computed, over all times that it went on; null: none. */
  hours: z.number().positive().max(100_000).nullable().default(null),
});
export type CampaignLimits = z.infer<typeof CampaignLimits>;

/** Left out, the direction is what the property calls better. */
const RankingSettings = z.strictObject({ direction: RankingDirection.optional() });
export interface RankingSettings {
  direction: RankingDirection;
}

/** Which of the molecules that passed the filter are evaluated: the first ones, or what a surrogate chooses. */
export const AcquisitionStrategy = z.enum(["none", "greedy", "expected-improvement", "thompson"]);
export type AcquisitionStrategy = z.infer<typeof AcquisitionStrategy>;

export const AcquisitionSettings = z.strictObject({
  strategy: AcquisitionStrategy.default("none"),
  /** Molecules chosen at a time; the next ones wait until these are evaluated and learned from. */
  batchSize: z.number().int().min(1).max(1000).default(4),
  /** For thompson, which draws. */
  seed: seed.default(1),
});
export type AcquisitionSettings = z.infer<typeof AcquisitionSettings>;

/** Defaults of what is not said. */
const WrittenSettings = z.strictObject({
  name: z.string().trim().min(1).max(200),
  generation: GenerationSettings.prefault({}),
  filter: FilterSettings.prefault({}),
  embedding: EmbeddingSettings.prefault({}),
  evaluation: EvaluationSettings.extend({ basis: z.string().optional() }).prefault({}),
  ranking: RankingSettings.prefault({}),
  acquisition: AcquisitionSettings.prefault({}),
  /** The cheapest first; the last goes up to `evaluation`. */
  rungs: z.array(RungSettings).max(5).default([]),
  limits: CampaignLimits.prefault({}),
});
type WrittenSettings = z.infer<typeof WrittenSettings>;

/** Settings of the property in full, or undefined where it has none; an issue for each that it does not know. */
function propertySettings(
  { property, propertySettings: given = {} }: Pick<Level, "property" | "propertySettings">,
  context: z.RefinementCtx,
  at: readonly (string | number)[] = ["evaluation"],
): PropertySettings | undefined {
  const { data, error } = settingsSchemaOf(property).safeParse(given);
  for (const { path, message } of error?.issues ?? [])
    context.issues.push({
      code: "custom",
      input: given,
      path: [...at, "propertySettings", ...path],
      message,
    });
  return data && Object.keys(data).length > 0 ? PropertySettings.parse(data) : undefined;
}

/** Where only neutral closed shells pass the filter, what no such molecule can be computed in is told before any is. */
function impossibleStates({ filter, evaluation: { definition } }: WrittenSettings): string[] {
  if (filter.species === "any") return [];
  const formulas = definition ? formulasIn(definition) : [];
  const states = formulas.flatMap((formula) => Object.entries(formula.states));
  return states
    .filter(([, state]) => isOfCandidate(state))
    .flatMap(([name, state]) =>
      multiplicityOf(state, 1) === undefined
        ? [
            `state ${name}: ${state.multiplicity} is no multiplicity of a closed shell with charge ${state.charge}`,
          ]
        : [],
    );
}

/** An issue for a definition that is missing, or does not go with the campaign. */
function checkDefinition(
  { property, definition, basis }: NamedProperty & { basis?: string | undefined },
  context: z.RefinementCtx,
  at: readonly (string | number)[] = ["evaluation"],
): void {
  const refuse = (message: string) =>
    context.issues.push({ code: "custom", input: definition, path: [...at, "definition"], message });
  const { isDefined = false } = propertyOf(property);
  if (isDefined && !definition) refuse(`expected what ${property} is made of, got nothing`);
  if (!isDefined && definition) refuse(`expected none, for ${property} is known, got ${definition.id}`);
  if (definition && findProperty(definition.id))
    refuse(`expected an id of its own, got ${definition.id}, which is known`);
  if (definition && propertyOfDefinition(definition) !== property)
    refuse(`expected one for ${property}, got one for ${propertyOfDefinition(definition)}`);
  if (definition?.kind === "composite" && basis && basis !== declarationOf({ property, definition }).basis)
    refuse(`expected basis sets with the parts, got ${basis} beside them`);
}

type Asked = Pick<Level, "property" | "propertySettings" | "definition">;

/** Which property a rung asks for: the campaign's where it names none. */
export const askedOn = (
  own: NamedProperty,
  { property = own.property, definition }: Partial<NamedProperty>,
) => ({
  property,
  definition: definition ?? (property === own.property ? own.definition : undefined),
});

/** Rungs with all settings of their property: those that a rung of the campaign's property does not say are the campaign's. */
function completedRungs(
  { rungs }: Pick<WrittenSettings, "rungs">,
  { evaluation, before }: { evaluation: Asked; before: (property: PropertyId) => PropertySettings },
  context: z.RefinementCtx,
): RungSettings[] {
  return rungs.map((rung, k) => {
    const named = askedOn(evaluation, rung);
    const { property } = named;
    const usual = isSameProperty(named, evaluation) ? evaluation.propertySettings : before(property);
    const asked = { property, propertySettings: { ...usual, ...rung.propertySettings } };
    const settings = propertySettings(asked, context, ["rungs", k]);
    checkDefinition({ ...rung, ...named }, context, ["rungs", k]);
    const least = rungs[k - 1]?.keep ?? rung.keep;
    if (rung.keep > least) {
      const message = `expected at most ${least}, as many as come up from the rung below`;
      context.issues.push({ code: "custom", input: rung.keep, path: ["rungs", k, "keep"], message });
    }
    return { ...rung, ...(settings && { propertySettings: settings }) };
  });
}

/** What follows from the choice of the property is filled in; members stand in one order, whatever was said. */
function completed(
  written: WrittenSettings,
  context: z.RefinementCtx,
  before: (property: PropertyId) => PropertySettings = () => ({}),
) {
  const { propertySettings: _, property, basis, ...evaluation } = written.evaluation;
  const settings = propertySettings(written.evaluation, context);
  checkDefinition(written.evaluation, context);
  for (const message of impossibleStates(written)) {
    const input = written.evaluation.definition;
    context.issues.push({ code: "custom", input, path: ["evaluation", "definition"], message });
  }
  const { better, basis: usual } = declarationOf(written.evaluation);
  const { direction = better } = written.ranking;
  const own = { property, ...(settings && { propertySettings: settings }) };
  return {
    ...written,
    evaluation: {
      property,
      basis: basis ?? usual,
      ...evaluation,
      ...(settings && { propertySettings: settings }),
    } as EvaluationSettings,
    ranking: { direction } satisfies RankingSettings,
    rungs: completedRungs(written, { evaluation: { ...written.evaluation, ...own }, before }, context),
  };
}

/** As a person asks for a campaign. */
export const CampaignSettings = WrittenSettings.transform((written, context) => completed(written, context));
/** As a notebook says them: of what was not known when they were written, what was done then. */
export const StoredCampaignSettings = WrittenSettings.transform((written, context) => {
  const { evaluation } = written;
  const before = (property: PropertyId): PropertySettings => ({ ...propertyOf(property).before });
  const asked = { ...before(evaluation.property), ...evaluation.propertySettings };
  return completed(
    {
      ...written,
      evaluation: { ...evaluation, basis: evaluation.basis ?? "6-31g", propertySettings: asked },
    },
    context,
    before,
  );
});
export type CampaignSettings = z.infer<typeof CampaignSettings>;
/** Settings as a person writes them: everything but the name may be left out. */
export type CampaignSettingsInput = z.input<typeof CampaignSettings>;

/** queued → running → succeeded | failed | cancelled; an interrupted campaign is queued again. */
export const CampaignState = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type CampaignState = z.infer<typeof CampaignState>;

export const CampaignCounts = z.strictObject({
  proposed: z.number().int(),
  /** By the filter; what people reject is a verdict. */
  rejected: z.number().int(),
  /** By the filter, as far as it has come. */
  passed: z.number().int(),
  embedded: z.number().int(),
  evaluated: z.number().int(),
  failed: z.number().int(),
  /** null while a blind review hides it. */
  shortlisted: z.number().int().nullable(),
});
export type CampaignCounts = z.infer<typeof CampaignCounts>;

export const Campaign = z.strictObject({
  id: CampaignId,
  settings: CampaignSettings,
  state: CampaignState,
  /** Why it failed, waits for a person, or succeeded and yet could rank nothing, for people; null otherwise. */
  error: z.string().nullable(),
  modelHash: Sha256.nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  counts: CampaignCounts,
});
export type Campaign = z.infer<typeof Campaign>;

/** Whether a campaign has work left: it waits for its turn or is under way. */
export const isActive = ({ state }: Pick<Campaign, "state">): boolean =>
  state === "queued" || state === "running";
