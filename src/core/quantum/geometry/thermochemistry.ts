/** Enthalpy, entropy and Gibbs energy of an ideal gas of rigid rotors and harmonic oscillators. */

import type { GasConditions, ThermalTerms } from "#shared/quantum/vibrations-result.ts";
import {
  ANGSTROM_PER_BOHR,
  BOLTZMANN_HARTREE_PER_KELVIN as BOLTZMANN,
  ELECTRON_MASSES_PER_DALTON,
  KILOGRAMS_PER_ELECTRON_MASS,
  METRES_PER_ANGSTROM,
  PASCAL_PER_ATOMIC_UNIT,
  PER_CENTIMETRE_PER_HARTREE,
} from "#shared/units.ts";
import type { FreeBody } from "./vibrations.ts";

interface GasMolecule {
  readonly body: FreeBody;
  /** All real, cm⁻¹. */
  readonly frequencies_per_cm: readonly number[];
  /** Of turns that give the molecule back: 1, 2, 3 … */
  readonly symmetryNumber: number;
  /** 2S + 1: the ground state's degeneracy. */
  readonly multiplicity: number;
}

/** Energy and entropy of one kind of motion, both in units of k or kT. */
interface Share {
  energy: number;
  entropy: number;
}

function translation({ mass }: FreeBody, kT: number, pressure: number): Share {
  const m = mass * ELECTRON_MASSES_PER_DALTON;
  const q = ((m * kT) / (2 * Math.PI)) ** 1.5 * (kT / pressure);
  return { energy: 1.5, entropy: Math.log(q) + 2.5 };
}

function rotation({ momentsOfInertia }: FreeBody, symmetryNumber: number, kT: number): Share {
  const moments = momentsOfInertia.filter((moment) => moment > 0).map((i) => i * ELECTRON_MASSES_PER_DALTON);
  if (moments.length === 0) return { energy: 0, entropy: 0 };
  const turns = moments.map((i) => 2 * i * kT);
  const q =
    moments.length === 3
      ? Math.sqrt(Math.PI * turns.reduce((a, b) => a * b))
      : Math.sqrt(turns.reduce((a, b) => a * b));
  const energy = moments.length / 2;
  return { energy, entropy: Math.log(q / symmetryNumber) + energy };
}

function vibration(frequency_per_cm: number, kT: number): Share {
  const x = frequency_per_cm / PER_CENTIMETRE_PER_HARTREE / kT;
  const energy = x / Math.expm1(x);
  return { energy, entropy: energy - Math.log(-Math.expm1(-x)) };
}

/** Where half of a vibration counts as a rotor, cm⁻¹. */
const ROTOR_PER_CM = 100;
/** A moment of inertia that no rotor exceeds, 1e-44 kg m², in electron masses bohr². */
const LARGEST_MOMENT = 1e-44 / (KILOGRAMS_PER_ELECTRON_MASS * (ANGSTROM_PER_BOHR * METRES_PER_ANGSTROM) ** 2);

/**
 * The entropy of a vibration that goes over into that of a rotor with its frequency where it is soft, with which that of an oscillator
 * grows without end. S. Grimme, doi:10.1002/chem.201200497, eqs. 3 to 8.
 */
function quasiHarmonic(frequency_per_cm: number, kT: number): Share {
  const { energy, entropy } = vibration(frequency_per_cm, kT);
  const own = PER_CENTIMETRE_PER_HARTREE / (2 * frequency_per_cm);
  const moment = (own * LARGEST_MOMENT) / (own + LARGEST_MOMENT);
  const rotor = 0.5 + 0.5 * Math.log(2 * Math.PI * moment * kT);
  const share = 1 / (1 + (ROTOR_PER_CM / frequency_per_cm) ** 4);
  return { energy, entropy: share * entropy + (1 - share) * rotor };
}

/**
 * Zero-point and thermal terms of a gas molecule (D. A. McQuarrie, Statistical Mechanics, 1976, ch. 5–8). Turns about a single
 * bond count as vibrations, or with `quasiHarmonic` nearly as rotors.
 *
 * @throws RangeError for a frequency that is not above 0: the geometry is no minimum, or the motion no vibration
 */
export function thermalTerms(
  { body, frequencies_per_cm, symmetryNumber, multiplicity }: GasMolecule,
  { temperature_kelvin: temperature, pressure_pascal, frequencyScale, ...soft }: GasConditions,
): ThermalTerms {
  const wrong = frequencies_per_cm.find((frequency) => !(frequency > 0));
  if (wrong !== undefined) throw new RangeError(`expected frequencies above 0 cm⁻¹, got ${wrong}`);
  const frequencies = frequencies_per_cm.map((frequency) => frequency * frequencyScale);
  const kT = BOLTZMANN * temperature;
  const shares = [
    translation(body, kT, pressure_pascal / PASCAL_PER_ATOMIC_UNIT),
    rotation(body, symmetryNumber, kT),
    ...frequencies.map((frequency) => (soft.quasiHarmonic ? quasiHarmonic : vibration)(frequency, kT)),
  ];
  const zeroPoint = frequencies.reduce((a, b) => a + b, 0) / 2 / PER_CENTIMETRE_PER_HARTREE;
  const enthalpy = zeroPoint + kT * (1 + shares.reduce((sum, { energy }) => sum + energy, 0));
  const entropy =
    BOLTZMANN * (Math.log(multiplicity) + shares.reduce((sum, share) => sum + share.entropy, 0));
  return {
    zeroPoint_hartree: zeroPoint,
    enthalpy_hartree: enthalpy,
    entropy_hartree_per_kelvin: entropy,
    gibbs_hartree: enthalpy - temperature * entropy,
  };
}
