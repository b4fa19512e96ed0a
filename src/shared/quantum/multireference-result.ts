/** States of any spin in one set of orbitals. Energies in Hartree, JSON-safe throughout. */
import { z } from "zod";
import { Outcome } from "./state-result.ts";
import { Ansatz } from "./vqe.ts";

export const MultireferenceState = z.strictObject({
  /** 2S + 1 */
  multiplicity: z.number().int(),
  /** From 1, the lowest of its multiplicity. */
  root: z.number().int(),
  outcome: Outcome,
  /** Before any correction. */
  energy_hartree: z.number(),
  /** Of a state by VQE: what exact diagonalisation gives for this multiplicity and root in the same orbitals. */
  exact_hartree: z.number().exactOptional(),
  /** What perturbation theory adds; null where it was not asked for, or means nothing. */
  pt2_hartree: z.number().nullable(),
  /** Of the functions that perturb the state, how far the lowest lies above it; where one lies near or below, the state is not converged. */
  lowestPerturber_hartree: z.number().exactOptional(),
  /** ⟨S²⟩ */
  spinSquare: z.number(),
  /** Of the active orbitals, both spins together, falling, 0 … 2. */
  naturalOccupations: z.array(z.number()),
});
export type MultireferenceState = z.infer<typeof MultireferenceState>;

/** Between two states of one spin, roots from 1. */
export const Transition = z.strictObject({
  multiplicity: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
  /** Before any correction. */
  excitation_hartree: z.number(),
  /** With what perturbation theory adds to both; absent where it was not asked for, or means nothing for one of them. */
  correctedExcitation_hartree: z.number().exactOptional(),
  /** ⟨from|μ|to⟩, e·bohr; its sign is free. */
  dipole_au: z.tuple([z.number(), z.number(), z.number()]),
  /** ⅔ ΔE |μ|², length form, ΔE before any correction; of one spin component to one. */
  oscillatorStrength: z.number(),
});
export type Transition = z.infer<typeof Transition>;

/** How the orbitals of CASSCF were found. */
export const OrbitalOptimisation = z.strictObject({
  outcome: Outcome,
  /** Of the start that was kept, which `start` names. */
  iterations: z.number().int(),
  start: z.string(),
  /** Largest derivative of the mean energy along a rotation of two orbitals. */
  gradient_hartree: z.number(),
  /** All that were tried, with the mean energy that each led to. */
  starts: z.array(z.strictObject({ start: z.string(), outcome: Outcome, energy_hartree: z.number() })),
  /**
   * The lowest second derivative of the mean energy along a rotation that was found at the solution kept, the states following: of a saddle point
   * below 0. Absent where it was not looked for.
   */
  curvature_hartree: z.number().exactOptional(),
  /** Where the directions that may be tried did not settle it: there may be a lower one. */
  isCurvatureOpen: z.literal(true).exactOptional(),
  /** What could not be tried beside them, and why. */
  skipped: z.array(z.strictObject({ start: z.string(), reason: z.string() })).exactOptional(),
});
export type OrbitalOptimisation = z.infer<typeof OrbitalOptimisation>;

export const MultireferenceResult = z.strictObject({
  outcome: Outcome,
  /** By multiplicity, each ascending. */
  states: z.array(MultireferenceState),
  /** From the lowest state of each multiplicity to those above it. */
  transitions: z.array(Transition),
  /** How VQE found the states; absent where they are those of exact diagonalisation. */
  vqe: z
    .strictObject({
      ansatz: Ansatz,
      layers: z.number().int(),
      starts: z.number().int(),
      seed: z.number().int(),
    })
    .exactOptional(),
  /** Of CASSCF; absent where the orbitals are those of the field. */
  orbitals: OrbitalOptimisation.exactOptional(),
  wallTime_ms: z.number(),
});
export type MultireferenceResult = z.infer<typeof MultireferenceResult>;

/** Below it, Hartree, a direction leads down: differences of derivatives err by some 1e-4. */
export const DOWNWARD_HARTREE = -1e-3;

/** Whether orbitals that were looked at are a minimum, in words. */
export function minimumWords({
  curvature_hartree: curvature,
  isCurvatureOpen,
}: Pick<OrbitalOptimisation, "curvature_hartree" | "isCurvatureOpen">): string | undefined {
  if (curvature === undefined) return undefined;
  const value = `the lowest second derivative found along a turn of the orbitals is ${curvature.toFixed(3)} Hartree`;
  if (curvature < DOWNWARD_HARTREE) return `a saddle point: ${value}, and no minimum was found downhill`;
  return isCurvatureOpen
    ? `not known to be a minimum: ${value}, and the search for a lower one did not converge`
    : `a minimum: ${value}`;
}

/** Energy with what perturbation theory adds, Hartree. */
export const totalEnergy = ({ energy_hartree, pt2_hartree }: MultireferenceState): number =>
  energy_hartree + (pt2_hartree ?? 0);

/** The state of lowest energy, corrections included; null where the calculation did not converge. */
export function lowestState({ outcome, states }: MultireferenceResult): MultireferenceState | null {
  const [first, ...rest] = states;
  if (outcome === "not-converged" || !first) return null;
  return rest.reduce((lowest, state) => (totalEnergy(state) < totalEnergy(lowest) ? state : lowest), first);
}
