/** Energies along a curve: solutions of neighbouring frames are followed both ways, and breaks are said. */
import { type CurveBreak, type EnergyCurve, energyBreaks, frameSteps } from "#shared/quantum/energy-curve.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { SAME_SOLUTION_HARTREE } from "#shared/quantum/field-solutions.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { hartreeFock } from "../field/scf.ts";
import type { NamedStart } from "../field/starts.ts";
import { openSystem } from "../field/system.ts";
import { type Evaluated, type EvaluationContext, evaluate, moleculeOf } from "./evaluator.ts";

/** Passes to and fro; a lower solution that is found at one end reaches the other in one. */
const MOST_PASSES = 4;

/** Whether orbitals of one frame are over as many functions for as many electrons as those of the other. */
const isComparable = (a: EnergyRequest, b: EnergyRequest): boolean =>
  !a.optimise &&
  a.geometry.symbols.join() === b.geometry.symbols.join() &&
  (a.ghosts ?? []).join() === (b.ghosts ?? []).join();

/** Ways between neighbours, from the last frame to the first and back. */
const ways = (frames: number): [from: number, to: number][] => [
  ...Array.from({ length: frames - 1 }, (_, k): [number, number] => [frames - 1 - k, frames - 2 - k]),
  ...Array.from({ length: frames - 1 }, (_, k): [number, number] => [k, k + 1]),
];

/** A frame that was computed, from 0; told again where it came out lower. */
export interface CurveFrame {
  readonly frame: number;
  readonly result: EnergyResult;
}

type OnFrame = ((found: CurveFrame) => void) | undefined;

class Curve {
  private readonly requests: readonly EnergyRequest[];
  private readonly context: EvaluationContext;
  private readonly points: Evaluated[] = [];
  /** Energy of the solution of a frame followed to its neighbour, by "from to"; null where it did not converge. */
  private readonly followed = new Map<string, number | null>();

  private readonly onFrame: OnFrame;

  constructor(requests: readonly EnergyRequest[], context: EvaluationContext, onFrame: OnFrame) {
    this.requests = requests;
    this.context = context;
    this.onFrame = onFrame;
  }

  private async evaluate(frame: number, neighbours: readonly NamedStart[]): Promise<void> {
    const found = await evaluate(this.requests[frame]!, this.context, { neighbours });
    this.points[frame] = found;
    this.onFrame?.({ frame, result: found.result });
  }

  async compute(): Promise<EnergyCurve> {
    for (const frame of this.requests.keys()) await this.evaluate(frame, []);
    for (let pass = 0; pass < MOST_PASSES && (await this.improve()); pass++);
    const points = this.points.map(({ result }) => result);
    const energies = points.map((result, k) => methodEnergy(this.requests[k]!, result));
    const solutions = this.solutionBreaks();
    const steps = frameSteps(this.requests.map(({ geometry }) => geometry));
    const jumps = energyBreaks(energies, steps).filter(
      ({ frames: [k] }) => !solutions.some(({ frames }) => frames[0] === k),
    );
    return { points, breaks: [...solutions, ...jumps].sort((a, b) => a.frames[0] - b.frames[0]) };
  }

  /** Follows each solution to its neighbours and computes those anew that it lies below; whether there were any. */
  private async improve(): Promise<boolean> {
    let improved = false;
    for (const [from, to] of ways(this.requests.length)) {
      if (this.followed.has(`${from} ${to}`)) continue;
      const start = this.startFrom(from, to);
      const energy = start && (await this.follow(start, to));
      this.followed.set(`${from} ${to}`, energy ?? null);
      if (!start || energy == null) continue;
      const { outcome, energy_hartree } = this.points[to]!.scf;
      if (outcome === "converged" && energy > energy_hartree - SAME_SOLUTION_HARTREE) continue;
      await this.evaluate(to, [start]);
      for (const next of [to - 1, to + 1]) this.followed.delete(`${to} ${next}`);
      improved = true;
    }
    return improved;
  }

  private startFrom(from: number, to: number): NamedStart | undefined {
    const { outcome, orbitals } = this.points[from]!.scf;
    if (outcome === "not-converged" || !isComparable(this.requests[from]!, this.requests[to]!))
      return undefined;
    return { name: `orbitals of frame ${from + 1}`, start: { orbitals } };
  }

  private async follow({ start }: NamedStart, to: number): Promise<number | null> {
    const { molecule, field } = await moleculeOf(this.requests[to]!, this.context);
    using system = openSystem(molecule);
    const { outcome, energy_hartree } = hartreeFock(system, { ...field, start });
    return outcome === "converged" ? energy_hartree : null;
  }

  /** Neighbours whose solutions do not lead to each other. */
  private solutionBreaks(): CurveBreak[] {
    return this.points.slice(1).flatMap((_, k) => {
      const heights = [[k, k + 1] as const, [k + 1, k] as const].map(([from, to]) => {
        const energy = this.followed.get(`${from} ${to}`) ?? null;
        return energy === null ? 0 : energy - this.points[to]!.scf.energy_hartree;
      });
      const size_hartree = Math.min(...heights);
      if (size_hartree < SAME_SOLUTION_HARTREE) return [];
      return [{ frames: [k, k + 1] as const, reason: "solution" as const, size_hartree }];
    });
  }
}

/**
 * Energies of the frames of a curve, in their order. Each frame is first computed by itself; its solution is then
 * followed to its neighbours, from the last frame to the first and back, and a frame above which it ends lower is computed
 * anew from there. Where neighbouring solutions do not lead to each other, or the energy jumps, the curve says so.
 *
 * @param onFrame is told of each frame when it is computed
 *
 * Cost: two fields a frame more than the frames alone, and one evaluation more for each frame that comes out lower. Throws as
 * evaluateEnergy.
 */
export const evaluateCurve = (
  requests: readonly EnergyRequest[],
  context: EvaluationContext,
  onFrame?: OnFrame,
): Promise<EnergyCurve> => new Curve(requests, context, onFrame).compute();
