/** Evaluate: one state of a candidate, with the ions that share its orbitals. */
import { type CurveFrame, evaluateCurve } from "#core/quantum/evaluate/curve.ts";
import { type EvaluationContext, evaluate, evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateGrid } from "#core/quantum/evaluate/grid.ts";
import { evaluateHamiltonian } from "#core/quantum/evaluate/hamiltonian-energy.ts";
import { potentialSurfaceOf } from "#core/quantum/evaluate/potential-surface.ts";
import { keptOrbitals, type SurfaceInput, surfaceOf } from "#core/quantum/evaluate/surface.ts";
import type { ComputedField } from "#shared/molecule/cube.ts";
import type { EnergyCurve } from "#shared/quantum/energy-curve.ts";
import type { EnergyRequest, GridRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { HamiltonianRequest, HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import type { FieldSurface, PotentialSurface } from "#shared/quantum/orbitals.ts";
import type { WayPoint } from "#shared/quantum/way.ts";
import type { TaskContext } from "../../dispatch/context.ts";
import type { TaskInput, TaskOutput } from "../../dispatch/tasks.ts";
import type { Stage } from "../stage.ts";

/** One thread an evaluation: the pool has as many as there are cores. */
const context = ({ resources, control, shots }: TaskContext): EvaluationContext => ({
  resources,
  control,
  shots,
  threads: 1,
});

/** Version of a whole evaluation: what a property's protocol makes of its states. Those have a version of their own. */
export const evaluateStage: Stage<EnergyRequest, EnergyResult> = {
  name: "evaluate",
  version: 19,
  run: (request, stage) => evaluateEnergy(request, context(stage)),
};

/** An orbital or a density of one molecule, for a viewer. */
export const gridTask = (request: GridRequest, stage: TaskContext): Promise<ComputedField> =>
  evaluateGrid(request, { ...context(stage), threads: stage.threads });

/** One molecule's energy along a curve. */
export const energyCurveTask = (
  requests: readonly EnergyRequest[],
  stage: TaskContext,
): Promise<EnergyCurve> =>
  evaluateCurve(requests, { ...context(stage), threads: stage.threads }, (frame: CurveFrame) =>
    stage.tell?.(frame),
  );

/** A Hamiltonian's energies by any method that correlates: it has all threads. */
export const hamiltonianTask = (
  request: HamiltonianRequest,
  stage: TaskContext,
): Promise<HamiltonianResult> => evaluateHamiltonian(request, { ...context(stage), threads: stage.threads });

/** One molecule's energy by any method, outside a campaign: it has all threads. */
export const energyTask = (request: EnergyRequest, stage: TaskContext): Promise<EnergyResult> =>
  evaluateEnergy(request, { ...context(stage), threads: stage.threads });

/** The same, with its orbitals as they are kept. */
export async function calculateTask(
  request: EnergyRequest,
  stage: TaskContext,
): Promise<TaskOutput<"calculate">> {
  const onStep = (point: WayPoint) => stage.tell?.(point);
  const all = { ...context(stage), threads: stage.threads, onStep };
  const { result, orbitals, modes } = await evaluate(request, all, { keepsOrbitals: true });
  return { result, orbitals: orbitals && keptOrbitals(orbitals, result.nBasis), modes };
}

/** What a viewer draws of the density of orbitals that were kept, coloured by its potential. */
export const potentialSurfaceTask = (
  input: TaskInput<"potentialSurface">,
  stage: TaskContext,
): Promise<PotentialSurface> => potentialSurfaceOf(input, { ...context(stage), threads: stage.threads });

/** What a viewer draws of orbitals that were kept. */
export const surfaceTask = (input: SurfaceInput, stage: TaskContext): Promise<FieldSurface> =>
  surfaceOf(input, { ...context(stage), threads: stage.threads });
