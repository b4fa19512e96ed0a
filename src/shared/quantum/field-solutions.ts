/** The solutions that a search for the lowest field met. */
import { type FieldSearch, pureSpinSquare } from "./field-result.ts";

export interface FieldSolution {
  readonly energy_hartree: number;
  /** ⟨S²⟩ */
  readonly spinSquare: number;
  /** The starts that led there. */
  readonly starts: readonly string[];
}

/** Energies closer than this are one solution, Hartree. */
export const SAME_SOLUTION_HARTREE = 1e-6;
/** On a grid, whose error changes as a solution turns: B3LYP's oxygen atom by 2e-6. */
export const SAME_SOLUTION_ON_A_GRID_HARTREE = 1e-5;
/** Likewise, of a search on the coarse grid. */
export const SAME_SOLUTION_ON_THE_COARSE_GRID_HARTREE = 1e-4;

/** Converged solutions, lowest first. */
export function solutionsOf({ starts, sameWithin_hartree }: FieldSearch): FieldSolution[] {
  const solutions: (FieldSolution & { starts: string[] })[] = [];
  const converged = starts.filter(({ outcome }) => outcome === "converged");
  for (const { start, energy_hartree, spinSquare } of converged.sort(
    (a, b) => a.energy_hartree - b.energy_hartree,
  )) {
    const last = solutions.at(-1);
    if (last && energy_hartree - last.energy_hartree < sameWithin_hartree) last.starts.push(start);
    else solutions.push({ energy_hartree, spinSquare, starts: [start] });
  }
  return solutions;
}

/** ⟨S²⟩ further than this from S(S+1) breaks spin symmetry. */
const BROKEN = 0.1;

/**
 * Where the lowest solution breaks spin symmetry and a purer one was found above it, the restricted one counted: that one.
 */
export function purerSolution(
  search: FieldSearch,
  multiplicity: number,
): (Omit<FieldSolution, "starts"> & { kind: "uhf" | "rhf" | "rohf" }) | null {
  const pure = pureSpinSquare(multiplicity);
  const [lowest, ...above] = solutionsOf(search);
  if (!lowest || lowest.spinSquare - pure < BROKEN) return null;
  const { restricted } = search;
  const candidates = [
    ...(restricted?.outcome === "converged"
      ? [{ kind: restricted.kind, energy_hartree: restricted.energy_hartree, spinSquare: pure }]
      : []),
    ...above.map(({ energy_hartree, spinSquare }) => ({ kind: "uhf" as const, energy_hartree, spinSquare })),
  ].filter(({ energy_hartree, spinSquare }) => {
    const isAbove = energy_hartree > lowest.energy_hartree + search.sameWithin_hartree;
    return isAbove && spinSquare - pure < BROKEN && spinSquare < lowest.spinSquare - BROKEN / 2;
  });
  return candidates.sort((a, b) => a.energy_hartree - b.energy_hartree)[0] ?? null;
}
