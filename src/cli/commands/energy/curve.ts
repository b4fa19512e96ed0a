/** `ansatz energy --curve`: a calculation for each frame of an XYZ file. */
import type { EnergyRequest, Method } from "#shared/energy-request.ts";
import type { EnergyResult } from "#shared/energy-result.ts";
import { toKcalPerMol } from "#shared/units.ts";
import type { Molecule } from "../../molecule-input.ts";
import { fixed, print, printJson, remark } from "../../output.ts";
import { reached } from "./reached.ts";
import { flatten, isReached } from "./result-json.ts";

export interface Point {
  request: EnergyRequest;
  result: EnergyResult;
  /** Where the geometry comes from. */
  origin: string;
  notices?: readonly string[];
}

/** Computes each frame by itself, in their order; says once what a person should know of how they were read. */
export async function alongFrames(
  frames: readonly Molecule[],
  compute: (frame: Molecule) => Promise<Point>,
): Promise<Point[]> {
  for (const note of new Set(frames.flatMap(({ notes }) => notes))) remark(note);
  const points: Point[] = [];
  for (const frame of frames) points.push({ ...(await compute(frame)), notices: frame.notes });
  return points;
}

/** The energy of the method asked for; null where it did not converge. */
function energyOf({ request: { method }, result }: Point): number | null {
  if (method === "mp2") return result.mp2?.energy_hartree ?? null;
  if (method === "casci" || method === "fci" || method === "vqe") return reached(result[method]);
  return reached(result.hartreeFock);
}

type EnergyColumn = [title: string, of: (point: Point) => number | null];

const isField = (method: Method): boolean => ["rhf", "uhf", "rohf"].includes(method);

/** Energies in Eh by name: each once, the one asked for last. */
function columnsOf(points: readonly Point[]): EnergyColumn[] {
  const { method } = points[0]!.request;
  const hasCasci = method !== "casci" && points.some(({ result }) => result.casci !== null);
  return [
    ["Hartree–Fock, Eh", ({ result }) => reached(result.hartreeFock)],
    ...(hasCasci ? [["CASCI, Eh", ({ result }) => reached(result.casci)] satisfies EnergyColumn] : []),
    ...(isField(method) ? [] : [[`${method.toUpperCase()}, Eh`, energyOf] satisfies EnergyColumn]),
  ];
}

/** The table that people read; a dash where a frame did not converge. */
export function curveTable(points: readonly Point[]): string {
  const energies = points.map(energyOf);
  const lowest = Math.min(...energies.filter((energy) => energy !== null));
  const cell = (value: number | null, decimals: number): string =>
    (value === null ? "–" : fixed(value, decimals)).padStart(18);
  const above = (energy: number | null) => (energy === null ? null : toKcalPerMol(energy - lowest));
  const columns = columnsOf(points);
  const heads = [...columns.map(([title]) => title), "above, kcal/mol"].map((head) => head.padStart(18));
  const rows = points.map((point, k) => {
    const cells = columns.map(([, of]) => cell(of(point), 10));
    return `${String(k + 1).padStart(5)} ${[...cells, cell(above(energies[k]!), 4)].join(" ")}`;
  });
  return [`frame ${heads.join(" ")}`, ...rows].join("\n");
}

/** One line, or one JSON document, a frame; the exit code says whether all converged. */
export function printCurve(points: readonly Point[], { json }: { json?: boolean }): void {
  if (json)
    printJson(
      points.map(({ request, result, origin, notices }) => ({
        ...flatten(request, result, origin),
        notices,
      })),
    );
  else print(curveTable(points));
  if (!points.every(({ result }) => isReached(result))) process.exitCode = 3;
}
