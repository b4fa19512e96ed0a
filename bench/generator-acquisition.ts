/**
 * How many of the best molecules of a library 150 evaluations find, with the surrogate and by chance.
 *
 *     npm run bench -- generator-acquisition --data qm9.csv.gz [--molecules 20000] [--calls 150] [--seeds 5]
 *
 * The data need the columns smiles and gap_ha (QM9). The oracle is the gap column; the best are the 1 % largest, and the 1 % smallest.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles } from "#core/chemistry/toolkit/rdkit.ts";
import { pickNext, type SurrogateStrategy } from "#core/generation/choice/acquisition.ts";
import { type CountFingerprint, countFingerprint } from "#core/generation/choice/count-fingerprint.ts";
import { fitSurrogate } from "#core/generation/choice/surrogate.ts";
import { randomStream } from "#core/generation/random-stream.ts";

interface Library {
  fingerprints: CountFingerprint[];
  values: number[];
}

const FIRST = 30;
const BATCH = 10;

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: "string" },
      molecules: { type: "string", default: "20000" },
      calls: { type: "string", default: "150" },
      seeds: { type: "string", default: "5" },
    },
  });
  assert(values.data, "--data: expected the path of qm9.csv.gz");
  const calls = Number(values.calls);
  const library = await readLibrary(values.data, Number(values.molecules));
  const best = Math.round(library.values.length / 100);
  const byChance = (calls * best) / library.values.length;
  console.log({ molecules: library.values.length, best, calls, expectedByChance: byChance });
  for (const direction of ["maximise", "minimise"] as const)
    for (const strategy of ["greedy", "expected-improvement", "thompson"] as const) {
      const found = Array.from({ length: Number(values.seeds) }, (_, i) =>
        search(library, { direction, strategy, calls, best, seed: i + 1 }),
      );
      const mean = found.reduce((a, b) => a + b, 0) / found.length;
      console.log({
        direction,
        strategy,
        found: found.join(" "),
        mean,
        timesChance: Number((mean / byChance).toFixed(1)),
      });
    }
}

async function readLibrary(path: string, count: number): Promise<Library> {
  const lines = gunzipSync(await readFile(path))
    .toString("utf8")
    .trim()
    .split("\n");
  const head = lines[0]!.split(",");
  const [smiles, gap] = [head.indexOf("smiles"), head.indexOf("gap_ha")];
  const random = randomStream(0, 0);
  const rows = lines
    .slice(1)
    .map((line) => line.split(","))
    .filter((cells) => cells[gap])
    .map((cells) => ({ smiles: cells[smiles]!, value: Number(cells[gap]), key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count);
  const rdkit = await loadRdkit();
  const fingerprints = rows.map((row) => {
    const mol = parseSmiles(rdkit, row.smiles);
    assert(!isInvalid(mol), row.smiles);
    const fingerprint = countFingerprint(mol);
    mol.delete();
    return fingerprint;
  });
  return { fingerprints, values: rows.map((row) => row.value) };
}

interface Search {
  direction: "minimise" | "maximise";
  strategy: SurrogateStrategy;
  calls: number;
  best: number;
  seed: number;
}

function search(
  { fingerprints, values }: Library,
  { direction, strategy, calls, best, seed }: Search,
): number {
  const sign = direction === "maximise" ? -1 : 1;
  const top = new Set([...values.keys()].sort((a, b) => sign * (values[a]! - values[b]!)).slice(0, best));
  const random = randomStream(seed, 1);
  const evaluated = new Set<number>();
  while (evaluated.size < FIRST) evaluated.add(Math.floor(random() * values.length));
  while (evaluated.size < calls) {
    const known = [...evaluated];
    const surrogate = fitSurrogate(known.map((i) => ({ fingerprint: fingerprints[i]!, value: values[i]! })));
    const rest = [...values.keys()].filter((i) => !evaluated.has(i));
    const picked = pickNext(
      rest.map((i) => surrogate.predict(fingerprints[i]!)),
      {
        strategy,
        direction,
        count: Math.min(BATCH, calls - evaluated.size),
        best: known.map((i) => values[i]!).reduce((a, b) => (sign * (b - a) < 0 ? b : a)),
        random,
      },
    );
    for (const i of picked) evaluated.add(rest[i]!);
  }
  return [...evaluated].filter((i) => top.has(i)).length;
}
