/** `ansatz notebook calculations [id]`: single molecules and Hamiltonians that the window calculated. */
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import {
  type CalculationDetail,
  CalculationId,
  type CalculationStanding,
  MAX_LISTED,
} from "#shared/quantum/calculation.ts";
import type { OptimisationWay } from "#shared/quantum/way.ts";
import { openToLook } from "../../host.ts";
import { fixed, formatTable, print, printJson, type TextColumn } from "../../output.ts";
import { readId } from "../../read-id.ts";
import { type CurvePoint, curveDocument, printCurveTable } from "../energy/curve.ts";
import { geometryOrigin } from "../energy/geometry-origin.ts";
import { hamiltonianDocument, printHamiltonian } from "../energy/hamiltonian.ts";
import { printResult } from "../energy/print.ts";
import { flatten } from "../energy/result-json.ts";
import { row } from "../energy/row.ts";
import { type NotebookFlags, subcommand } from "./command.ts";

export function addCalculationCommand(notebook: Command): void {
  subcommand(
    notebook,
    "calculations [id]",
    "list the calculations of single molecules and Hamiltonians, the newest first; of one, what it found",
  ).action(async (id: string | undefined, { notebook: path, json = false }: NotebookFlags) => {
    const asked = id === undefined ? undefined : readId(CalculationId, "calculation", id);
    await using engine = await openToLook(path);
    if (asked === undefined) {
      const all = await allOf(engine);
      return json ? printJson(all.map(listedDocument)) : print(formatTable(COLUMNS, all));
    }
    const calculation = await engine.calculations.get({ id: asked });
    return json ? printJson(calculationDocument(calculation)) : printCalculation(calculation);
  });
}

/** A page at a time. */
async function allOf({ calculations }: Engine): Promise<CalculationStanding[]> {
  const all: CalculationStanding[] = [];
  for (;;) {
    const page = await calculations.list({ first: all.length, count: MAX_LISTED });
    all.push(...page.calculations);
    if (page.calculations.length === 0 || all.length >= page.total) return all;
  }
}

const outcomeOf = ({ state, isReached }: CalculationStanding): string =>
  state === "cancelled" ? "cancelled" : isReached ? "converged" : "not converged";

const COLUMNS: readonly TextColumn<CalculationStanding>[] = [
  { title: "id", text: ({ id }) => id },
  { title: "molecule", text: ({ name }) => name },
  { title: "level", text: ({ title }) => title },
  { title: "energy/Eh", align: "right", text: ({ energy_hartree }) => fixed(energy_hartree, 8) },
  { title: "outcome", text: outcomeOf },
  { title: "started", text: ({ startedAt }) => startedAt },
];

/** What is told of each, without what plays no part once it is kept. */
const listedDocument = ({ progress: _p, expected: _e, error: _r, ...told }: CalculationStanding) => told;

const pointsOf = (
  { requests, origin }: Extract<CalculationDetail["job"], { kind: "curve" }>,
  { points }: NonNullable<NonNullable<CalculationDetail["result"]>["curve"]>,
): CurvePoint[] =>
  points.flatMap((result, k) => {
    const request = requests[k];
    if (!request) return [];
    const from = `${origin}, frame ${k + 1}`;
    return [{ request, result, origin: geometryOrigin(from, request, result), notices: result.notes }];
  });

/** As `ansatz energy --json` prints what was found, with what the notebook knows of it; `frames` of a curve, `way` of an optimisation that was cancelled. */
export function calculationDocument({ job, result, orbitals: _, ...standing }: CalculationDetail) {
  const told = { ...listedDocument(standing), command: job.command };
  if (result?.way) return { ...told, way: result.way };
  if (job.kind === "energy" && result?.energy) {
    const origin = geometryOrigin(job.origin, job.request, result.energy);
    return { ...told, ...flatten(job.request, result.energy, origin), notices: result.energy.notes };
  }
  if (job.kind === "curve" && result?.curve)
    return { ...told, frames: curveDocument(pointsOf(job, result.curve), result.curve.breaks) };
  if (job.kind === "hamiltonian" && result?.hamiltonian)
    return { ...told, ...hamiltonianDocument(result.hamiltonian, job.request, job.name) };
  return told;
}

/** A line a point, and where the atoms were then. */
function printWay({ points, geometry }: OptimisationWay, name: string): void {
  for (const [step, { energy_hartree, gradient_hartree_per_bohr: gradient }] of points.entries())
    row(
      `step ${step}`,
      fixed(energy_hartree, 10),
      `Eh   largest gradient ${gradient.toExponential(1)} Eh/bohr`,
    );
  print(`\n${formatXyz(geometry, name)}`);
}

function printCalculation(calculation: CalculationDetail): void {
  const { name, title, startedAt, record, job, result } = calculation;
  print(`${name}: ${title}, ${outcomeOf(calculation)}`);
  print(`${startedAt}, kept as ${record}`);
  print(`${job.command}\n`);
  if (result?.way) printWay(result.way, name);
  if (job.kind === "energy" && result?.energy)
    printResult(job.request, result.energy, geometryOrigin(job.origin, job.request, result.energy));
  if (job.kind === "curve" && result?.curve)
    printCurveTable(pointsOf(job, result.curve), result.curve.breaks);
  if (job.kind === "hamiltonian" && result?.hamiltonian) printHamiltonian(result.hamiltonian, job.name);
}
