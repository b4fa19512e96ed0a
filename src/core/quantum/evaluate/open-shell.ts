/** The field of an open shell beside a closed one, chosen by MP2 among the solutions that keep near a spin state. */
import type { EnergyRequest, OpenShell } from "#shared/quantum/energy-request.ts";
import type { Mp2Result } from "#shared/quantum/energy-result.ts";
import type { FieldSearch } from "#shared/quantum/field-result.ts";
import { SAME_SOLUTION_HARTREE } from "#shared/quantum/field-solutions.ts";
import { spinSquareOf } from "../field/field-properties.ts";
import { type OpenShellSolution, openShellSolutions } from "../field/open-shell.ts";
import { oneElectronIntegrals, type ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import { type FieldOptions, fieldOf, mp2Of, type SolvedField, solved } from "./field.ts";
import { withWallTime } from "./wall-time.ts";

export interface FieldWithMp2 extends SolvedField {
  /** null where it was not asked for, or the field did not converge. */
  readonly mp2: Mp2Result | null;
}

interface Asked {
  readonly field: FieldOptions;
  readonly openShell: OpenShell;
  readonly frozenCore: EnergyRequest["frozenCore"];
  readonly wantsMp2: boolean;
}

interface Chosen {
  readonly starts: FieldSearch["starts"];
  /** undefined where none converged. */
  readonly lowest: { readonly scf: ScfResult; readonly mp2: Mp2Result | null } | undefined;
}

/** Converged solutions, each once. */
const distinct = (found: readonly OpenShellSolution[]): ScfResult[] => {
  const solutions: ScfResult[] = [];
  for (const { scf } of found) {
    const isSame = (one: ScfResult) =>
      Math.abs(one.energy_hartree - scf.energy_hartree) < SAME_SOLUTION_HARTREE;
    if (scf.outcome === "converged" && !solutions.some(isSame)) solutions.push(scf);
  }
  return solutions;
};

/**
 * What ended below every solution without being one: with it nobody knows which is lowest. Undefined where there is none, or no solution.
 */
function unsettledBelow(found: readonly OpenShellSolution[]): ScfResult | undefined {
  const { settled = [], unsettled = [] } = Object.groupBy(
    found.map(({ scf }) => scf),
    ({ outcome }) => (outcome === "converged" ? "settled" : "unsettled"),
  );
  if (settled.length === 0) return undefined;
  const lowest = Math.min(...settled.map(({ energy_hartree }) => energy_hartree));
  return unsettled.find(({ energy_hartree }) => energy_hartree < lowest - SAME_SOLUTION_HARTREE);
}

/** The solution that is lowest by MP2, where that is asked for, and otherwise by itself. */
async function lowestOf(
  system: QuantumSystem,
  found: readonly OpenShellSolution[],
  { wantsMp2, frozenCore }: Asked,
): Promise<Chosen> {
  const { overlap } = oneElectronIntegrals(system);
  const solutions = distinct(found);
  const correlated = wantsMp2 ? await mp2Of(system, solutions, { frozenCore }) : [];
  const mp2s = new Map(solutions.map((scf, k) => [scf, correlated[k] ?? null]));
  const starts = found.map(({ start, scf }): FieldSearch["starts"][number] => {
    const { outcome, energy_hartree } = scf;
    const mp2 = mp2s.get(scf);
    const spinSquare = spinSquareOf(system, scf, overlap);
    return { start, outcome, energy_hartree, spinSquare, ...(mp2 && { mp2_hartree: mp2.energy_hartree }) };
  });
  const energyOf = ({ scf, mp2 }: NonNullable<Chosen["lowest"]>) => mp2?.energy_hartree ?? scf.energy_hartree;
  const [lowest] = [...mp2s].map(([scf, mp2]) => ({ scf, mp2 })).sort((a, b) => energyOf(a) - energyOf(b));
  return { starts, lowest };
}

/**
 * The field of an open shell from the closed shell beside it. Where no start converges, the lowest field of all takes its place: what
 * was tried is in the search. Where one ends below all solutions without being one, the field is not converged.
 */
export async function openShellField(system: QuantumSystem, asked: Asked): Promise<FieldWithMp2> {
  const { value, wallTime_ms } = await withWallTime(async () => {
    const found = openShellSolutions(system, asked.openShell);
    const chosen = await lowestOf(system, found, asked);
    return { ...chosen, unsettled: unsettledBelow(found), fockBuilds: found.reduce(builds, 0) };
  });
  const { starts, lowest, unsettled, fockBuilds } = value;
  if (lowest) {
    const { scf, mp2 } = unsettled ? { scf: unsettled, mp2: null } : lowest;
    const fieldTime = wallTime_ms - (mp2?.wallTime_ms ?? 0);
    const sameWithin_hartree = SAME_SOLUTION_HARTREE;
    const search = { starts, restricted: null, sameWithin_hartree, fockBuilds };
    return { ...solved(system, { scf, search, wallTime_ms: fieldTime }), mp2 };
  }
  const other = await fieldOf(system, asked.field);
  const { hartreeFock, scf } = other;
  const [mp2 = null] = asked.wantsMp2 && scf.outcome === "converged" ? await mp2Of(system, [scf], asked) : [];
  const search = hartreeFock.search && {
    ...hartreeFock.search,
    starts: [...starts, ...hartreeFock.search.starts],
    fockBuilds: fockBuilds + hartreeFock.search.fockBuilds,
  };
  return { ...other, hartreeFock: { ...hartreeFock, search }, mp2 };
}

const builds = (sum: number, { scf }: OpenShellSolution): number => sum + scf.fockBuilds;
