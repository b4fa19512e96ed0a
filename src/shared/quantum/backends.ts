/**
 * The backends that run a VQE. core/quantum/backends/registry.ts opens each by its id; docs/architecture.md lists the steps to
 * add one.
 */
import { z } from "zod";
import { NoiseSettings, Precision } from "./noise.ts";

interface BackendDeclaration {
  readonly id: string;
  /** As forms show it. */
  readonly title: string;
  /** minimiser: finds parameters and their energy exactly. estimator: measures circuits with shots. */
  readonly kind: "minimiser" | "estimator";
  /** Its own settings, each optional or with a default: members of SamplingSettings that other backends leave alone. */
  readonly settings: z.ZodObject;
}

const NO_SETTINGS = z.strictObject({});

export const BACKENDS = [
  { id: "exact", title: "Exact, without noise", kind: "minimiser", settings: NO_SETTINGS },
  { id: "statevector", title: "State vector, gate by gate", kind: "minimiser", settings: NO_SETTINGS },
  {
    id: "sampler",
    title: "Sampler, with shots",
    kind: "estimator",
    settings: z.strictObject({
      noise: NoiseSettings.prefault({}),
      /** Absent: double. Shots hide what single precision loses. */
      precision: Precision.exactOptional(),
    }),
  },
] as const satisfies readonly BackendDeclaration[];
