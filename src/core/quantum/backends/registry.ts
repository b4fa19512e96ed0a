/** What opens each backend of shared/quantum/backends.ts; one that is missing here does not compile. */
import type { EstimatorName, MinimiserName } from "#shared/quantum/backend-names.ts";
import type { SamplingSettings } from "#shared/quantum/vqe.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { Estimator } from "../measurement/estimator.ts";
import { exactMinimiser } from "./exact.ts";
import type { Minimiser } from "./minimiser.ts";
import { openSampler } from "./sampler.ts";
import { statevectorMinimiser } from "./statevector.ts";

export const MINIMISERS: Readonly<Record<MinimiserName, Minimiser>> = {
  exact: exactMinimiser,
  statevector: statevectorMinimiser,
};

export type OpenEstimator = (settings: SamplingSettings, context: NativeContext) => Estimator;

export const OPEN_ESTIMATOR: Readonly<Record<EstimatorName, OpenEstimator>> = {
  sampler: ({ noise, precision }, context) => openSampler({ ...context, noise, precision }),
};
