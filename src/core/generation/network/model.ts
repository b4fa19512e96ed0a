/** Models on disk: a folder with model.json (the card) and weights.bin. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { ModelCard } from "#shared/model/model.ts";
import { createVocabulary, SPECIAL_TOKENS, type Vocabulary } from "../language/vocabulary.ts";
import { type GruWeights, gruWeights, modelHash, weightCount } from "./weights.ts";

/** A loaded model, checked against its card. */
export interface GenerationModel {
  readonly card: ModelCard;
  readonly hash: Sha256;
  readonly directory: string;
  readonly vocabulary: Vocabulary;
  readonly weights: GruWeights;
}

const CARD_FILE = "model.json";
const WEIGHT_FILE = "weights.bin";

/**
 * Loads a model and verifies the shape and the hash of its weights.
 * @throws DomainError not-found where the folder holds no model; model-damaged where card and weights do not agree
 */
export async function openModel(directory: string): Promise<GenerationModel> {
  const card = await readCard(directory);
  const bytes = await readModelFile(directory, WEIGHT_FILE);
  const { vocabulary } = card;
  const { hidden } = card.architecture;
  const expected = weightCount(vocabulary.length, hidden) * 4;
  if (bytes.byteLength !== expected)
    throw damaged(
      directory,
      `a GRU 1 × ${hidden} with ${vocabulary.length} tokens has ${expected} bytes of weights, found ${bytes.byteLength}`,
    );
  const hash = modelHash(vocabulary, bytes);
  if (hash !== card.hash)
    throw damaged(directory, `the card gives the hash ${card.hash}, card and weights have ${hash}`);
  const all = new Float32Array(new SharedArrayBuffer(bytes.byteLength));
  new Uint8Array(all.buffer).set(bytes);
  if (!all.every(Number.isFinite)) throw damaged(directory, "a weight is not a finite number");
  return {
    card,
    hash,
    directory,
    vocabulary: createVocabulary(vocabulary),
    weights: gruWeights(all, vocabulary.length, hidden),
  };
}

/** A model that could not be listed, and why. */
export interface UnreadableModel {
  directory: string;
  reason: string;
}

/**
 * The cards of all models in the given folders, by name; weights are not read.
 * @param directories folders that each hold one folder a model; those that do not exist are skipped
 */
export async function listModels(
  directories: readonly string[],
): Promise<{ models: { card: ModelCard; directory: string }[]; unreadable: UnreadableModel[] }> {
  const models: { card: ModelCard; directory: string }[] = [];
  const unreadable: UnreadableModel[] = [];
  for (const parent of directories) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      // A name that begins with a dot is a folder that is still being written.
      if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
      const directory = join(parent, entry.name);
      try {
        models.push({ card: await readCard(directory), directory });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code !== "not-found") unreadable.push({ directory, reason: error.message });
      }
    }
  }
  models.sort((a, b) => a.card.name.localeCompare(b.card.name));
  return { models, unreadable };
}

/** Writes a model folder; the card's hash is computed here. */
export async function saveModel(
  directory: string,
  card: Omit<ModelCard, "hash">,
  weights: GruWeights,
): Promise<ModelCard> {
  const bytes = new Uint8Array(weights.all.byteLength);
  bytes.set(new Uint8Array(weights.all.buffer, weights.all.byteOffset, weights.all.byteLength));
  const complete = ModelCard.parse({ ...card, hash: modelHash(card.vocabulary, bytes) });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, WEIGHT_FILE), bytes);
  await writeFile(join(directory, CARD_FILE), `${JSON.stringify(complete, null, 2)}\n`);
  return complete;
}

async function readCard(directory: string): Promise<ModelCard> {
  const text = (await readModelFile(directory, CARD_FILE)).toString("utf8");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged(directory, `${CARD_FILE} is not JSON`);
  }
  const card = ModelCard.safeParse(json);
  if (!card.success) throw damaged(directory, `${CARD_FILE}: ${firstOf(card.error.issues)}`);
  if (SPECIAL_TOKENS.some((token, id) => card.data.vocabulary[id] !== token))
    throw damaged(directory, `the vocabulary must begin with ${SPECIAL_TOKENS.join(" ")}`);
  return card.data;
}

/** Enough to see what kind of file it is. */
const SHOWN_ISSUES = 3;

function firstOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const shown = issues.slice(0, SHOWN_ISSUES).map((i) => `${i.path.join(".")}: ${i.message}`);
  const others = issues.length - shown.length;
  return [...shown, ...(others > 0 ? [`and ${others} more`] : [])].join("; ");
}

async function readModelFile(directory: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(directory, file));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new DomainError(
      "not-found",
      `No model in ${directory}: expected the files ${CARD_FILE} and ${WEIGHT_FILE}, cannot read ${file} (${reason}). List the models with "ansatz model list".`,
      { directory, file },
    );
  }
}

const damaged = (directory: string, reason: string) =>
  new DomainError(
    "model-damaged",
    `The model in ${directory} is damaged or foreign: ${reason}. Install it again, or choose another model.`,
    { directory, reason },
  );
