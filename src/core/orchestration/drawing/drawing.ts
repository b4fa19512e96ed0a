/** From settings to molecules: the one way that campaigns, single requests and replays share. */
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import type { GenerationModel } from "#core/generation/network/model.ts";
import type { PromptTemplate as Template } from "#core/generation/sampling/prompt.ts";
import { decoratePrompts, linkPrompts, nearPrompts } from "#core/generation/sampling/prompts.ts";
import type { SampleOptions } from "#core/generation/sampling/sample.ts";
import { steer } from "#core/generation/steering/steer.ts";
import type { ModelSource } from "#shared/campaign/sources/model.ts";
import { DomainError } from "#shared/errors.ts";
import { type DrawingSettings, isConstrained, type Objectives } from "#shared/model/generation.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";
import { createScorer } from "./objectives.ts";

async function templatesOf(
  model: GenerationModel,
  { prompt, seed }: DrawingSettings & { seed: number },
): Promise<Template[] | undefined> {
  if (prompt === null) return undefined;
  const rdkit = await loadRdkit();
  if (prompt.kind === "decorate") return decoratePrompts(rdkit, model, prompt.scaffold);
  if (prompt.kind === "link") return linkPrompts(rdkit, model, prompt);
  return nearPrompts(rdkit, model, { smiles: prompt.smiles, seed });
}

/** What `sampleMolecules` is told but for the count. @throws DomainError invalid-input for a prompt that no molecule can be made of */
export async function samplingOptions(
  model: GenerationModel,
  settings: DrawingSettings & { seed: number },
): Promise<Omit<SampleOptions, "count">> {
  const { seed, temperature, topP, topK } = settings;
  return {
    seed,
    temperature,
    topP: topP ?? undefined,
    topK: topK ?? undefined,
    constrained: isConstrained(settings),
    prompts: await templatesOf(model, settings),
  };
}

/** Steering keeps the whole run in one job. */
const MOST_STEERED = 10_000;

/** @throws DomainError invalid-input where settings are given that steering does not follow */
export function checkSteering({ steering, count, temperature, topP, topK, prompt }: ModelSource): void {
  if (steering === null) return;
  if (temperature !== 1 || topP !== null || topK !== null || prompt !== null)
    throw new DomainError(
      "invalid-input",
      "generation.steering: expected temperature 1 and no topP, topK or prompt, because the learning model draws by itself.",
    );
  if (count > MOST_STEERED)
    throw new DomainError(
      "invalid-input",
      `generation.count: expected at most ${MOST_STEERED} molecules with steering, got ${count}.`,
      { count },
    );
}

interface SteeredProposal {
  index: number;
  smiles: string;
  /** Of the model before steering. */
  nll: number;
}

/** The molecules that a steered model scored, in order; the same for the same model, settings and backend. */
export async function* steerBySettings(
  model: GenerationModel,
  {
    steering,
    seed,
    count,
    constrained,
  }: Pick<ModelSource, "seed" | "count" | "constrained"> & { steering: Objectives },
  { resources, signal }: { resources: string; signal?: AbortSignal | undefined },
): AsyncGenerator<SteeredProposal, void, undefined> {
  const chemistry = await threadChemistry(resources);
  using scorer = await createScorer(chemistry, steering);
  const objective = async (smiles: string) => scorer.score(smiles);
  const settings = { budget: count, seed, constrained };
  for await (const event of steer(model, { chemistry, objective, settings }, { signal })) {
    if (event.type !== "evaluated") continue;
    yield { index: event.call - 1, smiles: event.sample.smiles, nll: event.sample.priorNll };
  }
}
