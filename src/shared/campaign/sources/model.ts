/** Molecules that a generative model writes. */
import { z } from "zod";
import { DrawingSettings, Objectives } from "../../model/generation.ts";
import type { SourceWords } from "./source-words.ts";

export const ModelSource = z.strictObject({
  model: z.string().min(1).default("small-organics"),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  temperature: DrawingSettings.shape.temperature,
  /** How many molecules to propose. */
  count: z.number().int().min(1).max(100_000).default(60),
  // Later settings come after earlier ones: a notebook's rows are compared as text.
  ...DrawingSettings.omit({ temperature: true }).shape,
  /** What the model is steered towards while it proposes, `count` being the molecules scored; null for the model as it is. */
  steering: Objectives.nullable().default(null),
  /** Campaigns from before there were other sources do not name it. */
  source: z.literal("model").default("model"),
});
export type ModelSource = z.infer<typeof ModelSource>;

/** Settings of the drawing that are not the default. */
function drawnHow({ topP, topK, constrained, prompt, steering }: ModelSource): string {
  const said = [
    topP !== null && `only the likeliest tokens up to a probability of ${topP} were drawn`,
    topK !== null && `only the ${topK} likeliest tokens were drawn`,
    constrained && "a grammar with valences excluded invalid strings",
    prompt?.kind === "decorate" && `each molecule decorates the scaffold ${prompt.scaffold}`,
    prompt?.kind === "link" && `each molecule links ${prompt.first} and ${prompt.second}`,
    prompt?.kind === "near" && `each molecule keeps the beginning of ${prompt.smiles}`,
    steering &&
      `a copy of the network learned from each molecule to score higher in ${steering.map(({ kind }) => kind).join(" and ")}`,
  ].filter((text) => typeof text === "string");
  return said.length === 0 ? "" : ` Drawing: ${said.join("; ")}.`;
}

export const modelWords: SourceWords<ModelSource> = {
  name: ({ model }) => model,
  summary: ({ model, seed }) => `${model} · seed ${seed}`,
  origin: ({ model }, hash) => ["Model", `${model}, SHA-256 ${hash ?? "not recorded"}`],
  method: (settings, hash) => {
    const { model, count, temperature, seed } = settings;
    return `A recurrent network over SMILES (${model}, weights ${hash ?? "not recorded"}) proposed ${count} molecules at temperature ${temperature} with seed ${seed}.${drawnHow(settings)} The negative log-likelihood (nll) says how usual a molecule is to the model; it is no quality.`;
  },
};
