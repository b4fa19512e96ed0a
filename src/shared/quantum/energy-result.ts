/** What the quantum evaluator answers. Energies in Hartree, JSON-safe throughout. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";
import { Geometry } from "../molecule/molecule.ts";
import { ActiveSpace } from "./active-space.ts";
import { CheckFiles } from "./check-files.ts";
import { CoupledClusterResult } from "./coupled-cluster-result.ts";
import { Diagnostic } from "./diagnostic.ts";
import { DispersionResult } from "./dispersion.ts";
import { IonKind } from "./energy-request.ts";
import { ExcitationsResult } from "./excitations-result.ts";
import { HartreeFockResult, Properties } from "./field-result.ts";
import { MultireferenceResult } from "./multireference-result.ts";
import { DeviceCircuit, MappedHamiltonian } from "./qubits.ts";
import { SciResult } from "./sci-result.ts";
import { CasciResult, Outcome, VqeResult } from "./state-result.ts";
import { VibrationsResult } from "./vibrations-result.ts";

/** A cation or anion in the orbitals and the active space of the molecule. */
export const IonResult = z.strictObject({
  kind: IonKind,
  casci: CasciResult,
  vqe: VqeResult.nullable(),
  /** −ε of the highest occupied orbital for a cation, of the lowest empty one for an anion. */
  koopmans_hartree: z.number(),
});
export type IonResult = z.infer<typeof IonResult>;

export const Mp2Result = z.strictObject({
  energy_hartree: z.number(),
  correlation_hartree: z.number(),
  sameSpin_hartree: z.number(),
  oppositeSpin_hartree: z.number(),
  /** Of a pair of opposite spins: above about 0.1 one determinant is a poor start. */
  largestAmplitude: z.number(),
  /** What the doubles add to ⟨S²⟩ of an open shell's determinant, to first order; absent in results of before it was computed. */
  spinSquareChange: z.number().optional(),
  nFrozenCore: z.number().int(),
  wallTime_ms: z.number(),
});
export type Mp2Result = z.infer<typeof Mp2Result>;

/** What a way was made in; where internal coordinates were left, at which step and why. */
export const OptimisationCoordinates = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("internal") }),
  z.strictObject({
    kind: z.literal("cartesian"),
    left: z.strictObject({ step: z.number().int(), why: z.string() }).exactOptional(),
  }),
]);
export type OptimisationCoordinates = z.infer<typeof OptimisationCoordinates>;

export const Optimisation = z.strictObject({
  outcome: Outcome,
  /** Where the atoms ended; the energies beside are of this geometry. */
  geometry: Geometry,
  steps: z.number().int(),
  /** Largest component of the gradient; null where the last field did not converge. */
  gradient_hartree_per_bohr: z.number().nullable(),
  trace_hartree: z.array(z.number()),
  /** Absent in earlier records: Cartesian. */
  coordinates: OptimisationCoordinates.exactOptional(),
  wallTime_ms: z.number(),
});
export type Optimisation = z.infer<typeof Optimisation>;

/** The answer to an EnergyRequest; null where a method was not asked for or not reached. */
export const EnergyResult = z.strictObject({
  /** Its name, and its functions where these were chosen: "6-31G* (spherical)". */
  basis: z.string(),
  nBasis: z.number().int(),
  charge: z.number().int(),
  multiplicity: z.number().int(),
  nuclearRepulsion_hartree: z.number(),
  hartreeFock: HartreeFockResult,
  /** Beside the field, whose energy has none of it; absent where not asked for. */
  dispersion: DispersionResult.exactOptional(),
  /** null where the field did not converge. */
  properties: Properties.nullable().default(null),
  mp2: Mp2Result.nullable().default(null),
  /** Absent where it was not asked for or not reached. */
  coupledCluster: CoupledClusterResult.exactOptional(),
  /** Absent where none were asked for, and where the field did not converge. */
  excitations: ExcitationsResult.exactOptional(),
  activeSpace: ActiveSpace.nullable(),
  /** Hash of the active space's integrals, bit for bit; null without an active space and in earlier records. */
  integralsHash: Sha256.nullable().default(null),
  casci: CasciResult.nullable(),
  fci: CasciResult.nullable().default(null),
  /** Selected CI, where asked for and reached. */
  sci: SciResult.exactOptional(),
  vqe: VqeResult.nullable(),
  /** Absent where no states were asked for by their spin. */
  multireference: MultireferenceResult.exactOptional(),
  /** Where asked for and where the field converged. */
  diagnostic: Diagnostic.exactOptional(),
  /** FCIDUMP of the Hamiltonian that was correlated, where asked for. */
  fcidump: z.string().exactOptional(),
  /** What others need to check the energy, where asked for. */
  record: CheckFiles.exactOptional(),
  /** Molden file of the orbitals, where asked for and where the field converged. */
  molden: z.string().exactOptional(),
  /** Input file for the program that was asked for. */
  inputFile: z.string().exactOptional(),
  /** The VQE's circuit on the device that was asked for. */
  device: DeviceCircuit.nullable().default(null),
  /** The active space's Hamiltonian on qubits, where a mapping was asked for. */
  mapping: MappedHamiltonian.nullable().default(null),
  /** Where asked for. */
  ions: z.array(IonResult).default([]),
  backend: z.string(),
  /** Build id of the native core: the same input and build give the same bits. */
  build: z.string(),
  /** OpenQASM 3 program of the VQE's circuit at its parameters, where asked for; Jordan–Wigner qubits, α before β, or routed. */
  openQasm: z.string().nullable().default(null),
  /** Name and version of the program, where the result stands alone. */
  program: z.string().nullable().default(null),
  optimisation: Optimisation.nullable().default(null),
  /** Absent where not asked for, and where no field converged. */
  vibrations: VibrationsResult.exactOptional(),
  /** What has to be known beside the energies: of the basis, and of a field less symmetric than its nuclei. None in earlier records. */
  notes: z.array(z.string()).default([]),
  /** null in earlier records. */
  threads: z.number().nullable().default(null),
  wallTime_ms: z.number(),
  /** Of the processor, which other programs do not lengthen; absent where several threads computed, and in earlier results. */
  processorTime_ms: z.number().exactOptional(),
});
export type EnergyResult = z.infer<typeof EnergyResult>;
