/** The best weights of a training under way, on disk: a program that is killed loses at most the pass it was in. */
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GenerationModel } from "#core/generation/network/model.ts";
import { type FineTuned, type FineTunedNames, saveFineTuned } from "#core/generation/tuning/fine-tune.ts";
import { PRIVATE_FOLDER, tighten } from "#core/notebook/file/place.ts";
import { DomainError } from "#shared/errors.ts";
import { Training } from "#shared/model/training.ts";

const MODEL_FILES = ["model.json", "weights.bin"];
const TRAINING_FILE = "training.json";

/** A notebook's checkpoints; the leading dot keeps them out of every list of models. */
export interface Checkpoints {
  /** Takes the place of the one before. */
  save(checkpoint: {
    parent: GenerationModel;
    tuned: FineTuned;
    names: FineTunedNames;
    training: Training;
  }): Promise<void>;
  clear(): Promise<void>;
  /** What a training that was cut off left, with a function that writes its model into a folder. @throws DomainError model-damaged */
  find(): Promise<{ training: Training; fill(directory: string): Promise<void> } | null>;
}

/** A model of pass 7 of the training of "mine" is "mine-pass-7": the training itself may be made again. */
const nameOf = (name: string, epoch: number): string => {
  const ending = `-pass-${epoch}`;
  return `${name.slice(0, 63 - ending.length)}${ending}`;
};

/** @param own the folder of the user's models; @param notebook file name of the notebook, which has one writer */
export function createCheckpoints(own: string, notebook: string): Checkpoints {
  const [head, ending] = [`.${notebook}.`, ".best"];
  const epochOf = (folder: string) => Number(folder.slice(head.length, -ending.length));
  const isOne = (name: string) =>
    name.startsWith(head) && name.endsWith(ending) && Number.isInteger(epochOf(name));
  /** Folders, the last pass first: a kill between a new one and the removal of the old leaves two. */
  const folders = async () => {
    const all = await readdir(own).catch(() => []);
    return all.filter(isOne).sort((a, b) => epochOf(b) - epochOf(a));
  };
  const remove = async (names: readonly string[]) => {
    for (const name of names) await rm(join(own, name), { recursive: true, force: true });
  };
  return {
    async save({ parent, tuned, names, training }) {
      const before = await folders();
      const parts = join(own, `${head}checkpoint.part`);
      await rm(parts, { recursive: true, force: true });
      await mkdir(parts, { recursive: true, mode: PRIVATE_FOLDER });
      const name = nameOf(names.name, tuned.bestEpoch);
      await saveFineTuned(parts, { parent, tuned, names: { ...names, name } });
      await writeFile(join(parts, TRAINING_FILE), JSON.stringify(training));
      tighten((await readdir(parts)).map((name) => join(parts, name)));
      const folder = `${head}${tuned.bestEpoch}${ending}`;
      // One of the same number is of an earlier training.
      await remove([folder]);
      await rename(parts, join(own, folder));
      await remove(before.filter((one) => one !== folder));
    },
    clear: async () => remove(await folders()),
    async find() {
      const [latest] = await folders();
      if (latest === undefined) return null;
      const directory = join(own, latest);
      const training = Training.safeParse(await readJson(join(directory, TRAINING_FILE)));
      if (!training.success)
        throw new DomainError("model-damaged", `${join(directory, TRAINING_FILE)} cannot be read.`);
      return {
        training: training.data,
        fill: async (target) => {
          for (const file of MODEL_FILES) await cp(join(directory, file), join(target, file));
        },
      };
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
