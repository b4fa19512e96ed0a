/** What makes external charges computable. */
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { LARGEST_COORDINATE_ANGSTROM, SMALLEST_DISTANCE_ANGSTROM } from "./geometry.ts";

/** Charges beyond are refused, e: far ones that make a strong field have some thousands. */
export const LARGEST_POINT_CHARGE = 1e6;

export interface PointCharges {
  /** x y z of each in turn, Å. */
  readonly coordinates_angstrom: readonly number[];
  /** e */
  readonly charges: readonly number[];
}

const refuse = (message: string): never => {
  throw new DomainError("invalid-input", message);
};

/**
 * Checks external charges beside a molecule: within ±1e6 e and ±1e5 Å, none on a nucleus. One on a ghost is allowed.
 *
 * @throws DomainError `invalid-input`.
 */
export function checkPointCharges(
  { charges, coordinates_angstrom: x }: PointCharges,
  { symbols, coordinates_angstrom: nuclei }: Geometry,
  ghosts: ReadonlySet<number>,
): void {
  if (x.length !== 3 * charges.length)
    refuse(`${charges.length} point charges need ${3 * charges.length} coordinates, got ${x.length}.`);
  for (const [i, charge] of charges.entries()) {
    const own = x.slice(3 * i, 3 * i + 3);
    if (!(Math.abs(charge) <= LARGEST_POINT_CHARGE))
      refuse(`Point charge ${i + 1}: expected a charge within ±${LARGEST_POINT_CHARGE} e, got ${charge}.`);
    if (!own.every((value) => Math.abs(value) <= LARGEST_COORDINATE_ANGSTROM))
      refuse(
        `Point charge ${i + 1}: expected coordinates within ±${LARGEST_COORDINATE_ANGSTROM} Å, got ${own.join(", ")}.`,
      );
    if (charge === 0) continue;
    for (const [atom, symbol] of symbols.entries()) {
      const distance = Math.hypot(...own.map((value, axis) => value - nuclei[3 * atom + axis]!));
      if (!ghosts.has(atom) && distance < SMALLEST_DISTANCE_ANGSTROM)
        refuse(
          `Point charge ${i + 1} lies on atom ${atom + 1} (${symbol}): expected a distance of at least ` +
            `${SMALLEST_DISTANCE_ANGSTROM} Å, got ${distance.toPrecision(2)} Å. Its energy would be that of another nucleus: ` +
            "move the charge, or make the atom a ghost.",
        );
    }
  }
}
