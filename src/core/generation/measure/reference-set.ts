/** What a model's samples are compared with: a summary of molecules held back from its training. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { MAX_MODEL_BYTES } from "#shared/model/model.ts";
import { FINGERPRINT_BITS } from "./fingerprint.ts";
import { type KnownMolecules, readKnownMolecules } from "./known-molecules.ts";

/** Properties whose distributions are compared. */
export const COMPARED_PROPERTIES = ["logP", "saScore", "qed", "molecularWeight_dalton"] as const;
export type ComparedProperty = (typeof COMPARED_PROPERTIES)[number];

const perProperty = <T extends z.ZodType>(schema: T) =>
  z.strictObject({ logP: schema, saScore: schema, qed: schema, molecularWeight_dalton: schema });

export const ReferenceFile = z.strictObject({
  format: z.literal(1),
  molecules: z.number().int(),
  /** Quantiles at (i + 0.5) / n. */
  quantiles: perProperty(z.array(z.number()).min(2)),
  /** Scaffolds by a hash of their SMILES, and how often each occurs. */
  scaffolds: z.record(z.string(), z.number().int()),
  /** Morgan fingerprints one after another, base64. */
  fingerprints: z
    .base64()
    .refine((text) => Buffer.byteLength(text, "base64") % (FINGERPRINT_BITS / 8) === 0, "a part is missing"),
});
export type ReferenceFile = z.infer<typeof ReferenceFile>;

export interface ReferenceSet {
  readonly molecules: number;
  readonly quantiles: Readonly<Record<ComparedProperty, readonly number[]>>;
  readonly scaffolds: ReadonlyMap<string, number>;
  readonly fingerprints: readonly Uint32Array[];
  /** The training molecules, for novelty. */
  readonly known: KnownMolecules;
}

export const REFERENCE_FILE = "reference.json.gz";
export const KNOWN_FILE = "known.bin.gz";

/** Reads the summary beside a model's weights; null where the model brings none. @throws DomainError model-damaged */
export async function readReferenceSet(modelDirectory: string): Promise<ReferenceSet | null> {
  const read = (name: string) => readFile(join(modelDirectory, name)).catch(() => null);
  const [packed, knownFile] = await Promise.all([read(REFERENCE_FILE), read(KNOWN_FILE)]);
  if (!packed || !knownFile) return null;
  const file = readChecked(REFERENCE_FILE, packed, modelDirectory, (bytes) =>
    ReferenceFile.parse(JSON.parse(bytes.toString("utf8"))),
  );
  const words = new Uint32Array(Uint8Array.from(Buffer.from(file.fingerprints, "base64")).buffer);
  const width = FINGERPRINT_BITS / 32;
  return {
    molecules: file.molecules,
    quantiles: file.quantiles,
    scaffolds: new Map(Object.entries(file.scaffolds)),
    fingerprints: Array.from({ length: words.length / width }, (_, i) =>
      words.subarray(i * width, (i + 1) * width),
    ),
    known: readChecked(KNOWN_FILE, knownFile, modelDirectory, readKnownMolecules),
  };
}

/** Unpacks a file, which verifies its checksum, and reads it. */
function readChecked<T>(name: string, packed: Buffer, directory: string, read: (bytes: Buffer) => T): T {
  try {
    return read(gunzipSync(packed, { maxOutputLength: MAX_MODEL_BYTES }));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")
        : (error as Error).message;
    throw new DomainError(
      "model-damaged",
      `${name} in ${directory} is damaged: ${why}. Install the model again.`,
      { directory, reason: `${name}: ${why}` },
    );
  }
}
