/** Geometries where no force field gives them: the nearest minimum of the Hartree–Fock energy. */
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import type { SystemOptions } from "../field/system.ts";
import { carriedOrbitals } from "../geometry/carried-orbitals.ts";
import { displaced } from "../geometry/displaced.ts";
import { type OptimisedGeometry, optimiseGeometry } from "../geometry/optimise.ts";
import { type BasisSet, functionCount, loadBasisSet } from "../molecule/basis.ts";
import type { EvaluationContext } from "./evaluator.ts";

const MAX_FUNCTIONS = 200;
/** Beyond these elements STO-3G has no d functions, without which bonds to hypervalent atoms lead elsewhere. */
const NEON = 10;

const MAX_STEPS = 150;
/** From the minimum of the smaller basis set: some 5 are enough. */
const FURTHER_STEPS = 60;

interface RelaxRequest {
  geometry: Geometry;
  charge: number;
  /** 2S + 1; absent: the lowest that the number of electrons allows. */
  multiplicity?: number | undefined;
  /** 32-bit unsigned, of the displacement. */
  seed: number;
}

type RelaxOutcome =
  | { outcome: "relaxed"; geometry: Geometry; method: string; steps: number }
  | { outcome: "failed"; detail: string };

interface Level {
  basis: BasisSet;
  title: string;
}

/** STO-3G with the functions of another basis set on the elements beyond neon. */
function smaller(sto3g: BasisSet, larger: BasisSet): BasisSet {
  const elements = Object.entries(larger.elements).map(([symbol, shells]) => {
    const isLight = (atomicNumber(symbol) ?? 0) <= NEON;
    return [symbol, (isLight && sto3g.elements[symbol]) || shells] as const;
  });
  return { ...larger, elements: Object.fromEntries(elements) };
}

/**
 * What to relax in, one after the other: a small basis set for the way and 6-31G* for its end; STO-3G alone for large molecules and
 * elements that 6-31G* lacks. Where a molecule is too large or has elements that neither has, why.
 */
async function levelsFor(
  symbols: readonly string[],
  resources: string,
): Promise<[Level, ...Level[]] | { detail: string }> {
  const sto3g = await loadBasisSet(resources, "sto-3g");
  const larger = await loadBasisSet(resources, "6-31g*");
  const hasAll = ({ elements }: BasisSet): boolean => symbols.every((symbol) => symbol in elements);
  const isSmall = (basis: BasisSet): boolean =>
    hasAll(basis) && functionCount(symbols, basis) <= MAX_FUNCTIONS;
  if (isSmall(larger)) {
    return [
      { basis: smaller(sto3g, larger), title: "STO-3G" },
      { basis: larger, title: "6-31G*" },
    ];
  }
  if (isSmall(sto3g)) return [{ basis: sto3g, title: "STO-3G" }];
  return hasAll(sto3g)
    ? {
        detail: `it is too large for that: ${functionCount(symbols, sto3g)} functions, expected at most ${MAX_FUNCTIONS}`,
      }
    : { detail: `no basis set here has all of its elements (${[...new Set(symbols)].join(", ")})` };
}

/** From where a way in a smaller basis set ended, with the solution found there. */
function continued(
  { geometry, orbitals }: OptimisedGeometry,
  { from, system: given, kind }: { from: Level; system: SystemOptions; kind: "rhf" | "uhf" },
): OptimisedGeometry {
  const system = { ...given, geometry };
  const start = orbitals && carriedOrbitals({ system, from: from.basis, orbitals });
  return optimiseGeometry({ system, scf: { kind }, maxSteps: FURTHER_STEPS, ...(start && { start }) });
}

/**
 * Moves the atoms from a rough start to a minimum: RHF for singlets, UHF else, in 6-31G* from the minimum of STO-3G (with the
 * functions of 6-31G* beyond neon) or, for large molecules and elements that 6-31G* lacks, in STO-3G. The start is displaced at
 * random first, so that it does not stay on a saddle of its symmetry, as that of tetrahedral SF4.
 *
 * Deterministic for a seed. Cost: some 20 to 60 fields with their gradients in the small basis set, some 5 in 6-31G*.
 * Throws AbortError when cancelled.
 */
export async function relaxGeometry(
  { geometry, charge, multiplicity, seed }: RelaxRequest,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<RelaxOutcome> {
  const levels = await levelsFor(geometry.symbols, resources);
  if ("detail" in levels) return { outcome: "failed", detail: levels.detail };
  const electrons = geometry.symbols.reduce((sum, symbol) => sum + (atomicNumber(symbol) ?? 0), -charge);
  const spin = multiplicity ?? (electrons % 2 === 0 ? 1 : 2);
  const kind = spin === 1 ? "rhf" : "uhf";
  const [way, end] = levels;
  const electronic = { charge, multiplicity: spin, threads, control };
  const start = { ...electronic, geometry: displaced(geometry, seed), basis: way.basis };
  const first = optimiseGeometry({ system: start, scf: { kind }, maxSteps: MAX_STEPS });
  const found = end ? continued(first, { from: way, system: { ...start, basis: end.basis }, kind }) : first;
  const steps = found === first ? first.steps : first.steps + found.steps;
  const method = `${kind.toUpperCase()}/${(end ?? way).title}`;
  if (found.outcome === "converged") return { outcome: "relaxed", geometry: found.geometry, method, steps };
  const why = Number.isFinite(found.gradientNorm)
    ? `its largest gradient was ${found.gradientNorm.toExponential(1)} Eh/bohr after ${steps} steps`
    : `the field did not converge at step ${steps}`;
  return { outcome: "failed", detail: `${method} found no minimum: ${why}` };
}
