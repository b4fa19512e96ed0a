/** What makes a geometry computable. */
import { DomainError } from "#shared/errors.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";

/**
 * Nuclei closer than this are refused. The shortest bond (H₂) is 0.74 Å and no potential a person would scan reaches
 * 0.1 Å, while there the overlap matrix of any usual basis is singular to working precision.
 */
export const SMALLEST_DISTANCE_ANGSTROM = 0.1;

/** Coordinates beyond this are refused: 10 μm is no molecule, and squares of distances lose their digits or overflow. */
export const LARGEST_COORDINATE_ANGSTROM = 1e5;

const refuse = (message: string): never => {
  throw new DomainError("invalid-input", message);
};

/**
 * Checks that a geometry can be computed with: known elements, coordinates within ±1e5 Å, no two nuclei on one spot.
 *
 * @throws DomainError `invalid-input`.
 */
export function checkGeometry(geometry: Geometry): void {
  const { symbols, coordinates_angstrom: x } = geometry;
  if (symbols.length === 0) refuse("A geometry needs at least one atom, got none.");
  if (x.length !== 3 * symbols.length) {
    refuse(`A geometry of ${symbols.length} atoms needs ${3 * symbols.length} coordinates, got ${x.length}.`);
  }
  for (const [i, symbol] of symbols.entries()) {
    if (atomicNumber(symbol) === undefined)
      refuse(`Atom ${i + 1}: expected an element from H to Xe, got "${symbol}".`);
    const own = x.slice(3 * i, 3 * i + 3);
    if (!own.every(Number.isFinite)) {
      refuse(`Atom ${i + 1} (${symbol}): expected finite coordinates in Å, got ${own.join(", ")}.`);
    }
    if (own.some((value) => Math.abs(value) > LARGEST_COORDINATE_ANGSTROM)) {
      refuse(
        `Atom ${i + 1} (${symbol}): expected coordinates within ±${LARGEST_COORDINATE_ANGSTROM} Å, got ` +
          `${own.join(", ")}: are they in Å, and is the molecule near the origin?`,
      );
    }
    for (let j = 0; j < i; j++) {
      const length = distance(geometry.coordinates_angstrom, i, j);
      if (length < SMALLEST_DISTANCE_ANGSTROM) {
        refuse(
          `Atoms ${j + 1} (${symbols[j]}) and ${i + 1} (${symbol}) overlap: expected a distance of at least ` +
            `${SMALLEST_DISTANCE_ANGSTROM} Å, got ${length.toFixed(4)} Å.`,
        );
      }
    }
  }
}
