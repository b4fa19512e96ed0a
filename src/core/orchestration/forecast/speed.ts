/**
 * How fast this machine is against the laws of cost: by what states of this notebook took, or by two states that are computed to find out.
 * In processor time, which other programs at work beside this one do not lengthen; states of before it was kept count by the clock.
 */
import type { Database } from "#core/notebook/file/database.ts";
import { timedStates } from "#core/notebook/tables/timed-states.ts";
import { type AskedState, type Effort, kindOf, stateSeconds } from "#core/quantum/cost/law.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";

/** What a state takes is this times what the law says. */
export type FactorOf = (state: AskedState) => Promise<number>;

export interface Speed {
  readonly factorOf: FactorOf;
  /** States of the notebook that say so; 0 where all is measured. */
  readonly timedStates: number;
}

/** States that are looked at, the latest. */
const LOOKED_AT = 300;
/** Of one kind: only so many say what its work is on average, which for some is ten times that of others. */
const MANY = 30;
/** Fewer say nothing of the machine either. */
const FEWEST = 3;

interface Times {
  taken: number;
  foretold: number;
  states: number;
}

/** Sums by the name of something. */
class TimesBy {
  readonly #by = new Map<string, Times>();

  add(name: string, taken: number, foretold: number): void {
    const known = this.#by.get(name) ?? { taken: 0, foretold: 0, states: 0 };
    this.#by.set(name, {
      taken: known.taken + taken,
      foretold: known.foretold + foretold,
      states: known.states + 1,
    });
  }

  /** Taken against foretold, of those with so many states. */
  factors(fewest: number): Map<string, Times & { factor: number }> {
    const known = [...this.#by].filter(([, { states }]) => states >= fewest);
    return new Map(known.map(([name, times]) => [name, { ...times, factor: times.taken / times.foretold }]));
  }
}

/** Basis sets by name, each read once; undefined for one that is not shipped. */
export type BasisSets = (state: Pick<EnergyRequest, "basis" | "functions">) => Promise<BasisSet | undefined>;

/** States whose kernels are the same: a machine is as fast for one as for another, whatever their fields needed. */
const kernelsOf = ({ multiplicity }: AskedState): string => (multiplicity > 1 ? "open" : "closed");

/** Where a kind has many states, by what they took; otherwise by what their work took. @param measured where there are too few of these too */
export async function speedOfStates(
  db: Database,
  { basisSets, measured }: { basisSets: BasisSets; measured: FactorOf },
): Promise<Speed> {
  const byKind = new TimesBy();
  const byKernels = new TimesBy();
  for (const { input, time_ms, ...effort } of timedStates(db, LOOKED_AT)) {
    // A record's input is a request, its coordinates left out.
    const state = input as unknown as AskedState;
    const basis = await basisSets(state);
    if (!basis) continue;
    byKind.add(kindOf(state), time_ms / 1000, stateSeconds(state, basis));
    byKernels.add(kernelsOf(state), time_ms / 1000, stateSeconds(state, basis, effort));
  }
  const [kinds, kernels] = [byKind.factors(MANY), byKernels.factors(FEWEST)];
  return {
    factorOf: async (state) =>
      kinds.get(kindOf(state))?.factor ?? kernels.get(kernelsOf(state))?.factor ?? measured(state),
    timedStates: [...kernels.values()].reduce((sum, { states }) => sum + states, 0),
  };
}

/** Acetamide by MMFF94: 46 functions in 6-31G, enough that what grows with size shows. */
const MEASURED: { geometry: Geometry; basis: string } = {
  geometry: {
    symbols: ["C", "C", "N", "O", "H", "H", "H", "H", "H"],
    coordinates_angstrom: [
      ...[-0.9634, 0.4674, 0.2823, -0.0005, -0.4743, -0.3828, 1.3183, -0.221, -0.1571],
      ...[-0.3561, -1.4118, -1.0866, -1.5689, -0.0895, 1.0022, -1.6092, 0.9144, -0.4782],
      ...[-0.441, 1.2705, 0.8095, 1.9837, -0.8797, -0.5409, 1.6372, 0.4241, 0.5516],
    ],
  },
  basis: "6-31g",
};

/** MP2 of the closed shell, or of its cation. */
const measuredRequest = ({ multiplicity }: AskedState): EnergyRequest => ({
  ...MEASURED,
  ...(multiplicity > 1 ? { charge: 1, multiplicity: 2, openShell: "hole" } : { charge: 0, multiplicity: 1 }),
  method: "mp2",
  frozenCore: true,
  ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200 },
});

const effortOf = ({ hartreeFock: { search } }: EnergyResult): Effort => ({ fockBuilds: search?.fockBuilds });

interface Services {
  readonly dispatcher: Dispatcher;
  readonly basisSets: BasisSets;
  /** Of the dispatcher. */
  readonly threads: number;
}

/** On all threads at a time, as a campaign will: they share memory and caches, and each is slower than one alone. */
async function measure(state: AskedState, { dispatcher, basisSets, threads }: Services): Promise<number> {
  const { geometry, ...asked } = measuredRequest(state);
  const basis = await basisSets(asked);
  if (!basis) throw new Error(`no basis set ${asked.basis}`);
  const side = Array.from({ length: threads }, () => dispatcher.run("evaluate", { geometry, ...asked }));
  let [taken, foretold] = [0, 0];
  for (const result of await Promise.all(side)) {
    const { wallTime_ms, processorTime_ms = wallTime_ms } = result;
    taken += processorTime_ms / 1000;
    foretold += stateSeconds({ ...asked, symbols: geometry.symbols }, basis, effortOf(result));
  }
  return taken / foretold;
}

/**
 * Measures closed and open shells once, when a state of theirs is first asked for, one after the other so that neither disturbs the other.
 *
 * Cost: 0.3 s and 0.6 s on each thread.
 */
export function measuredSpeed(services: Services): FactorOf {
  const known = new Map<string, Promise<number>>();
  let last: Promise<unknown> = Promise.resolve();
  return (state) => {
    const kernels = kernelsOf(state);
    const found = known.get(kernels);
    if (found) return found;
    const factor = last.catch(() => {}).then(() => measure(state, services));
    last = factor;
    known.set(kernels, factor);
    // What failed is tried anew.
    factor.catch(() => known.delete(kernels));
    return factor;
  };
}
