/** The lowest Hartree–Fock or Kohn–Sham solution that several starts find. */
import { type FieldSearch, pureSpinSquare } from "#shared/quantum/field-result.ts";
import {
  SAME_SOLUTION_HARTREE,
  SAME_SOLUTION_ON_A_GRID_HARTREE,
  SAME_SOLUTION_ON_THE_COARSE_GRID_HARTREE,
} from "#shared/quantum/field-solutions.ts";
import { spinSquareOf } from "./field-properties.ts";
import { hartreeFock, oneElectronIntegrals, type ScfKind, type ScfOptions, type ScfResult } from "./scf.ts";
import { exchangedStarts, mixedStarts, type NamedStart, randomStarts, spinPatterns } from "./starts.ts";
import type { QuantumSystem } from "./system.ts";

export interface LowestField {
  readonly scf: ScfResult;
  readonly search: FieldSearch;
}

export interface SearchOptions extends Omit<ScfOptions, "stability" | "start"> {
  readonly kind: ScfKind;
  /** Tried beside the usual ones, such as the orbitals of a neighbour on a curve. */
  readonly further?: readonly NamedStart[];
}

/** A solution that curves up by less in some direction may have another beside it, Hartree. */
const STEEP_HARTREE = { uhf: 0.1, rohf: 0.1, rhf: 0.2 } as const;
/** ⟨S²⟩ beyond S(S+1) of a solution that is as good as pure. */
const PURE = 0.05;
/** Starts after which the search ends where all found one solution, by how plain the first one's is. */
const AGREEING_STARTS = { closedShell: 1, openShell: 4, suspect: { uhf: 10, rohf: 10, rhf: 6 } } as const;
const RANDOM_STARTS = 6;
/** Given to a field that no start brought to its end: far more than one needs that converges at all. */
const LAST_ITERATIONS = 1000;
/** Enough to tell solutions apart; the one that is kept is converged in full. */
const ROUGH = { gradientTolerance: 1e-5, energyTolerance: 1e-7 } as const;
/** What the coarse grid makes of two solutions' difference at most, Hartree: those so near the lowest are told apart on the grid asked for. */
const COARSE_HARTREE = 2e-3;
/** Second derivatives on the coarse grid are right to a tenth of this, Hartree: a solution that curves up by more is stable on finer ones. */
const PLAINLY_STABLE_HARTREE = 1e-2;

/** How many starts have to agree with the first. */
function startsToAgree(scf: ScfResult, contamination: number): number {
  const { verdict, lowestCurvature_hartree: curvature, followed } = scf.stability;
  const isSteep = verdict === "stable" && curvature !== null && curvature > STEEP_HARTREE[scf.kind];
  const isPlain = scf.outcome === "converged" && followed === 0 && isSteep && Math.abs(contamination) < PURE;
  if (!isPlain) return AGREEING_STARTS.suspect[scf.kind];
  return scf.nelec[0] === scf.nelec[1] ? AGREEING_STARTS.closedShell : AGREEING_STARTS.openShell;
}

/** The first of each kind, then the second of each … */
function interleaved(...kinds: readonly (readonly NamedStart[])[]): NamedStart[] {
  const longest = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: longest }, (_, k) => kinds.flatMap((kind) => kind[k] ?? [])).flat();
}

/** The second where it converged and lies lower, or the first did not converge. */
function lower(first: ScfResult, second: ScfResult, sameWithin: number): ScfResult {
  if (second.outcome === "not-converged") return first;
  const isLower = second.energy_hartree < first.energy_hartree - sameWithin;
  return isLower || first.outcome === "not-converged" ? second : first;
}

/** What is tried after the superposed atoms; `restricted` are the orbitals that UHF begins from. */
const usualStarts = (
  system: QuantumSystem,
  { first, restricted, kind }: { first: ScfResult; restricted: ScfResult | null; kind: ScfKind },
): NamedStart[] =>
  restricted
    ? interleaved(
        spinPatterns(system),
        mixedStarts(restricted),
        randomStarts(restricted, RANDOM_STARTS, kind),
      )
    : interleaved(randomStarts(first, RANDOM_STARTS, kind), exchangedStarts(first));

/** Finds a field of the search's kind, and counts its Fock matrices; `own` in place of the search's options. */
type Run = (more?: ScfOptions, own?: ScfOptions) => ScfResult;

