/** The parts of a task as they are timed. */
import { timed } from "../chemistry/measure.ts";
import type { Part } from "./task.ts";

/** What a part tells of its result. */
type Told = Partial<Pick<Part, "energy" | "detail">>;

export class Parts {
  readonly list: Part[] = [];

  /** Runs and times one. */
  time<T>(part: string, work: () => T, tell: (result: T) => Told): T {
    const { result, wall, cpu } = timed(work);
    this.list.push({ part, wall, cpu, energy: null, detail: "", ...tell(result) });
    return result;
  }
}

export function requireConverged(what: string, outcome: string): void {
  if (outcome !== "converged") throw new Error(`${what} did not converge`);
}
