/** The lowest UHF solution that several starts find. */
import { pureSpinSquare, type UhfSearch } from "#shared/field-result.ts";
import { SAME_SOLUTION_HARTREE } from "#shared/uhf-solutions.ts";
import { spinSquareOf } from "./properties.ts";
import { hartreeFock, oneElectronIntegrals, type ScfOptions, type ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";
import { mixedStarts, type NamedStart, randomStarts, spinPatterns } from "./uhf-starts.ts";

export interface LowestUhf {
  readonly scf: ScfResult;
  readonly search: UhfSearch;
}

export interface SearchOptions extends Omit<ScfOptions, "kind" | "stability" | "start"> {
  /** Tried beside the usual ones, such as the orbitals of a neighbour on a curve. */
  readonly further?: readonly NamedStart[];
}

/** A solution that curves up by less in some direction may have another beside it, Hartree. */
const STEEP_HARTREE = 0.1;
/** ⟨S²⟩ beyond S(S+1) of a solution that is as good as pure. */
const PURE = 0.05;
/** Starts after which the search ends where all found one solution, by how plain the first one's is. */
const AGREEING_STARTS = { closedShell: 1, openShell: 4, suspect: 10 } as const;
const RANDOM_STARTS = 4;
/** Enough to tell solutions apart; the one that is kept is converged in full. */
const ROUGH = { gradientTolerance: 1e-5, energyTolerance: 1e-7 } as const;

/** How many starts have to agree with the first. */
function startsToAgree(scf: ScfResult, contamination: number): number {
  const { verdict, lowestCurvature_hartree: curvature, followed } = scf.stability;
  const isSteep = verdict === "stable" && curvature !== null && curvature > STEEP_HARTREE;
  const isPlain = scf.outcome === "converged" && followed === 0 && isSteep && Math.abs(contamination) < PURE;
  if (!isPlain) return AGREEING_STARTS.suspect;
  return scf.nelec[0] === scf.nelec[1] ? AGREEING_STARTS.closedShell : AGREEING_STARTS.openShell;
}

/** The first of each kind, then the second of each … */
function interleaved(...kinds: readonly (readonly NamedStart[])[]): NamedStart[] {
  const longest = Math.max(...kinds.map(({ length }) => length));
  return Array.from({ length: longest }, (_, k) => kinds.flatMap((kind) => kind[k] ?? [])).flat();
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) < SAME_SOLUTION_HARTREE;

/** The second where it converged and lies lower, or the first did not converge. */
export function lower(first: ScfResult, second: ScfResult): ScfResult {
  if (second.outcome === "not-converged") return first;
  const isLower = second.energy_hartree < first.energy_hartree - SAME_SOLUTION_HARTREE;
  return isLower || first.outcome === "not-converged" ? second : first;
}

/**
 * UHF from the superposed atoms and, unless that solution is plainly the only one, from up and down spins on the atoms,
 * restricted orbitals, those mixed or exchanged around the frontier, and fixed random turns of them; the lowest is kept.
 * Each new solution is tested for internal stability and left for what lies below it.
 *
 * One start is enough for a closed shell whose first solution is the restricted one and curves up by 0.1 Hartree in every direction, spin
 * included; four that agree for an open shell with such a solution and ⟨S²⟩ within 0.05 of pure; otherwise ten that agree,
 * or all. The lowest found is no proof that there is none lower. Cost: 20 to 100 Fock builds a start.
 *
 * Throws as hartreeFock.
 */
export function lowestUhf(
  system: QuantumSystem,
  { further = [], ...options }: SearchOptions = {},
): LowestUhf {
  const { overlap } = oneElectronIntegrals(system);
  const tried: UhfSearch["starts"] = [];
  let fockBuilds = 0;
  const run = (kind: ScfResult["kind"], more: ScfOptions = {}): ScfResult => {
    const scf = hartreeFock(system, { ...options, kind, ...more });
    fockBuilds += scf.fockBuilds;
    return scf;
  };
  const note = (start: string, scf: ScfResult): void => {
    const { outcome, energy_hartree } = scf;
    tried.push({ start, outcome, energy_hartree, spinSquare: spinSquareOf(system, scf, overlap) });
  };
  const first = run("uhf");
  let lowest = first;
  note("superposed atoms", lowest);
  const enough = startsToAgree(lowest, tried[0]!.spinSquare - pureSpinSquare(system.multiplicity));
  const restrictedKind = system.nelec[0] === system.nelec[1] ? "rhf" : "rohf";
  let restricted: ScfResult | null = null;
  if (enough > 1 || further.length > 0) {
    restricted = run(restrictedKind);
    const usual = interleaved(
      spinPatterns(system),
      mixedStarts(restricted),
      randomStarts(restricted, RANDOM_STARTS),
    );
    for (const [k, { name, start }] of [...further, ...usual].entries()) {
      const agree = tried.every(
        (one) => one.outcome === "converged" && isSame(one.energy_hartree, tried[0]!.energy_hartree),
      );
      if (k >= further.length && agree && tried.length >= enough + further.length) break;
      let scf = run("uhf", { ...ROUGH, start, stability: "none" });
      const known = tried.some(
        (one) => one.outcome === "converged" && isSame(one.energy_hartree, scf.energy_hartree),
      );
      if (!known) scf = run("uhf", { ...ROUGH, start: { orbitals: scf.orbitals } });
      note(name, scf);
      lowest = lower(lowest, scf);
    }
  }
  if (lowest !== first) lowest = run("uhf", { start: { orbitals: lowest.orbitals } });
  const search: UhfSearch = {
    starts: tried,
    restricted: restricted && {
      kind: restrictedKind,
      outcome: restricted.outcome,
      energy_hartree: restricted.energy_hartree,
    },
    fockBuilds,
  };
  return { scf: lowest, search };
}
