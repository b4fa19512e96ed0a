/** How fast this machine is against the laws of cost: by what states of this notebook took, or a short measurement. */
import type { Database } from "#core/notebook/file/database.ts";
import { timedStates } from "#core/notebook/tables/timed-states.ts";
import { type AskedState, kindOf, stateSeconds } from "#core/quantum/cost/law.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";

/** Of a state by its kind: what it takes is this times what the law says. */
export interface Speed {
  factorOf(state: AskedState): number;
  /** States of the notebook that it was taken from; 0 where it was measured. */
  timedStates: number;
}

/** States that are looked at, the latest. */
const LOOKED_AT = 300;
/** Fewer times of one kind say nothing of it. */
const FEWEST = 3;

interface Times {
  taken: number;
  foretold: number;
  states: number;
}

const NONE: Times = { taken: 0, foretold: 0, states: 0 };

const added = (a: Times, b: Times): Times => ({
  taken: a.taken + b.taken,
  foretold: a.foretold + b.foretold,
  states: a.states + b.states,
});

/** Basis sets by name, each read once; undefined for one that is not shipped. */
export type BasisSets = (state: Pick<EnergyRequest, "basis" | "functions">) => Promise<BasisSet | undefined>;

/** By what the latest states took, those of each kind together; undefined where there are too few. */
export async function speedOfStates(db: Database, basisSets: BasisSets): Promise<Speed | undefined> {
  const byKind = new Map<string, Times>();
  for (const { input, wallTime_ms } of timedStates(db, LOOKED_AT)) {
    // A record's input is a request, its coordinates left out.
    const state = input as unknown as AskedState;
    const basis = await basisSets(state);
    if (!basis) continue;
    const times = { taken: wallTime_ms / 1000, foretold: stateSeconds(state, basis), states: 1 };
    byKind.set(kindOf(state), added(byKind.get(kindOf(state)) ?? NONE, times));
  }
  const all = [...byKind.values()].reduce(added, NONE);
  if (all.states < FEWEST) return undefined;
  return {
    timedStates: all.states,
    factorOf(state) {
      const own = byKind.get(kindOf(state));
      const { taken, foretold } = own && own.states >= FEWEST ? own : all;
      return taken / foretold;
    },
  };
}

/** Ethanol in 6-31G takes a tenth of a second. */
const TIMED = {
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "mp2" as const, frozenCore: true },
  ...{ activeSpace: null, ansatz: "uccsd" as const, maxIterations: 200 },
};

/** By ethanol, the second time: the first also loads what is needed. */
export async function speedOfMachine(dispatcher: Dispatcher, basisSets: BasisSets): Promise<Speed> {
  const embedded = await dispatcher.run("embed", { smiles: "CCO", seed: 1 });
  if (embedded.outcome !== "embedded") throw new Error(`ethanol was not embedded: ${embedded.detail}`);
  const { geometry } = embedded.conformer;
  await dispatcher.run("evaluate", { ...TIMED, geometry });
  const { wallTime_ms } = await dispatcher.run("evaluate", { ...TIMED, geometry });
  const basis = await basisSets(TIMED);
  if (!basis) throw new Error(`no basis set ${TIMED.basis}`);
  const factor = wallTime_ms / 1000 / stateSeconds({ ...TIMED, symbols: geometry.symbols }, basis);
  return { factorOf: () => factor, timedStates: 0 };
}
