/** Taking over a model that was made elsewhere. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unpack } from "#core/export/zip.ts";
import type { GenerationModel } from "#core/generation/network/model.ts";
import { DomainError } from "#shared/errors.ts";
import type { ModelFiles } from "#shared/model/model.ts";
import type { Models } from "./models.ts";

/** Files of a model's folder that are taken over. */
const MODEL_FILES = ["model.json", "weights.bin", "known.bin.gz", "reference.json.gz", "LICENCE", "SOURCE"];

/** The first bytes of a ZIP archive. */
const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function unpacked(files: ModelFiles): ModelFiles {
  const [only, ...others] = Object.values(files);
  if (!only || others.length > 0 || !isArchive(only)) return files;
  try {
    return unpack(only);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(
      "invalid-input",
      "The archive cannot be read: expected a ZIP archive of a model's folder with model.json and weights.bin.",
    );
  }
}

/** Writes the files that belong to a model into a folder, whatever folder of the source they were in. */
async function write(directory: string, files: ModelFiles): Promise<void> {
  for (const name of MODEL_FILES) {
    const [file, ...more] = Object.entries(files).filter(
      ([path]) => path === name || path.endsWith(`/${name}`),
    );
    if (more.length > 0)
      throw new DomainError("invalid-input", `Expected the files of one model, got several named ${name}.`);
    if (file) await writeFile(join(directory, name), file[1]);
    else if (name === "model.json" || name === "weights.bin")
      throw new DomainError(
        "invalid-input",
        `This is no model: expected the files model.json and weights.bin, found ${Object.keys(files).slice(0, 8).join(", ") || "none"}.`,
      );
  }
}

/**
 * Adds a model from a folder's files or an archive of them.
 * @throws DomainError invalid-input; model-damaged where card, shape and hash of the weights do not agree; conflict for a taken name
 */
export const importModel = (models: Models, source: ModelFiles): Promise<GenerationModel> => {
  const files = unpacked(source);
  return models.add((directory) => write(directory, files));
};
