/** Active spaces: which orbitals are correlated, and the Hamiltonian of their electrons. */
import { DomainError } from "#shared/errors.ts";
import type { ActiveSpace, ActiveSpaceSize } from "#shared/evaluation.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";
import { callNative } from "./native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/**
 * The frontier window: the highest occupied and lowest virtual orbitals of a closed-shell field, by energy.
 *
 * @throws DomainError `invalid-input` where the space does not fit: an odd number of electrons, more electrons or
 * orbitals than there are.
 */
export function frontierActiveSpace(scf: ScfResult, { nelec, norb }: ActiveSpaceSize): ActiveSpace {
  const nOccupied = scf.nelec[1];
  const unpaired = scf.nelec[0] - scf.nelec[1];
  const nOrbitals = scf.orbitalEnergies_hartree[0]!.length;
  const fromOccupied = (nelec - unpaired) / 2;
  const reasons = [
    [!Number.isInteger(fromOccupied) || fromOccupied < 0, `${unpaired} unpaired electrons and whole pairs`],
    [fromOccupied > nOccupied, `at most ${2 * nOccupied + unpaired} electrons`],
    [nelec > 2 * norb, `at most ${2 * norb} electrons in ${norb} orbitals`],
    [fromOccupied + unpaired > norb, `at least ${fromOccupied + unpaired} orbitals for ${nelec} electrons`],
    [norb - fromOccupied > nOrbitals - nOccupied, `at most ${nOrbitals - nOccupied + fromOccupied} orbitals`],
  ] as const;
  const broken = reasons.find(([isBroken]) => isBroken);
  if (broken) {
    throw new DomainError(
      "invalid-input",
      `The active space (${nelec}e,${norb}o) does not fit: expected ${broken[1]}, got ${nelec} electrons in ${norb} ` +
        `orbitals of a molecule with ${scf.nelec[0] + scf.nelec[1]} electrons and ${nOrbitals} orbitals.`,
      { nelec, norb },
    );
  }
  const first = nOccupied - fromOccupied;
  return { nelec, norb, orbitals: Array.from({ length: norb }, (_, i) => first + i) };
}

/**
 * Hamiltonian of the active electrons with the frozen core folded in, from the orbitals of `scf` (the first set).
 *
 * All orbitals below the first active one that are not active are core. Cost: one Coulomb build for norb(norb+1)/2
 * densities.
 */
export function activeSpaceHamiltonian(
  system: QuantumSystem,
  scf: ScfResult,
  space: ActiveSpace,
): ActiveHamiltonian {
  const unpaired = scf.nelec[0] - scf.nelec[1];
  const active = new Set(space.orbitals);
  const nCore = scf.nelec[1] - (space.nelec - unpaired) / 2;
  const core: number[] = [];
  for (let i = 0; core.length < nCore; i++) if (!active.has(i)) core.push(i);
  const h = callNative((addon) =>
    addon.activeSpaceHamiltonian({
      system: system.handle,
      orbitals: scf.orbitals[0]!,
      core: Int32Array.from(core),
      active: Int32Array.from(space.orbitals),
    }),
  );
  return { ...h, nelec: [(space.nelec + unpaired) / 2, (space.nelec - unpaired) / 2] };
}