type FieldOptions = Omit<SearchOptions, "kind" | "further">;
type Start = FieldSearch["starts"][number];

/** Where a search looks, and how much closer two energies are there than two solutions. */
interface Level {
  readonly options: FieldOptions;
  readonly sameWithin_hartree: number;
  /** Whether the field that was asked for is on a finer grid. */
  readonly isCoarser: boolean;
}

function levelOf(options: FieldOptions): Level {
  const { functional } = options;
  if (!functional) return { options, sameWithin_hartree: SAME_SOLUTION_HARTREE, isCoarser: false };
  if (functional.grid === "coarse")
    return { options, sameWithin_hartree: SAME_SOLUTION_ON_A_GRID_HARTREE, isCoarser: false };
  return {
    options: { ...options, ...ROUGH, functional: { ...functional, grid: "coarse" } },
    sameWithin_hartree: SAME_SOLUTION_ON_THE_COARSE_GRID_HARTREE,
    isCoarser: true,
  };
}

interface Searched {
  readonly run: Run;
  readonly level: Level;
  readonly kind: ScfKind;
  readonly further: readonly NamedStart[];
  readonly entryOf: (start: string, scf: ScfResult) => Start;
}

/** What a search met; energies are those of its grid. */
interface Found extends Pick<FieldSearch, "starts" | "restricted"> {
  readonly first: ScfResult;
  readonly lowest: ScfResult;
  /** Those that converged, each once and tested for stability. */
  readonly solutions: readonly ScfResult[];
}

function search(
  system: QuantumSystem,
  { run, level: { options, sameWithin_hartree }, kind, further, entryOf }: Searched,
): Found {
  const starts: Start[] = [];
  const solutions: ScfResult[] = [];
  const isSame = (one: Pick<ScfResult, "outcome" | "energy_hartree">, scf: ScfResult): boolean =>
    one.outcome === "converged" && Math.abs(one.energy_hartree - scf.energy_hartree) < sameWithin_hartree;
  const note = (start: string, scf: ScfResult): Start => {
    const entry = entryOf(start, scf);
    starts.push(entry);
    if (scf.outcome === "converged" && !solutions.some((one) => isSame(one, scf))) solutions.push(scf);
    return entry;
  };
  const first = run();
  let lowest = first;
  const { spinSquare } = note("superposed atoms", first);
  const enough = startsToAgree(first, spinSquare - pureSpinSquare(system.multiplicity));
  if (enough === 1 && further.length === 0) return { first, lowest, solutions, starts, restricted: null };
  const { functional, ...hartreeFockAlone } = options;
  const restrictedKind = system.nelec[0] === system.nelec[1] ? "rhf" : "rohf";
  const isHartreeFock = functional !== undefined && restrictedKind === "rohf";
  const restricted =
    kind === "uhf"
      ? run({ kind: restrictedKind, ...(isHartreeFock && ROUGH) }, isHartreeFock ? hartreeFockAlone : options)
      : null;
  const usual = usualStarts(system, { first, restricted, kind });
  for (const [k, { name, start }] of [...further, ...usual].entries()) {
    const agree = starts.every((one) => isSame(one, first));
    if (k >= further.length && agree && starts.length >= enough + further.length) break;
    let scf = run({ ...ROUGH, start, stability: "none" });
    if (!starts.some((one) => isSame(one, scf))) scf = run({ ...ROUGH, start: { orbitals: scf.orbitals } });
    note(name, scf);
    lowest = lower(lowest, scf, sameWithin_hartree);
  }
  return {
    ...{ first, lowest, solutions, starts },
    restricted:
      restricted && !isHartreeFock
        ? {
            kind: restrictedKind,
            outcome: restricted.outcome,
            energy_hartree: restricted.energy_hartree,
          }
        : null,
  };
}

/** The field that a solution of the coarse grid leads to on the grid asked for. */
function onOwnGrid({ orbitals, stability }: ScfResult, run: Run): ScfResult {
  const { verdict, lowestCurvature_hartree: curvature } = stability;
  const isPlain = verdict === "stable" && curvature !== null && curvature > PLAINLY_STABLE_HARTREE;
  const scf = run({ start: { orbitals }, ...(isPlain && { stability: "none" as const }) });
  if (isPlain && scf.outcome === "converged") return { ...scf, stability };
  return { ...scf, stability: { ...scf.stability, followed: stability.followed + scf.stability.followed } };
}

