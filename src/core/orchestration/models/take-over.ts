/** A training that was cut off when the program ended: its best pass becomes a model. */
import { DomainError } from "#shared/errors.ts";
import type { Training } from "#shared/model/training.ts";
import { recordModel } from "./records.ts";
import type { TrainingServices } from "./training-run.ts";

async function takeCheckpoint(services: TrainingServices): Promise<Training | null> {
  const found = await services.checkpoints?.find();
  if (!found) return null;
  const model = await recordModel(services, await services.models.add(found.fill), "trained");
  services.logger.info({ model: model.name }, "took over the best pass of a training that was cut off");
  return { ...found.training, state: "succeeded", ending: "cut-off", model };
}

/** Makes a model of what a training left and removes the rest; the training as it ended, null where none was left. */
export async function takeOver(services: TrainingServices): Promise<Training | null> {
  let taken: Training | null = null;
  try {
    taken = await takeCheckpoint(services);
  } catch (error) {
    services.logger.warn({ error: String(error) }, "a training that was cut off could not be taken over");
    // What is no model will be none next time; where the disk is full there may be room then.
    const isLost = error instanceof DomainError && ["model-damaged", "conflict"].includes(error.code);
    if (!isLost) return null;
  }
  await services.checkpoints?.clear();
  return taken;
}
