/** What opens each backend of shared/quantum/backends.ts; one that is missing here does not compile. */
import type {
  EstimatorName,
  LocalEstimatorName,
  MinimiserName,
  RemoteName,
} from "#shared/quantum/backend-names.ts";
import type { SamplingSettings } from "#shared/quantum/vqe.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { ShotsAtHand } from "../measurement/at-hand.ts";
import type { Estimator } from "../measurement/estimator.ts";
import { openAtHand } from "./at-hand.ts";
import { openBraket } from "./braket.ts";
import { exactMinimiser } from "./exact.ts";
import { openIbm } from "./ibm.ts";
import { openIonq } from "./ionq.ts";
import type { Minimiser } from "./minimiser.ts";
import type { Provider, ProviderAccess } from "./provider.ts";
import { openSampler } from "./sampler.ts";
import { statevectorMinimiser } from "./statevector.ts";

export const MINIMISERS: Readonly<Record<MinimiserName, Minimiser>> = {
  exact: exactMinimiser,
  statevector: statevectorMinimiser,
};

/** Shots of devices elsewhere are at hand, or asked for (measurement/at-hand.ts). */
export interface EstimatorContext extends NativeContext {
  readonly shots?: ShotsAtHand | undefined;
}

export type OpenEstimator = (settings: SamplingSettings, context: EstimatorContext) => Estimator;

const LOCAL: Readonly<Record<LocalEstimatorName, OpenEstimator>> = {
  sampler: ({ noise, precision }, { threads, control }) =>
    openSampler({ ...(threads && { threads }), control, noise, precision }),
};

/** What speaks to each provider; docs/backends.md has the steps to add one. */
export const OPEN_PROVIDER: Readonly<Record<RemoteName, (access: ProviderAccess) => Provider>> = {
  ionq: openIonq,
  ibm: openIbm,
  braket: openBraket,
};

export const OPEN_ESTIMATOR: Readonly<Record<EstimatorName, OpenEstimator>> = {
  ...LOCAL,
  ionq: (settings, context) => openAtHand("ionq", settings, context),
  ibm: (settings, context) => openAtHand("ibm", settings, context),
  braket: (settings, context) => openAtHand("braket", settings, context),
};
