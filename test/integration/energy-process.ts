/** `ansatz energy` as a process of its own, on molecules of the reference sets. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";

/** The references' bohr (CODATA 2010); geometries are rescaled so that both programs see the same bohr coordinates. */
const REFERENCE_ANGSTROM_PER_BOHR = 0.52917721092;

export type Atom = [symbol: string, x: number, y: number, z: number];

export const readReference = <T>(file: string): T[] =>
  JSON.parse(readFileSync(new URL(`../reference/${file}`, import.meta.url), "utf8")).entries;

/** The length that is the same in bohr. */
export const toOurAngstrom = (length: number): number =>
  (length * ANGSTROM_PER_BOHR) / REFERENCE_ANGSTROM_PER_BOHR;

/** Writes atoms of a reference set as an XYZ file; its path. */
export function writeReferenceXyz(folder: string, name: string, atoms: readonly Atom[]): string {
  const lines = atoms.map(([symbol, ...position]) => [symbol, ...position.map(toOurAngstrom)].join(" "));
  const path = join(folder, `${name}.xyz`);
  writeFileSync(path, `${atoms.length}\n${name}\n${lines.join("\n")}\n`);
  return path;
}

const run = promisify(execFile);

/** Starts the command without looking at how it ends. */
export const startEnergy = (path: string, options: readonly string[]) =>
  run(process.execPath, ["src/cli/main.ts", "energy", path, ...options]);

/** The JSON document that the command prints. */
export async function energyOf(path: string, options: readonly string[]) {
  const { stdout } = await startEnergy(path, [...options, "--json"]);
  return JSON.parse(stdout);
}
