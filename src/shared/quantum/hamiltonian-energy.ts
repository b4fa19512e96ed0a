/** Energies of a Hamiltonian that another program wrote. JSON-safe throughout. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";
import { CheckFiles } from "./check-files.ts";
import { CoupledClusterResult } from "./coupled-cluster-result.ts";
import { EnergyRequest } from "./energy-request.ts";
import { SciResult } from "./sci-result.ts";
import { MAX_STATES } from "./spin-states.ts";
import { CasciResult, VqeResult } from "./state-result.ts";

export const HamiltonianMethod = z.enum(["ccsd", "ccsd(t)", "fci", "sci", "vqe"]);
export type HamiltonianMethod = z.infer<typeof HamiltonianMethod>;

export const HamiltonianRequest = EnergyRequest.pick({
  ansatz: true,
  layers: true,
  starts: true,
  backend: true,
  sampling: true,
  seed: true,
  maxIterations: true,
  selection: true,
  record: true,
}).extend({
  /** The text of an FCIDUMP file. */
  fcidump: z.string(),
  method: HamiltonianMethod,
  /** Where not that of the file's MS2. */
  multiplicity: z.number().int().min(1).optional(),
  states: z.number().int().min(1).max(MAX_STATES).optional(),
});
export type HamiltonianRequest = z.infer<typeof HamiltonianRequest>;

export const HamiltonianResult = z.strictObject({
  norb: z.number().int(),
  nelec: z.number().int(),
  multiplicity: z.number().int(),
  coreEnergy_hartree: z.number(),
  integralsHash: Sha256,
  /** Absent where it was not asked for. */
  coupledCluster: CoupledClusterResult.exactOptional(),
  /** With VQE beside it. */
  fci: CasciResult.nullable(),
  sci: SciResult.nullable(),
  /** What others need to check the energy beside the Hamiltonian, where asked for. */
  record: CheckFiles.exactOptional(),
  vqe: VqeResult.nullable(),
  build: z.string(),
  program: z.string().nullable(),
  threads: z.number(),
  wallTime_ms: z.number(),
});
export type HamiltonianResult = z.infer<typeof HamiltonianResult>;
