/**
 * The backends that run a VQE. core/quantum/backends/registry.ts opens each by its id; docs/architecture.md lists the steps to
 * add one.
 */
import { z } from "zod";
import { DeviceName } from "./devices.ts";
import { NoiseSettings, Precision } from "./noise.ts";

interface BackendDeclaration {
  readonly id: string;
  /** As forms show it. */
  readonly title: string;
  /** minimiser: finds parameters and their energy exactly. estimator: measures circuits with shots. */
  readonly kind: "minimiser" | "estimator";
  /** Whether it is elsewhere: its jobs go over the network, once a person has enabled it. */
  readonly isRemote?: true;
  /** The vendor's own simulator, which costs nothing; absent where there is none. */
  readonly simulator?: string;
  /** Its own settings, each optional or with a default: members of SamplingSettings that other backends leave alone. */
  readonly settings: z.ZodObject;
}

const NO_SETTINGS = z.strictObject({});

/** Of every provider of devices. */
const DEVICE_SETTINGS = z.strictObject({
  /** The vendor's name of the device; absent: its simulator, where it has one. */
  qpu: DeviceName.exactOptional(),
  /** After which a job is cancelled and the local sampler does it; absent: a day. */
  deadline_s: z
    .number()
    .int()
    .min(1)
    .max(30 * 86_400)
    .exactOptional(),
});

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
  {
    id: "ionq",
    title: "IonQ Cloud, over the network",
    kind: "estimator",
    isRemote: true,
    simulator: "simulator",
    settings: DEVICE_SETTINGS,
  },
  {
    id: "ibm",
    title: "IBM Quantum, over the network",
    kind: "estimator",
    isRemote: true,
    settings: DEVICE_SETTINGS,
  },
  {
    id: "braket",
    title: "Amazon Braket, over the network",
    kind: "estimator",
    isRemote: true,
    settings: DEVICE_SETTINGS,
  },
] as const satisfies readonly BackendDeclaration[];
