/**
 * How fast this machine is against the laws of cost, kind by kind: by what states of this notebook took, or by a state of that kind that is
 * computed to find out. In processor time, which other programs at work beside this one do not lengthen; states of before it was kept count by
 * the clock.
 */
import type { Database } from "#core/notebook/file/database.ts";
import { timedStates } from "#core/notebook/tables/timed-states.ts";
import { type AskedState, kindOf, stateSeconds } from "#core/quantum/cost/law.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
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
/** Fewer times of one kind say nothing of it. */
const FEWEST = 3;

interface Times {
  taken: number;
  foretold: number;
  states: number;
}

const NONE: Times = { taken: 0, foretold: 0, states: 0 };

/** Basis sets by name, each read once; undefined for one that is not shipped. */
export type BasisSets = (state: Pick<EnergyRequest, "basis" | "functions">) => Promise<BasisSet | undefined>;

async function timesByKind(db: Database, basisSets: BasisSets): Promise<Map<string, Times>> {
  const byKind = new Map<string, Times>();
  for (const { input, time_ms } of timedStates(db, LOOKED_AT)) {
    // A record's input is a request, its coordinates left out.
    const state = input as unknown as AskedState;
    const basis = await basisSets(state);
    if (!basis) continue;
    const kind = kindOf(state);
    const { taken, foretold, states } = byKind.get(kind) ?? NONE;
    byKind.set(kind, {
      taken: taken + time_ms / 1000,
      foretold: foretold + stateSeconds(state, basis),
      states: states + 1,
    });
  }
  return byKind;
}

/** By what the latest states of a kind took together; @param measured of kinds of which there are too few */
export async function speedOfStates(
  db: Database,
  { basisSets, measured }: { basisSets: BasisSets; measured: FactorOf },
): Promise<Speed> {
  const byKind = await timesByKind(db, basisSets);
  const known = [...byKind].filter(([, { states }]) => states >= FEWEST);
  const factors = new Map(known.map(([kind, { taken, foretold }]) => [kind, taken / foretold]));
  return {
    factorOf: async (state) => factors.get(kindOf(state)) ?? measured(state),
    timedStates: known.reduce((sum, [, { states }]) => sum + states, 0),
  };
}

/**
 * What kinds are timed on, in 6-31G and vibrations in STO-3G. Open shells take most where frontier orbitals are degenerate, least in saturated
 * molecules: ethanol, formamide and propyne; methanol and formaldehyde where atoms move.
 */
const MOLECULES = { energies: ["CCO", "NC=O", "CC#C"], moved: ["CO", "C=O"] };
const BASIS = { usual: "6-31g", vibrations: "sto-3g" };

/** Electrons that a small closed shell is given for a state of this kind. */
function electronsOf({ openShell, multiplicity }: AskedState) {
  if (openShell === "electron") return { charge: -1, multiplicity };
  return { charge: multiplicity % 2 === 0 ? 1 : 0, multiplicity };
}

/** A state of the same kind that takes a fraction of a second, or a few of them. */
function timedRequest(state: AskedState, geometry: Geometry): EnergyRequest {
  const { method, openShell, optimise, vibrations, frozenCore } = state;
  return {
    geometry,
    ...electronsOf(state),
    basis: vibrations ? BASIS.vibrations : BASIS.usual,
    method,
    ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200 },
    ...(frozenCore !== undefined && { frozenCore }),
    ...(openShell && { openShell }),
    ...(optimise && { optimise: { frozen: [] } }),
    ...(vibrations && { vibrations }),
  };
}

async function geometryOf(smiles: string, dispatcher: Dispatcher): Promise<Geometry> {
  const embedded = await dispatcher.run("embed", { smiles, seed: 1 });
  if (embedded.outcome === "embedded") return embedded.conformer.geometry;
  throw new Error(`${smiles} was not embedded: ${embedded.detail}`);
}

interface Services {
  readonly dispatcher: Dispatcher;
  readonly basisSets: BasisSets;
  /** Of the dispatcher. */
  readonly threads: number;
}

/** By its SMILES, each made once. */
type Geometries = (smiles: string) => Promise<Geometry>;

/** On all threads at a time, as a campaign will: they share memory and caches, and each is slower than one alone. */
async function measure(
  state: AskedState,
  { dispatcher, basisSets, threads, geometries }: Services & { readonly geometries: Geometries },
): Promise<number> {
  const { energies, moved } = MOLECULES;
  let { taken, foretold } = NONE;
  for (const smiles of state.optimise || state.vibrations ? moved : energies) {
    const geometry = await geometries(smiles);
    const request = timedRequest(state, geometry);
    const basis = await basisSets(request);
    if (!basis) throw new Error(`no basis set ${request.basis}`);
    const side = Array.from({ length: threads }, () => dispatcher.run("evaluate", request));
    for (const { wallTime_ms, processorTime_ms = wallTime_ms } of await Promise.all(side)) {
      taken += processorTime_ms / 1000;
      foretold += stateSeconds({ ...request, symbols: geometry.symbols }, basis);
    }
  }
  return taken / foretold;
}

/**
 * Measures each kind once, when it is first asked for, one after the other so that none disturbs the next.
 *
 * Cost: 0.2 to 3 s a kind.
 */
export function measuredSpeed(services: Services): FactorOf {
  const known = new Map<string, Promise<number>>();
  const embedded = new Map<string, Geometry>();
  const geometries: Geometries = async (smiles) => {
    const geometry = embedded.get(smiles) ?? (await geometryOf(smiles, services.dispatcher));
    embedded.set(smiles, geometry);
    return geometry;
  };
  let last: Promise<unknown> = Promise.resolve();
  return (state) => {
    const kind = kindOf(state);
    const found = known.get(kind);
    if (found) return found;
    const once = () => measure(state, { ...services, geometries });
    const isFirst = known.size === 0;
    // The first of all also loads what is needed.
    const factor = last.catch(() => {}).then(isFirst ? () => once().then(once) : once);
    last = factor;
    known.set(kind, factor);
    // What failed is tried anew.
    factor.catch(() => known.delete(kind));
    return factor;
  };
}
