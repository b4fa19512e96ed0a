/** Molecules from a generative model, determined by its weights, the settings, the seed and the index. */
import { z } from "zod";
import type { GenerationModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import { ModelSource } from "#shared/campaign/sources/model.ts";
import { DomainError } from "#shared/errors.ts";
import { Sha256 } from "#shared/ids.ts";
import { checkSteering, samplingOptions, steerBySettings } from "../drawing/drawing.ts";
import { createScorer } from "../drawing/objectives.ts";
import { modelRecords } from "../models/records.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";
import { CHUNK, type Source, type SourceKind, type SourceServices } from "./source.ts";

/** What the record of a run says: it names the weights, not the model, and no source, as there was one only. */
const RunInput = ModelSource.omit({ model: true, source: true }).extend({
  modelHash: Sha256,
  first: z.number().int(),
});
type Drawing = Omit<ModelSource, "model" | "source">;

/** Settings that say something: the input of a plain run is the same as before there were others. */
const saying = (settings: Record<string, unknown>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== null && value !== false),
  ) as Record<string, Json>;

function sourceOf(model: GenerationModel, drawing: Drawing, { models, resources }: SourceServices): Source {
  const { steering, count, ...settings } = drawing;
  return {
    input: { modelHash: model.hash, ...saying({ ...settings, steering }) },
    // A steered model learns from each molecule to the next, so that all of them are one job.
    chunkSize: steering ? count : CHUNK,
    message: "sampling molecules",
    lineage: async () => {
      const { records, model: own } = modelRecords(await models.lineageOf(model));
      return { records, link: { role: "model", target: own.hash } };
    },
    async *draw(chunk, { signal, onGivenUp }) {
      if (steering) yield* steerBySettings(model, { ...drawing, steering }, { resources, signal });
      else {
        const options = { ...(await samplingOptions(model, drawing)), ...chunk };
        yield* sampleMolecules(model, options, { signal, onGivenUp });
      }
    },
  };
}

export const modelSource: SourceKind<ModelSource> = {
  async check(settings, { models, resources }) {
    const model = await models.open(settings.model);
    checkSteering(settings);
    await samplingOptions(model, settings);
    if (settings.steering)
      (await createScorer(await threadChemistry(resources), settings.steering))[Symbol.dispose]();
  },
  async open({ model, source: _, ...drawing }, services) {
    return sourceOf(await services.models.open(model), drawing, services);
  },
  async reopen(input, services) {
    const { modelHash, first: _, ...drawing } = RunInput.parse(input);
    const found = (await services.models.list()).find(({ hash }) => hash === modelHash);
    if (!found)
      throw new DomainError("not-found", `the model with hash ${modelHash} is not installed`, { modelHash });
    return sourceOf(await services.models.open(found.name), drawing, services);
  },
};
