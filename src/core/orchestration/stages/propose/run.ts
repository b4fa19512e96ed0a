/** Propose: molecules from the model, determined by model, settings, seed and index. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { GenerationSettings } from "#shared/campaign/campaign.ts";
import { samplingOptions, steerBySettings } from "../../drawing/drawing.ts";

/** A molecule as it was written. */
export interface Proposal {
  index: number;
  smiles: string;
  /** Negative logarithm of its likelihood under the model as it is installed, nats. */
  nll: number;
}

interface ProposeInput {
  model: GenerationModel;
  settings: Omit<GenerationSettings, "model">;
  /** The molecules asked for. A steered model learns from each to the next: it writes all up to the settings' count. */
  first: number;
  count: number;
}

interface ProposeContext {
  resources: string;
  signal?: AbortSignal | undefined;
  /** Told of each molecule that could not be written to its end. */
  onGivenUp?: () => void;
}

export const proposeStage = {
  name: "propose",
  /** 2: the grammar gives some constrained samples another end. */
  version: 2,
  /** In threads of the generation's own: one after the other, as they are written. */
  async *run(
    { model, settings, first, count }: ProposeInput,
    { resources, signal, onGivenUp }: ProposeContext,
  ): AsyncGenerator<Proposal, void, undefined> {
    const { steering } = settings;
    if (steering) {
      yield* steerBySettings(model, { ...settings, steering }, { resources, signal });
      return;
    }
    const options = { ...(await samplingOptions(model, settings)), first, count };
    for await (const { index, smiles, nll } of sampleMolecules(model, options, { signal, onGivenUp }))
      yield { index, smiles, nll };
  },
} as const;
