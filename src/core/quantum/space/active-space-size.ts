/** What an active space must fulfil before work begins. */

import { DomainError } from "#shared/errors.ts";
import type { ActiveSpaceSize } from "#shared/quantum/active-space.ts";
import { casciMemory_bytes } from "../ci/ci.ts";
import { DEFAULT_MEMORY_BYTES } from "../hamiltonian/hamiltonian.ts";
import { determinantCount, MAX_ORBITALS, MAX_SELECTED_ORBITALS } from "../native/limits.ts";

/** The electrons of each spin and the orbitals that a molecule has in a basis. */
export interface OrbitalCount {
  readonly nelec: readonly [number, number];
  readonly nOrbitals: number;
}

/** Whether exact diagonalisation of the space stays within the memory of one calculation. */
export function isManageable(doublyOccupied: number, unpaired: number, virtual: number): boolean {
  const norb = doublyOccupied + unpaired + virtual;
  const sector = { norb, nelec: [doublyOccupied + unpaired, doublyOccupied] as const };
  return norb <= MAX_ORBITALS && casciMemory_bytes(sector, 1) <= DEFAULT_MEMORY_BYTES;
}

/** Refuses a space that is too large, with one around the same frontier that is not. */
function requireManageable({ nelec, norb }: ActiveSpaceSize, unpaired: number): void {
  let occupied = (nelec - unpaired) / 2;
  let virtual = norb - unpaired - occupied;
  if (isManageable(occupied, unpaired, virtual)) return;
  while (!isManageable(occupied, unpaired, virtual)) {
    if (occupied > virtual) occupied--;
    else virtual--;
  }
  const determinants = determinantCount(norb, [(nelec + unpaired) / 2, (nelec - unpaired) / 2]);
  throw new DomainError(
    "not-supported",
    `The active space (${nelec}e,${norb}o) is too large: it has ${determinants.toPrecision(3)} determinants; expected ` +
      `at most ${MAX_ORBITALS} orbitals and ${DEFAULT_MEMORY_BYTES / 2 ** 30} GiB of state vectors. ` +
      `(${2 * occupied + unpaired}e,${occupied + unpaired + virtual}o) would fit.`,
    { nelec, norb },
  );
}

/**
 * Checks, before any work, that a frontier window of this size exists.
 *
 * @throws DomainError `invalid-input` where the space does not fit: an odd number of electrons, more electrons or
 * orbitals than there are.
 */
export function checkActiveSpaceFits({ nelec, norb }: ActiveSpaceSize, molecule: OrbitalCount): void {
  const { nOrbitals } = molecule;
  const nOccupied = molecule.nelec[1];
  const unpaired = molecule.nelec[0] - nOccupied;
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
        `orbitals of a molecule with ${molecule.nelec[0] + nOccupied} electrons and ${nOrbitals} orbitals.`,
      { nelec, norb },
    );
  }
}

/** As checkActiveSpaceFits, and refuses one that exact diagonalisation cannot hold: `not-supported`; the message says what would do. */
export function checkActiveSpace(size: ActiveSpaceSize, molecule: OrbitalCount): void {
  checkActiveSpaceFits(size, molecule);
  requireManageable(size, molecule.nelec[0] - molecule.nelec[1]);
}

/** As checkActiveSpaceFits, and refuses more orbitals than selected CI has bits for: `not-supported`. */
export function checkSelectedSpace(size: ActiveSpaceSize, molecule: OrbitalCount): void {
  checkActiveSpaceFits(size, molecule);
  if (size.norb <= MAX_SELECTED_ORBITALS) return;
  throw new DomainError(
    "not-supported",
    `Selected CI: expected at most ${MAX_SELECTED_ORBITALS} orbitals, got (${size.nelec}e,${size.norb}o). Freeze the core, choose an ` +
      "active space, or take a smaller basis.",
    { nelec: size.nelec, norb: size.norb },
  );
}