/** What was found on the coarse grid, on the one asked for: the solutions near the lowest are brought there, the energies of others moved along. */
function refined({ lowest, solutions, starts, restricted, ...found }: Found, run: Run): Found {
  const isNear = (scf: ScfResult): boolean => scf.energy_hartree < lowest.energy_hartree + COARSE_HARTREE;
  const others = solutions.filter((scf) => scf !== lowest && isNear(scf) && lowest.outcome === "converged");
  const ends = [lowest, ...others].map((coarse) => ({ coarse, fine: onOwnGrid(coarse, run) }));
  const moved = <One extends { energy_hartree: number }>(one: One): One => {
    const away = ({ coarse }: (typeof ends)[number]) => Math.abs(coarse.energy_hartree - one.energy_hartree);
    const { coarse, fine } = ends.reduce((nearest, end) => (away(end) < away(nearest) ? end : nearest));
    return { ...one, energy_hartree: one.energy_hartree + fine.energy_hartree - coarse.energy_hartree };
  };
  return {
    ...found,
    lowest: ends
      .map(({ fine }) => fine)
      .reduce((best, fine) => lower(best, fine, SAME_SOLUTION_ON_A_GRID_HARTREE)),
    solutions: ends.map(({ fine }) => fine),
    starts: starts.map(moved),
    restricted: restricted && moved(restricted),
  };
}

/**
 * A field from the superposed atoms and, unless that solution is plainly the only one, from other starts; the lowest is kept.
 * UHF: up and down spins on the atoms, restricted orbitals, those mixed or exchanged around the frontier, and fixed random
 * turns of them. RHF and ROHF: the first solution's orbitals, exchanged or turned likewise. Each new solution is tested for
 * internal stability and left for what lies below it.
 *
 * One start is enough for a closed shell whose first solution is the restricted one and curves up by 0.1 Hartree in every direction, spin
 * included (UHF), or by 0.2 without spin (RHF); four that agree for an open shell with a solution that curves up by 0.1 and,
 * by UHF, ⟨S²⟩ within 0.05 of pure; otherwise ten that agree (RHF: six), or all. The lowest found is no proof that
 * there is none lower. Where none of them converges, the last goes on for 1,000 iterations; what was tried is in the search. Cost: 20 to 100 Fock builds a start.
 *
 * Kohn–Sham fields are searched likewise, RKS as RHF and UKS as UHF; those of open shells, which have no restricted orbitals of their own
 * here, start from those of ROHF. The search is on the coarse grid, and its solutions within 2e-3 Hartree of the lowest are converged on the grid asked for: the
 * energies of starts are the coarse grid's, moved by what the grid asked for makes of the nearest of those.
 *
 * Throws as hartreeFock.
 */
export function lowestField(
  system: QuantumSystem,
  { kind, further = [], ...options }: SearchOptions,
): LowestField {
  const { overlap } = oneElectronIntegrals(system);
  const entryOf = (start: string, scf: ScfResult): Start => {
    const { outcome, energy_hartree } = scf;
    const spinSquare =
      kind === "uhf" ? spinSquareOf(system, scf, overlap) : pureSpinSquare(system.multiplicity);
    return { start, outcome, energy_hartree, spinSquare };
  };
  let fockBuilds = 0;
  const run: Run = (more = {}, own = options) => {
    const scf = hartreeFock(system, { ...own, kind, ...more });
    fockBuilds += scf.fockBuilds;
    return scf;
  };
  const level = levelOf(options);
  const { sameWithin_hartree, isCoarser } = level;
  const runThere: Run = (more, own = level.options) => run(more, own);
  const found = search(system, { run: runThere, level, kind, further, entryOf });
  const { starts, restricted, ...ends } = isCoarser ? refined(found, run) : found;
  let { lowest } = ends;
  if (!isCoarser && lowest !== ends.first) lowest = run({ start: { orbitals: lowest.orbitals } });
  if (lowest.outcome === "not-converged") {
    const longer = run({ start: { orbitals: lowest.orbitals }, maxIterations: LAST_ITERATIONS });
    starts.push(entryOf(`${LAST_ITERATIONS} iterations`, longer));
    lowest = lower(lowest, longer, sameWithin_hartree);
  }
  return { scf: lowest, search: { starts, restricted, sameWithin_hartree, fockBuilds } };
}
