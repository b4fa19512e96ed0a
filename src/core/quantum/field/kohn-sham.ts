/** The lowest Kohn–Sham solution that is found. */
import type { FieldSearch } from "#shared/quantum/field-result.ts";
import { pureSpinSquare } from "#shared/quantum/field-result.ts";
import { SAME_SOLUTION_HARTREE } from "#shared/quantum/field-solutions.ts";
import { spinSquareOf } from "./field-properties.ts";
import { hartreeFock, oneElectronIntegrals, type ScfOptions, type ScfResult } from "./scf.ts";
import type { LowestField } from "./search.ts";
import type { NamedStart } from "./starts.ts";
import type { QuantumSystem } from "./system.ts";

interface KohnShamOptions extends Required<Pick<ScfOptions, "kind" | "functional">> {
  /** Tried beside the superposed atoms, such as the orbitals of a neighbour on a curve. */
  readonly further?: readonly NamedStart[];
}

/**
 * RKS or UKS from the superposed atoms, and from other orbitals where some are given; the lowest is kept. Each is tested for internal
 * stability and left for what lies below it, which for Kohn–Sham fields is nearly always enough.
 *
 * Throws as hartreeFock.
 */
export function lowestKohnSham(
  system: QuantumSystem,
  { further = [], ...options }: KohnShamOptions,
): LowestField {
  const { overlap } = oneElectronIntegrals(system);
  const pure = pureSpinSquare(system.multiplicity);
  const starts: FieldSearch["starts"] = [];
  let fockBuilds = 0;
  const run = (name: string, more: Pick<ScfOptions, "start"> = {}): ScfResult => {
    const scf = hartreeFock(system, { ...options, ...more });
    const { outcome, energy_hartree } = scf;
    const spinSquare = options.kind === "uhf" ? spinSquareOf(system, scf, overlap) : pure;
    starts.push({ start: name, outcome, energy_hartree, spinSquare });
    fockBuilds += scf.fockBuilds;
    return scf;
  };
  const isLower = (one: ScfResult, other: ScfResult): boolean =>
    one.outcome === "converged" &&
    (other.outcome !== "converged" || one.energy_hartree < other.energy_hartree - SAME_SOLUTION_HARTREE);
  let lowest = run("superposed atoms");
  for (const { name, start } of further) {
    const scf = run(name, { start });
    if (isLower(scf, lowest)) lowest = scf;
  }
  return { scf: lowest, search: { starts, restricted: null, fockBuilds } };
}
