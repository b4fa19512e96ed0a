/** Harmonic vibrations of a molecule, and what they add to its energy. JSON-safe throughout. */
import { z } from "zod";
import { Isotope } from "../molecule/isotopes.ts";
import { Geometry } from "../molecule/molecule.ts";

/** Temperature and pressure of the gas, what its frequencies are multiplied by, and of which isotopes it is. */
export const GasConditions = z.strictObject({
  temperature_kelvin: z.number().min(1).max(5000).default(298.15),
  pressure_pascal: z.number().min(1).max(1e9).default(1e5),
  /** Of the method, for what Hartree–Fock and the harmonic approximation miss; frequencies are stored as they were computed. */
  frequencyScale: z.number().min(0.5).max(1.5).default(1),
  /** Soft vibrations have the entropy of rotors, below some 100 cm⁻¹; absent: of oscillators. */
  quasiHarmonic: z.literal(true).exactOptional(),
  /** Atoms that are of one isotope; of the others the weight is that of the natural mixture. */
  isotopes: z.array(Isotope).exactOptional(),
});
export type GasConditions = z.infer<typeof GasConditions>;

/** What is added to the energy of the nuclei at rest: ideal gas, rigid rotor, harmonic oscillators. */
export const ThermalTerms = z.strictObject({
  zeroPoint_hartree: z.number(),
  /** H(T) − E: zero-point energy, thermal energy and kT. */
  enthalpy_hartree: z.number(),
  entropy_hartree_per_kelvin: z.number(),
  /** G(T, p) − E. */
  gibbs_hartree: z.number(),
});
export type ThermalTerms = z.infer<typeof ThermalTerms>;

export const VibrationsResult = z.strictObject({
  /** not-a-minimum: the energy falls along some vibration, by an imaginary frequency of 50 cm⁻¹ and more. not-converged: the field did not somewhere, or no stationary point was found. */
  outcome: z.enum(["minimum", "not-a-minimum", "not-converged"]),
  /** cm⁻¹, rising; negative numbers stand for imaginary ones. 3n − 6, 3n − 5 for a linear molecule, none for an atom. */
  frequencies_per_cm: z.array(z.number()),
  /** Turns that give the molecule back. */
  symmetryNumber: z.number().int().min(1),
  conditions: GasConditions,
  /** null where there is no minimum. */
  terms: ThermalTerms.nullable(),
  /** Where it is no minimum: a little way down the vibration of the lowest frequency. */
  downhill: Geometry.nullable(),
  wallTime_ms: z.number(),
});
export type VibrationsResult = z.infer<typeof VibrationsResult>;
