import { isEstimator } from "#shared/quantum/backend-names.ts";
import type { VqeSettings } from "#shared/quantum/vqe.ts";
import type { Estimator } from "../measurement/estimator.ts";
import type { Minimiser } from "./minimiser.ts";
import { type EstimatorContext, MINIMISERS, OPEN_ESTIMATOR } from "./registry.ts";

/** What finds the parameters: the backend that was chosen, or exact evolution where that only measures. */
export const minimiserOf = ({ backend }: Pick<VqeSettings, "backend">): Minimiser =>
  MINIMISERS[isEstimator(backend) ? "exact" : backend];

/** What measures, with its settings; null where the energies are exact. */
export const estimatorOf = (
  { backend, sampling }: Pick<VqeSettings, "backend" | "sampling">,
  context: EstimatorContext,
): Estimator | null => (isEstimator(backend) ? OPEN_ESTIMATOR[backend](sampling, context) : null);
