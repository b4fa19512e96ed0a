/** `ansatz energy --curve`: a calculation for each frame of an XYZ file. */
import type { CurveBreak } from "#shared/quantum/energy-curve.ts";
import { type EnergyRequest, isField } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fieldTitle } from "#shared/quantum/field-title.ts";
import { isReached } from "#shared/quantum/is-reached.ts";
import { fallbackReasons } from "#shared/quantum/job-words.ts";
import { energyTitle, methodEnergy } from "#shared/quantum/method-energy.ts";
import { spinName } from "#shared/quantum/spin-states.ts";
import { reached } from "#shared/quantum/state-result.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { fixed, print, printJson, remark } from "../../output.ts";
import { excitationWords } from "./print-excitations.ts";
import { flatten } from "./result-json.ts";

export interface CurvePoint {
  request: EnergyRequest;
  result: EnergyResult;
  /** Where the geometry comes from. */
  origin: string;
  notices?: readonly string[];
}

const energyOf = ({ request, result }: CurvePoint): number | null => methodEnergy(request, result);

type EnergyColumn = [title: string, of: (point: CurvePoint) => number | null];

/** Energies in Eh by name: each once, the one asked for last. */
function columnsOf(points: readonly CurvePoint[]): EnergyColumn[] {
  const { request, result } = points[0]!;
  const { method } = request;
  const hasCasci = method !== "casci" && points.some(({ result }) => result.casci !== null);
  return [
    [`${fieldTitle(result.hartreeFock)}, Eh`, (point) => reached(point.result.hartreeFock)],
    ...(hasCasci ? [["CASCI, Eh", ({ result }) => reached(result.casci)] satisfies EnergyColumn] : []),
    ...(isField(method) && !result.dispersion
      ? []
      : [[`${energyTitle(request)}, Eh`, energyOf] satisfies EnergyColumn]),
  ];
}

/** Nuclei and electrons, in any order: only energies of the same ones can be compared. */
const contentOf = ({ request: { geometry, ghosts = [], charge } }: CurvePoint): string =>
  [
    ...geometry.symbols.map((symbol, atom) => (ghosts.includes(atom) ? `@${symbol}` : symbol)).sort(),
    charge,
  ].join();

const isOneMolecule = (points: readonly CurvePoint[]): boolean => new Set(points.map(contentOf)).size === 1;

/** The table that people read; a dash where a frame did not converge, and above where the frames are of different atoms. */
export function curveTable(points: readonly CurvePoint[]): string {
  const energies = points.map(energyOf);
  const lowest = isOneMolecule(points)
    ? Math.min(...energies.filter((energy) => energy !== null))
    : undefined;
  const cell = (value: number | null, decimals: number): string =>
    (value === null ? "–" : fixed(value, decimals)).padStart(18);
  const above = (energy: number | null) =>
    energy === null || lowest === undefined ? null : toKcalPerMol(energy - lowest);
  const columns = columnsOf(points);
  const heads = [...columns.map(([title]) => title), "above, kcal/mol"].map((head) => head.padStart(18));
  const rows = points.map((point, k) => {
    const cells = columns.map(([, of]) => cell(of(point), 10));
    return `${String(k + 1).padStart(5)} ${[...cells, cell(above(energies[k]!), 4)].join(" ")}`;
  });
  return [`frame ${heads.join(" ")}`, ...rows].join("\n");
}

/** Which states the energies are the lowest of, where not of the molecule's own spin alone. */
const statesText = ({ spinStates = [], multiplicity: own }: EnergyRequest): string[] =>
  spinStates.every(({ multiplicity }) => multiplicity === own)
    ? []
    : [
        `lowest of ${spinStates.map(({ multiplicity, count }) => `${spinName(multiplicity)}:${count}`).join(", ")}`,
      ];

/** What all frames share: basis, charge, spin, states, active space, and the file that the geometries come from. */
function curveHead(points: readonly CurvePoint[]): string {
  const spaces = new Set(
    points.map(
      ({ result: { activeSpace } }) =>
        activeSpace && `active space (${activeSpace.nelec}e, ${activeSpace.norb}o)`,
    ),
  );
  const shared = points.map(({ request, result: { basis, charge, multiplicity }, origin }) =>
    [
      basis,
      `charge ${charge}`,
      `multiplicity ${multiplicity}`,
      ...statesText(request),
      ...[...spaces].filter(Boolean),
      origin.replace(/, frame \d+$/, ""),
    ].join(", "),
  );
  return [...new Set(shared)].join("\n");
}

/** What a break means, for people. */
function breakSentence({ frames: [k, next], reason, size_hartree }: CurveBreak, field: string): string {
  const size = `${fixed(toKcalPerMol(size_hartree), 2)} kcal/mol`;
  return reason === "solution"
    ? `Not smooth between frames ${k + 1} and ${next + 1}: their ${field} solutions do not lead to each other; followed, each ends ${size} or more above the other's.`
    : `Not smooth between frames ${k + 1} and ${next + 1}: the energy jumps by about ${size}.`;
}

/** A document for each frame, which says whether the curve breaks after it. */
export const curveDocument = (points: readonly CurvePoint[], breaks: readonly CurveBreak[]) =>
  points.map(({ request, result, origin, notices }, k) => ({
    ...flatten(request, result, origin),
    breakAfter: breaks.find(({ frames }) => frames[0] === k) ?? null,
    notices,
  }));

/** A line a frame, and where the curve breaks. */
export function printCurveTable(points: readonly CurvePoint[], breaks: readonly CurveBreak[]): void {
  print(curveHead(points));
  print(curveTable(points));
  if (!isOneMolecule(points))
    print(
      "The frames are of different atoms or charges, so their energies cannot be compared and make no curve.",
    );
  for (const [k, { result }] of points.entries())
    if (result.excitations) print(`frame ${k + 1}: ${excitationWords(result.excitations)}`);
  for (const [k, { result }] of points.entries())
    for (const reason of result.vqe ? fallbackReasons(result.vqe) : []) print(`frame ${k + 1}: ${reason}`);
  const [field = ""] = points.map(({ result }) => fieldTitle(result.hartreeFock));
  for (const one of breaks) print(breakSentence(one, field));
}

/** One line, or one JSON document, a frame, and where the curve breaks; the exit code says whether all converged. */
export function printCurve(
  points: readonly CurvePoint[],
  { json, breaks }: { json?: boolean; breaks: readonly CurveBreak[] },
): void {
  for (const note of new Set(points.flatMap(({ notices = [] }) => notices))) remark(note);
  if (json) printJson(curveDocument(points, breaks));
  else printCurveTable(points, breaks);
  if (!points.every(({ result }) => isReached(result))) process.exitCode = 3;
}
