/** `ansatz energy --curve`: a calculation for each frame of an XYZ file. */
import { existsSync } from "node:fs";
import type { EnergyRequest } from "#shared/energy-request.ts";
import type { EnergyResult } from "#shared/energy-result.ts";
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { parseXyzFrames } from "#shared/xyz.ts";
import { readTextFile } from "../../files.ts";
import { fixed, print, printJson } from "../../output.ts";
import { reached } from "./reached.ts";
import { flatten, isReached } from "./result-json.ts";

interface Frame {
  geometry: Geometry;
  formalCharge: number;
  ghosts: readonly number[];
}

export interface Point {
  request: EnergyRequest;
  result: EnergyResult;
}

/** Computes each frame by itself, in their order. @throws DomainError `invalid-input` for what is no file of frames */
export async function alongFrames(path: string, compute: (frame: Frame) => Promise<Point>): Promise<Point[]> {
  if (!existsSync(path))
    throw new DomainError(
      "invalid-input",
      `--curve: expected the path of an .xyz file of several frames, got "${path}".`,
    );
  const points: Point[] = [];
  for (const frame of parseXyzFrames(readTextFile(path)))
    points.push(await compute({ ...frame, formalCharge: 0 }));
  return points;
}

/** The energy of the method asked for; null where it did not converge. */
function energyOf({ request: { method }, result }: Point): number | null {
  if (method === "mp2") return result.mp2?.energy_hartree ?? null;
  if (method === "casci" || method === "fci" || method === "vqe") return reached(result[method]);
  return reached(result.hartreeFock);
}

function printTable(points: readonly Point[]): void {
  const energies = points.map(energyOf);
  const lowest = Math.min(...energies.filter((energy) => energy !== null));
  const cell = (value: number | null, decimals: number): string =>
    (value === null ? "–" : fixed(value, decimals)).padStart(18);
  const above = (energy: number | null) => (energy === null ? null : toKcalPerMol(energy - lowest));
  const method = points[0]!.request.method.toUpperCase();
  const heads = ["Hartree–Fock, Eh", "CASCI, Eh", `${method}, Eh`, "above, kcal/mol"];
  print(`frame ${heads.map((head) => head.padStart(18)).join(" ")}`);
  points.forEach(({ result: { hartreeFock, casci } }, k) => {
    const energy = energies[k]!;
    const cells = [cell(reached(hartreeFock), 10), cell(reached(casci), 10), cell(energy, 10)];
    print(`${String(k + 1).padStart(5)} ${[...cells, cell(above(energy), 4)].join(" ")}`);
  });
}

/** One line, or one JSON document, a frame; the exit code says whether all converged. */
export function printCurve(points: readonly Point[], { json }: { json?: boolean }): void {
  if (json) printJson(points.map(({ request, result }) => flatten(request, result)));
  else printTable(points);
  if (!points.every(({ result }) => isReached(result))) process.exitCode = 3;
}
