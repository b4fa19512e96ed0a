/** Evaluate: the states that a candidate's property is made of. */
import { evaluateCurve } from "#core/quantum/evaluate/curve.ts";
import { type EvaluationContext, evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateGrid } from "#core/quantum/evaluate/grid.ts";
import { computeStates, type StateResults, type States } from "#core/quantum/evaluate/states.ts";
import type { ComputedField } from "#shared/molecule/cube.ts";
import type { EnergyCurve } from "#shared/quantum/energy-curve.ts";
import type { EnergyRequest, GridRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { TaskContext } from "../../dispatch/context.ts";
import type { Stage } from "../stage.ts";

/** One thread an evaluation: the pool has as many as there are cores. */
const context = ({ resources, control }: TaskContext): EvaluationContext => ({
  resources,
  control,
  threads: 1,
});

export const evaluateStage: Stage<States, StateResults> = {
  name: "evaluate",
  version: 7,
  run: (states, stage) => computeStates(states, context(stage)),
};

/** An orbital or a density of one molecule, for a viewer. */
export const gridTask = (request: GridRequest, stage: TaskContext): Promise<ComputedField> =>
  evaluateGrid(request, { ...context(stage), threads: stage.threads });

/** One molecule's energy along a curve. */
export const energyCurveTask = (
  requests: readonly EnergyRequest[],
  stage: TaskContext,
): Promise<EnergyCurve> => evaluateCurve(requests, { ...context(stage), threads: stage.threads });

/** One molecule's energy by any method, outside a campaign: it has all threads. */
export const energyTask = (request: EnergyRequest, stage: TaskContext): Promise<EnergyResult> =>
  evaluateEnergy(request, { ...context(stage), threads: stage.threads });
