import { massesOf } from "#shared/molecule/isotopes.ts";
import type { GasConditions, VibrationsResult } from "#shared/quantum/vibrations-result.ts";
import type { ScfResult } from "../field/scf.ts";
import type { SystemOptions } from "../field/system.ts";
import { numericalHessian } from "../geometry/numerical-hessian.ts";
import { symmetryNumber } from "../geometry/symmetry-number.ts";
import { thermalTerms } from "../geometry/thermochemistry.ts";
import { freeBody, type Vibrations, vibrations } from "../geometry/vibrations.ts";
import { withWallTime } from "./wall-time.ts";

/** Of the atom that moves most down an imaginary vibration, Å. */
const DOWNHILL_ANGSTROM = 0.1;

/**
 * Imaginary frequencies up to this one, cm⁻¹, are of motions that are free to the accuracy of a relaxation to 1e-4 Eh/bohr, as a methyl
 * group's turn in nitromethane.
 */
const FREE_PER_CM = 50;

/** Frequencies for thermal terms, free motions with their absolute value; undefined where the energy falls along some vibration. */
export const thermalFrequencies = (frequencies_per_cm: readonly number[]): number[] | undefined =>
  frequencies_per_cm.some((frequency) => !(frequency > -FREE_PER_CM))
    ? undefined
    : frequencies_per_cm.map((frequency) => Math.max(1, Math.abs(frequency)));

interface Vibrating {
  readonly molecule: SystemOptions;
  readonly scf: ScfResult;
  readonly conditions: GasConditions;
  /** Whether the geometry is where the gradient vanishes. */
  readonly isStationary: boolean;
}

function downhill({ geometry }: SystemOptions, { modes: [softest = []] }: Vibrations) {
  const most = Math.max(...softest.map(Math.abs));
  const coordinates_angstrom = geometry.coordinates_angstrom.map(
    (x, i) => x + (DOWNHILL_ANGSTROM * softest[i]!) / most,
  );
  return { ...geometry, coordinates_angstrom };
}

/** Displacements of each vibration in turn, [vibrations, 3n], each of length 1 over all atoms. */
function unitModes({ modes }: Vibrations): Float64Array {
  return Float64Array.from(
    modes.flatMap((mode) => {
      const length = Math.hypot(...mode);
      return mode.map((x) => x / length);
    }),
  );
}

/** Vibrations of a field that converged, the thermal terms where its geometry is a minimum, and how the atoms move; null where it is not known. */
export async function vibrationsOf({
  molecule,
  scf,
  conditions,
  isStationary,
}: Vibrating): Promise<{ vibrations: VibrationsResult; modes: Float64Array | null }> {
  const { geometry, multiplicity } = molecule;
  const masses = massesOf(geometry, conditions.isotopes);
  const turns = symmetryNumber(geometry, masses);
  const { value, wallTime_ms } = await withWallTime(() => {
    const { kind, orbitals, kohnSham } = scf;
    const functional = kohnSham && { name: kohnSham.functional, grid: kohnSham.grid.level };
    const hessian = isStationary
      ? numericalHessian({ system: molecule, kind, orbitals, ...(functional && { functional }) })
      : undefined;
    return hessian && vibrations(geometry, hessian, masses);
  });
  const base = { symmetryNumber: turns, conditions, terms: null, downhill: null, wallTime_ms };
  if (!value)
    return { vibrations: { ...base, outcome: "not-converged", frequencies_per_cm: [] }, modes: null };
  const modes = unitModes(value);
  const frequencies_per_cm = [...value.frequencies_per_cm];
  const real = thermalFrequencies(frequencies_per_cm);
  if (!real)
    return {
      vibrations: {
        ...base,
        outcome: "not-a-minimum",
        frequencies_per_cm,
        downhill: downhill(molecule, value),
      },
      modes,
    };
  const body = freeBody(geometry, masses);
  const gas = { body, frequencies_per_cm: real, symmetryNumber: turns, multiplicity };
  const terms = thermalTerms(gas, conditions);
  return { vibrations: { ...base, outcome: "minimum", frequencies_per_cm, terms }, modes };
}
