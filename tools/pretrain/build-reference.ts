/**
 * Writes what a model's samples are measured against: reference.json.gz from the held-back molecules, known.bin.gz from the training molecules.
 *
 *     node tools/pretrain/build-reference.ts train.smi held-back.smi MODEL_FOLDER
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openChemistry } from "../../src/core/chemistry/chemistry.ts";
import { isInvalid } from "../../src/core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles } from "../../src/core/chemistry/toolkit/rdkit.ts";
import { morganFingerprint } from "../../src/core/generation/measure/fingerprint.ts";
import { packKnownMolecules } from "../../src/core/generation/measure/known-molecules.ts";
import { quantilesOf, scaffoldCounts } from "../../src/core/generation/measure/metrics.ts";
import { COMPARED_PROPERTIES, KNOWN_FILE, REFERENCE_FILE, ReferenceFile } from "../../src/core/generation/measure/reference-set.ts";
import { murckoScaffold } from "../../src/core/generation/molecules/scaffold.ts";

const QUANTILES = 1000;
const FINGERPRINTS = 2000;

const [trainPath, heldBackPath, directory] = process.argv.slice(2);
assert(trainPath && heldBackPath && directory, "usage: build-reference.ts train.smi held-back.smi MODEL_FOLDER");
const readLines = async (path: string) => (await readFile(path, "utf8")).trim().split("\n");
const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
const rdkit = await loadRdkit();

const values = Object.fromEntries(COMPARED_PROPERTIES.map((p) => [p, [] as number[]]));
const scaffolds: { scaffold: string }[] = [];
const fingerprints: Uint32Array[] = [];
// The file is sorted; a stride spreads the fingerprints over it.
const heldBack = await readLines(heldBackPath);
const stride = Math.max(1, Math.floor(heldBack.length / FINGERPRINTS));
for (const [i, smiles] of heldBack.entries()) {
  const described = chemistry.describe(smiles, []);
  const mol = parseSmiles(rdkit, smiles);
  assert(described.outcome === "valid" && !isInvalid(mol));
  for (const property of COMPARED_PROPERTIES) values[property]!.push(described.descriptors[property]);
  scaffolds.push({ scaffold: murckoScaffold(rdkit, mol) });
  if (i % stride === 0 && fingerprints.length < FINGERPRINTS) fingerprints.push(morganFingerprint(mol));
  mol.delete();
}
const file = ReferenceFile.parse({
  format: 1,
  molecules: heldBack.length,
  quantiles: Object.fromEntries(
    COMPARED_PROPERTIES.map((p) => [p, quantilesOf(values[p]!, QUANTILES).map((x) => Number(x.toPrecision(6)))]),
  ),
  scaffolds: Object.fromEntries(scaffoldCounts(scaffolds)),
  fingerprints: Buffer.concat(fingerprints.map((f) => new Uint8Array(f.buffer, f.byteOffset, f.byteLength))).toString("base64"),
});
const packed = gzipSync(JSON.stringify(file), { level: 9 });
const known = gzipSync(packKnownMolecules(await readLines(trainPath)), { level: 9 });
await writeFile(join(directory, REFERENCE_FILE), packed);
await writeFile(join(directory, KNOWN_FILE), known);
console.log(`${directory}: ${REFERENCE_FILE} ${packed.length} bytes, ${KNOWN_FILE} ${known.length} bytes`);
