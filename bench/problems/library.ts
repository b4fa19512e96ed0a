/** Geometries of molecules from a list of SMILES, found once and kept in the folder for temporary files. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { embed } from "#core/chemistry/shape/conformer.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import type { Problem } from "./chemistry.ts";

const MAX_HEAVY_ATOMS = 9;

/** SMILES of the first column of a CSV or SMILES file, gzipped or not, without its header. */
export function readSmiles(bytes: Buffer, path: string): string[] {
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const first = text.split("\n").map((line) => line.split(/[,\s]/)[0]!);
  return first.filter((smiles) => smiles !== "" && smiles !== "smiles");
}

async function embedSome(list: readonly string[], count: number): Promise<Problem[]> {
  const rdkit = await loadRdkit();
  const problems: Problem[] = [];
  // evenly over the list; the next one where one has no geometry or is too large
  for (let k = 0, last = -1; k < count; k++)
    for (let i = Math.max(last + 1, Math.floor((k * list.length) / count)); i < list.length; i++) {
      last = i;
      const smiles = list[i]!;
      const found = embed(rdkit, smiles, { seed: 1 });
      if (found.outcome === "failed") continue;
      const { symbols, coordinates_angstrom } = found.conformer.geometry;
      if (symbols.filter((symbol) => symbol !== "H").length > MAX_HEAVY_ATOMS) continue;
      const positions = [...coordinates_angstrom];
      problems.push({
        ...{ name: smiles, symbols: [...symbols], coordinates_angstrom: positions },
        ...{ basis: "6-31g", repeats: 1, casci: { nelec: 4, norb: 4 } },
      });
      break;
    }
  return problems;
}

/** `count` neutral molecules of at most nine heavy atoms out of the file at `path`, for CASCI(4,4) in 6-31G. */
export async function libraryProblems(path: string, count: number): Promise<Problem[]> {
  const bytes = readFileSync(path);
  const key = createHash("sha256").update(bytes).update(`${count}`).digest("hex").slice(0, 16);
  const cache = join(tmpdir(), `ansatz-bench-geometries-${key}.json`);
  if (existsSync(cache)) return JSON.parse(readFileSync(cache, "utf8")) as Problem[];
  process.stderr.write(`finding geometries of ${count} molecules, kept in ${cache}\n`);
  const problems = await embedSome(readSmiles(bytes, path), count);
  writeFileSync(cache, JSON.stringify(problems));
  return problems;
}
