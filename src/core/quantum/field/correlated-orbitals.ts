/** Canonical orbitals as methods that correlate them take them, those of a frozen core first. */
import { DomainError } from "#shared/errors.ts";
import { joined } from "../native/joined.ts";
import { chemicalCore, coreFirst } from "./chemical-core.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem, SystemSize } from "./system.ts";

/** Orbitals left uncorrelated: so many from the lowest, or the elements' chemical core, wherever it lies. */
export type FrozenCore = number | "chemical";

function requireFrozenCore(title: string, scf: ScfResult, nFrozen: number): void {
  if (Number.isInteger(nFrozen) && nFrozen >= 0 && nFrozen <= scf.nelec[1]) return;
  throw new DomainError(
    "invalid-input",
    `${title}: expected a frozen core of 0 to ${scf.nelec[1]} orbitals, got ${nFrozen}.`,
    { nFrozen },
  );
}

/** Orbitals of a spin, those that are frozen first; undefined where both spins share theirs. */
function frozenFirst(
  system: QuantumSystem,
  scf: ScfResult,
  { spin, isChemical }: { spin: 0 | 1; isChemical: boolean },
) {
  const [orbitals, energies] = [scf.orbitals[spin], scf.orbitalEnergies_hartree[spin]];
  if (!orbitals || !energies) return undefined;
  const own = { orbitals, energies };
  return (isChemical && coreFirst(system, own, scf.nelec[spin])) || own;
}

function requireCanonical(title: string, { outcome, kind }: ScfResult): void {
  if (outcome !== "converged") {
    throw new DomainError(
      "invalid-input",
      `${title} needs a converged field, got one that did not converge.`,
    );
  }
  if (kind === "rohf") {
    throw new DomainError(
      "invalid-input",
      `${title} needs canonical RHF or UHF orbitals, got rohf: take uhf.`,
    );
  }
}

/** Number of orbitals that a core holds. An ion may have lost electrons of its core, as Li²⁺. */
export const frozenCount = (system: SystemSize, frozen: FrozenCore): number =>
  frozen === "chemical" ? Math.min(chemicalCore(system), system.nelec[1]) : frozen;

/**
 * Orbitals of all solutions as the native core takes them, one after another; of β only where it has its own.
 *
 * @throws DomainError `invalid-input` for rohf orbitals, an unconverged field or a core that is too large; its message begins with the title
 */
export function correlatedOrbitals(
  system: QuantumSystem,
  solutions: readonly ScfResult[],
  { title, frozen }: { title: string; frozen: FrozenCore },
) {
  const nFrozen = frozenCount(system, frozen);
  for (const scf of solutions) {
    requireCanonical(title, scf);
    requireFrozenCore(title, scf, nFrozen);
  }
  const setsOf = (spin: 0 | 1) => {
    const sets = solutions.flatMap(
      (scf) => frozenFirst(system, scf, { spin, isChemical: frozen === "chemical" }) ?? [],
    );
    return {
      count: sets.length,
      orbitals: joined(sets.map(({ orbitals }) => orbitals)),
      energies: joined(sets.map(({ energies }) => energies)),
    };
  };
  const [alpha, beta] = [setsOf(0), setsOf(1)];
  return {
    nFrozen,
    orbitalsAlpha: alpha.orbitals,
    energiesAlpha: alpha.energies,
    ...(beta.count > 0 && { orbitalsBeta: beta.orbitals, energiesBeta: beta.energies }),
  };
}
