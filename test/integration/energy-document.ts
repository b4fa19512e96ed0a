/** `ansatz energy` on molecules of the reference sets. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { ansatz } from "../fixtures/ansatz.ts";

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

export const runEnergy = (path: string, options: readonly string[]) => ansatz("energy", path, ...options);

/** The JSON document that the command prints where it ends well. */
export async function energyOf(path: string, options: readonly string[]) {
  const { status, stdout, stderr } = await runEnergy(path, [...options, "--json"]);
  if (status !== 0) throw new Error(`exit code ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
