/** Geometries a little off, so that a relaxation does not stay on a saddle by its symmetry. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { uniformNumbers } from "#shared/random.ts";

/** Å. */
const DISPLACEMENT_ANGSTROM = 0.08;

/** Every coordinate moved by up to 0.08 Å at random. @param seed 32-bit unsigned: the same moves for the same seed; absent: the same in every campaign, so that states are found again */
export function displaced({ coordinates_angstrom, ...atoms }: Geometry, seed = 1): Geometry {
  const random = uniformNumbers(seed);
  return {
    ...atoms,
    coordinates_angstrom: coordinates_angstrom.map((x) => x + DISPLACEMENT_ANGSTROM * (2 * random() - 1)),
  };
}
