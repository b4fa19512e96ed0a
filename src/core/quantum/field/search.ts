/** The lowest Hartree–Fock or Kohn–Sham solution that several starts find. */
import { type FieldSearch, pureSpinSquare } from "#shared/quantum/field-result.ts";
import { SAME_SOLUTION_HARTREE, SAME_SOLUTION_ON_A_GRID_HARTREE } from "#shared/quantum/field-solutions.ts";
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
 * here, start from those of ROHF.
 *
 * Throws as hartreeFock.
 */
export function lowestField(
  system: QuantumSystem,
  { kind, further = [], ...options }: SearchOptions,
): LowestField {
  const { overlap } = oneElectronIntegrals(system);
  const pure = pureSpinSquare(system.multiplicity);
  const tried: FieldSearch["starts"] = [];
  let fockBuilds = 0;
  const { functional, ...hartreeFockAlone } = options;
  const run = (more: ScfOptions = {}, own: ScfOptions = options): ScfResult => {
    const scf = hartreeFock(system, { ...own, kind, ...more });
    fockBuilds += scf.fockBuilds;
    return scf;
  };
  /** Gives ⟨S²⟩. */
  const note = (start: string, scf: ScfResult): number => {
    const { outcome, energy_hartree } = scf;
    const spinSquare = kind === "uhf" ? spinSquareOf(system, scf, overlap) : pure;
    tried.push({ start, outcome, energy_hartree, spinSquare });
    return spinSquare;
  };
  const sameWithin_hartree = functional ? SAME_SOLUTION_ON_A_GRID_HARTREE : SAME_SOLUTION_HARTREE;
  /** Whether a start led to the solution of a field. */
  const isSolution = (one: FieldSearch["starts"][number], scf: ScfResult): boolean =>
    one.outcome === "converged" && Math.abs(one.energy_hartree - scf.energy_hartree) < sameWithin_hartree;
  const first = run();
  let lowest = first;
  const enough = startsToAgree(first, note("superposed atoms", first) - pure);
  const restrictedKind = system.nelec[0] === system.nelec[1] ? "rhf" : "rohf";
  const ofRestricted = functional && restrictedKind === "rohf" ? hartreeFockAlone : options;
  let restricted: ScfResult | null = null;
  if (enough > 1 || further.length > 0) {
    if (kind === "uhf") restricted = run({ kind: restrictedKind }, ofRestricted);
    const usual = usualStarts(system, { first, restricted, kind });
    for (const [k, { name, start }] of [...further, ...usual].entries()) {
      const agree = tried.every((one) => isSolution(one, first));
      if (k >= further.length && agree && tried.length >= enough + further.length) break;
      let scf = run({ ...ROUGH, start, stability: "none" });
      if (!tried.some((one) => isSolution(one, scf)))
        scf = run({ ...ROUGH, start: { orbitals: scf.orbitals } });
      note(name, scf);
      lowest = lower(lowest, scf, sameWithin_hartree);
    }
  }
  if (lowest !== first) lowest = run({ start: { orbitals: lowest.orbitals } });
  if (lowest.outcome === "not-converged") {
    const longer = run({ start: { orbitals: lowest.orbitals }, maxIterations: LAST_ITERATIONS });
    note(`${LAST_ITERATIONS} iterations`, longer);
    lowest = lower(lowest, longer, sameWithin_hartree);
  }
  const search: FieldSearch = {
    starts: tried,
    restricted:
      restricted && ofRestricted === options
        ? {
            kind: restrictedKind,
            outcome: restricted.outcome,
            energy_hartree: restricted.energy_hartree,
          }
        : null,
    sameWithin_hartree,
    fockBuilds,
  };
  return { scf: lowest, search };
}
