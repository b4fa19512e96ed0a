/** What a calculation that is not done has found so far: seen while it runs, kept where it is cancelled. */
import type { CurveFrame } from "#core/quantum/evaluate/curve.ts";
import type { CalculationJob, CalculationSight } from "#shared/quantum/calculation.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import type { OptimisationWay, WayPoint } from "#shared/quantum/way.ts";
import type { FoundCalculation } from "../files/calculation-record.ts";

export interface Sight {
  onStep(point: WayPoint): void;
  onFrame(frame: CurveFrame): void;
  seen(): CalculationSight;
  /** How much of it there is, in words; empty where nothing is. */
  words(): string;
  /** Share of it that is done, 0 to 1; undefined where nobody knows. */
  share(): number | undefined;
  /** undefined where nothing was found. */
  kept(program: string): FoundCalculation | undefined;
}

export function createSight(job: CalculationJob): Sight {
  let way: OptimisationWay | null = null;
  /** In the order of the frames: the first pass computes them so. */
  const frames: EnergyResult[] = [];
  const asked = job.kind === "curve" ? job.requests : [];
  return {
    onStep({ geometry, ...point }) {
      way = { points: [...(way?.points ?? []), point], geometry };
    },
    onFrame({ frame, result }) {
      frames[frame] = result;
    },
    seen: () => ({
      way,
      energies_hartree: frames.flatMap((result, k) => {
        const request = asked[k];
        return request ? [methodEnergy(request, result)] : [];
      }),
    }),
    words() {
      if (way) return `step ${way.points.length - 1}`;
      if (asked.length === 0) return "";
      return frames.length < asked.length
        ? `frame ${frames.length + 1} of ${asked.length}`
        : "following solutions between frames";
    },
    share: () =>
      frames.length > 0 && frames.length < asked.length ? frames.length / asked.length : undefined,
    kept(program) {
      if (way) return { result: { way }, orbitals: null, modes: null };
      const points = frames.map((result) => ({ ...result, program }));
      return points.length > 0
        ? { result: { curve: { points, breaks: [] } }, orbitals: null, modes: null }
        : undefined;
    },
  };
}
