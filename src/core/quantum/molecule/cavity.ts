/** A molecule's cavity in a solvent: spheres around its atoms. */
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { type Continuum, checkDielectric, conductorFactor } from "#shared/quantum/solvents.ts";
import { toBohr } from "#shared/units.ts";
import type { PointCharges } from "./point-charges.ts";

/**
 * Van der Waals radii, Å: A. Bondi, doi:10.1021/j100785a001; of Be, B, Al, Ca, Ge, Rb, Sr and Sb, where he has none, M. Mantina et al.,
 * doi:10.1021/jp8111556. Of other metals neither has one.
 */
const VAN_DER_WAALS_ANGSTROM: Readonly<Record<string, number>> = {
  ...{ H: 1.2, He: 1.4, Li: 1.82, Be: 1.53, B: 1.92, C: 1.7, N: 1.55, O: 1.52, F: 1.47, Ne: 1.54 },
  ...{ Na: 2.27, Mg: 1.73, Al: 1.84, Si: 2.1, P: 1.8, S: 1.8, Cl: 1.75, Ar: 1.88, K: 2.75, Ca: 2.31 },
  ...{ Ni: 1.63, Cu: 1.4, Zn: 1.39, Ga: 1.87, Ge: 2.11, As: 1.85, Se: 1.9, Br: 1.85, Kr: 2.02, Rb: 3.03 },
  ...{ Sr: 2.49, Pd: 1.63, Ag: 1.72, Cd: 1.58, In: 1.93, Sn: 2.17, Sb: 2.06, Te: 2.06, I: 1.98, Xe: 2.16 },
};

/** Å for Å of a van der Waals radius: J. Tomasi, M. Persico, doi:10.1021/cr00031a013. */
const SCALE = 1.2;

/** For integrals of the basis functions with the surface's charges; those that do not fit are computed anew each iteration. */
export const SURFACE_STORE_BYTES = 512 * 1024 ** 2;

/** What the radii are, for people. */
export const RADII_TITLE = `${SCALE} × Bondi`;

/**
 * Radii of the atoms' spheres, Å; 0 for ghosts, which have none.
 *
 * @throws DomainError `not-supported` for an element without a radius
 */
function cavityRadii(symbols: readonly string[], ghosts: ReadonlySet<number>): number[] {
  return symbols.map((symbol, atom) => {
    if (ghosts.has(atom)) return 0;
    const radius = VAN_DER_WAALS_ANGSTROM[symbol];
    if (radius !== undefined) return SCALE * radius;
    throw new DomainError(
      "not-supported",
      `Solvent: there is no van der Waals radius of ${symbol} (atom ${atom + 1}); expected one of ` +
        `${Object.keys(VAN_DER_WAALS_ANGSTROM).join(", ")}. Compute it in the gas phase.`,
      { symbol },
    );
  });
}

interface Surroundings {
  readonly geometry: Geometry;
  readonly ghosts: ReadonlySet<number>;
  readonly pointCharges?: PointCharges | undefined;
}

/**
 * Radii and strength of a solvent as the native core takes them.
 *
 * @throws DomainError `invalid-input` for a permittivity of no solvent, `not-supported` for an element without a radius or external charges
 */
export function nativeSolvent(
  solvent: Continuum,
  { geometry, ghosts, pointCharges }: Surroundings,
): { cavityRadii: Float64Array; solventFactor: number; surfaceBytes: number } {
  checkDielectric(solvent.dielectric);
  if (pointCharges && pointCharges.charges.length > 0)
    throw new DomainError(
      "not-supported",
      "Solvent: expected no external charges, which would lie in the cavity or in the solvent, got " +
        `${pointCharges.charges.length}. Leave one of them out.`,
    );
  return {
    cavityRadii: Float64Array.from(cavityRadii(geometry.symbols, ghosts), toBohr),
    solventFactor: conductorFactor(solvent),
    surfaceBytes: SURFACE_STORE_BYTES,
  };
}
