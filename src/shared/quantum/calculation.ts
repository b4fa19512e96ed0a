/** One molecule or Hamiltonian, computed beside campaigns: asked for, followed, kept in the notebook. JSON-safe throughout. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";
import { EnergyCurve } from "./energy-curve.ts";
import { EnergyRequest } from "./energy-request.ts";
import { EnergyResult } from "./energy-result.ts";
import { ExpectedCost } from "./expected-cost.ts";
import { HamiltonianRequest, HamiltonianResult } from "./hamiltonian-energy.ts";
import { ShownOrbitals } from "./orbitals.ts";
import { OptimisationWay } from "./way.ts";

export const CalculationId = z.uuid();
export type CalculationId = z.infer<typeof CalculationId>;

/** Frames of a curve in the window; the command line takes more. */
const MAX_FRAMES = 500;

const asked = {
  /** What a person calls it: a SMILES, a file's name. */
  name: z.string().min(1).max(200),
  /** Where the atoms come from, as results say it. */
  origin: z.string().max(500),
  /** The command line that asks for the same. */
  command: z.string().max(5000),
};

export const CalculationJob = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("energy"), ...asked, request: EnergyRequest }),
  z.strictObject({
    kind: z.literal("curve"),
    ...asked,
    requests: z.array(EnergyRequest).min(2).max(MAX_FRAMES),
  }),
  z.strictObject({ kind: z.literal("hamiltonian"), ...asked, request: HamiltonianRequest }),
]);
export type CalculationJob = z.infer<typeof CalculationJob>;

export const CalculationState = z.enum(["running", "done", "failed", "cancelled"]);
export type CalculationState = z.infer<typeof CalculationState>;

/** How it stands, in a line. */
export const CalculationStanding = z.strictObject({
  id: CalculationId,
  kind: z.enum(["energy", "curve", "hamiltonian"]),
  name: z.string(),
  /** "B3LYP-D3(BJ)/6-31G*". */
  title: z.string(),
  state: CalculationState,
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Of the method that was asked for; null while there is none, of a curve, and where it did not converge. */
  energy_hartree: z.number().nullable(),
  /** Whether all that was asked for converged; null until it has ended. */
  isReached: z.boolean().nullable(),
  /** What it is at, while it runs. */
  progress: z.string().nullable(),
  /** null where no law knows it. */
  expected: ExpectedCost.nullable(),
  /** Why it failed. */
  error: z.string().nullable(),
  /** Of the notebook; null where nothing was kept. */
  record: Sha256.nullable(),
});
export type CalculationStanding = z.infer<typeof CalculationStanding>;

/** Of those that the notebook keeps, in one answer. */
export const MAX_LISTED = 500;

/** Some of those that the notebook keeps, the newest first, and how many there are. */
export const CalculationPage = z.strictObject({
  calculations: z.array(CalculationStanding).max(MAX_LISTED),
  total: z.number().int().nonnegative(),
});
export type CalculationPage = z.infer<typeof CalculationPage>;

export const CalculationResult = z.strictObject({
  energy: EnergyResult.exactOptional(),
  /** Of one that was cancelled: the first frames, and no breaks. */
  curve: EnergyCurve.exactOptional(),
  hamiltonian: HamiltonianResult.exactOptional(),
  /** Of an optimisation that was cancelled. */
  way: OptimisationWay.exactOptional(),
});
export type CalculationResult = z.infer<typeof CalculationResult>;

/** How far one has come that is not done; null and empty where nothing is to be seen yet. */
export const CalculationSight = z.strictObject({
  way: OptimisationWay.nullable(),
  /** Of a curve, by frame: null where it did not converge. */
  energies_hartree: z.array(z.number().nullable()),
});
export type CalculationSight = z.infer<typeof CalculationSight>;

export const CalculationDetail = CalculationStanding.extend({
  job: CalculationJob,
  /** null until it is done; of one that could not be kept until the program ends. */
  result: CalculationResult.nullable(),
  /** null where there are none to draw. */
  orbitals: z.array(ShownOrbitals).nullable(),
});
export type CalculationDetail = z.infer<typeof CalculationDetail>;
