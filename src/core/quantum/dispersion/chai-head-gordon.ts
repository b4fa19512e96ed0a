/** The dispersion of ωB97X-D. */
import { join } from "node:path";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { KJ_PER_MOL_PER_HARTREE, toBohr } from "#shared/units.ts";
import { readShipped } from "../molecule/shipped-file.ts";
import type { Dispersion, DispersionModel } from "./dispersion.ts";

const Element = z.strictObject({
  c6_joule_nm6_per_mol: z.number().positive(),
  radius_angstrom: z.number().positive(),
});
const Elements = z.record(z.string(), Element);
type Elements = z.infer<typeof Elements>;

/** Of 1 J nm⁶/mol, Hartree bohr⁶. */
const C6_UNIT = toBohr(10) ** 6 / (1000 * KJ_PER_MOL_PER_HARTREE);
/** a and its exponent. */
const DAMPING = { a: 6, power: 12 } as const;

interface Atom {
  readonly index: number;
  readonly position: readonly [number, number, number];
  /** Square root of C6, Hartree bohr⁶. */
  readonly strength: number;
  readonly radius: number;
}

function atomOf(elements: Elements, { symbols, coordinates_angstrom: x }: Geometry, index: number): Atom {
  const symbol = symbols[index]!;
  const element = elements[symbol];
  if (!element)
    throw new DomainError(
      "not-supported",
      `The dispersion of ωB97X-D has no parameters for ${symbol} (atom ${index + 1}): expected elements from H to Xe. Take another functional.`,
      { symbol },
    );
  return {
    index,
    position: [toBohr(x[3 * index]!), toBohr(x[3 * index + 1]!), toBohr(x[3 * index + 2]!)],
    strength: Math.sqrt(element.c6_joule_nm6_per_mol * C6_UNIT),
    radius: toBohr(element.radius_angstrom),
  };
}

/** −C6/r⁶ / (1 + a (r/R)⁻¹²) and its derivative by r. */
function pairOf(a: Atom, b: Atom, r: number): { energy: number; slope: number } {
  const bare = (-a.strength * b.strength) / r ** 6;
  const near = DAMPING.a * ((a.radius + b.radius) / r) ** DAMPING.power;
  const energy = bare / (1 + near);
  return { energy, slope: (energy / r) * ((DAMPING.power * near) / (1 + near) - 6) };
}

/** Over pairs of atoms: J.-D. Chai, M. Head-Gordon, doi:10.1039/b810189b. Throws DomainError `not-supported` for an element without parameters. */
const chaiHeadGordon =
  (elements: Elements): DispersionModel =>
  (geometry, ghosts): Dispersion => {
    const atoms = geometry.symbols.flatMap((_, index) =>
      ghosts.has(index) ? [] : [atomOf(elements, geometry, index)],
    );
    let energy_hartree = 0;
    const gradient = new Float64Array(3 * geometry.symbols.length);
    for (const [i, a] of atoms.entries())
      for (const b of atoms.slice(0, i)) {
        const along = a.position.map((x, axis) => x - b.position[axis]!);
        const r = Math.hypot(...along);
        const { energy, slope } = pairOf(a, b, r);
        energy_hartree += energy;
        for (const [axis, x] of along.entries()) {
          gradient[3 * a.index + axis]! += (slope * x) / r;
          gradient[3 * b.index + axis]! -= (slope * x) / r;
        }
      }
    return { model: "chg", energy_hartree, gradient };
  };

/**
 * With the C6 and radii of S. Grimme, doi:10.1002/jcc.20495, H to Xe.
 *
 * @param resources the folder that holds dispersion/
 * @throws DomainError `invalid-input` for a file that is not as it was shipped
 */
export async function loadChaiHeadGordon(resources: string): Promise<DispersionModel> {
  const text = await readShipped(join(resources, "dispersion"), "d2.json", "dispersion");
  return chaiHeadGordon(Elements.parse(JSON.parse(text)));
}
