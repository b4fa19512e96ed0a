/** Geometries where no force field gives them: the nearest minimum of the Hartree–Fock energy. */
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { displaced } from "../geometry/displaced.ts";
import { optimiseGeometry } from "../geometry/optimise.ts";
import { type BasisSet, loadBasisSet } from "../molecule/basis.ts";
import type { EvaluationContext } from "./evaluator.ts";

/** Basis sets to relax in, the better first. */
const LEVELS = [
  { name: "6-31g*", title: "6-31G*" },
  { name: "sto-3g", title: "STO-3G" },
] as const;
const MAX_FUNCTIONS = 200;

const MAX_STEPS = 150;

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

const functionsOf = (basis: BasisSet, symbols: readonly string[]): number | undefined => {
  let functions = 0;
  for (const symbol of symbols) {
    const shells = basis.elements[symbol];
    if (!shells) return undefined;
    for (const { l } of shells) functions += basis.functions === "pure" ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2;
  }
  return functions;
};

/** The best basis set that has all elements and is small enough; where there is none, why. */
async function levelFor(
  symbols: readonly string[],
  resources: string,
): Promise<{ basis: BasisSet; title: string } | { detail: string }> {
  let smallest = Number.POSITIVE_INFINITY;
  for (const { name, title } of LEVELS) {
    const basis = await loadBasisSet(resources, name);
    const functions = functionsOf(basis, symbols);
    if (functions !== undefined && functions <= MAX_FUNCTIONS) return { basis, title };
    smallest = Math.min(smallest, functions ?? smallest);
  }
  return Number.isFinite(smallest)
    ? { detail: `it is too large for that: ${smallest} functions, expected at most ${MAX_FUNCTIONS}` }
    : { detail: `no basis set here has all of its elements (${[...new Set(symbols)].join(", ")})` };
}

/**
 * Moves the atoms from a rough start to a minimum: RHF for singlets, UHF else, in 6-31G* or, for large molecules and elements
 * that it lacks, STO-3G. The start is displaced at random first, so that it does not stay on a saddle of its symmetry, as
 * that of tetrahedral SF4.
 *
 * Deterministic for a seed. Cost: some 10 to 60 fields with their gradients. Throws AbortError when cancelled.
 */
export async function relaxGeometry(
  { geometry, charge, multiplicity, seed }: RelaxRequest,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<RelaxOutcome> {
  const level = await levelFor(geometry.symbols, resources);
  if ("detail" in level) return { outcome: "failed", detail: level.detail };
  const electrons = geometry.symbols.reduce((sum, symbol) => sum + (atomicNumber(symbol) ?? 0), -charge);
  const spin = multiplicity ?? (electrons % 2 === 0 ? 1 : 2);
  const kind = spin === 1 ? "rhf" : "uhf";
  const method = `${kind.toUpperCase()}/${level.title}`;
  const system = {
    geometry: displaced(geometry, seed),
    charge,
    multiplicity: spin,
    basis: level.basis,
    threads,
    control,
  };
  const found = optimiseGeometry({ system, scf: { kind }, maxSteps: MAX_STEPS });
  if (found.outcome === "converged")
    return { outcome: "relaxed", geometry: found.geometry, method, steps: found.steps };
  const why = Number.isFinite(found.gradientNorm)
    ? `its largest gradient was ${found.gradientNorm.toExponential(1)} Eh/bohr after ${found.steps} steps`
    : `the field did not converge at step ${found.steps}`;
  return { outcome: "failed", detail: `${method} found no minimum: ${why}` };
}
