/** What a protocol would ask for, found by walking it with results that are made up. */
import type { PropertyId } from "#shared/properties/find.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { resultsOf, type StateResults, type Unit, unitsOf } from "../evaluate/states.ts";
import type { Candidate } from "./protocol.ts";
import { PROTOCOLS } from "./registry.ts";

/** Each state below the one before, Hartree: of several starts the last two are near enough to be both looked at in full. */
const APART_HARTREE = 0.01;

const NO_TERMS = {
  zeroPoint_hartree: 0,
  enthalpy_hartree: 0,
  entropy_hartree_per_kelvin: 0,
  gibbs_hartree: 0,
};

/** A calculation that reaches its goal where it began. */
function madeUp({ request }: Unit, place: number): EnergyResult {
  const energy_hartree = -1 - APART_HARTREE * place;
  const state = { outcome: "converged", energy_hartree, excited: [], spinSquare: 0, wallTime_ms: 0 };
  const { geometry, ions = [] } = request;
  // Protocols read no more of a result than this.
  return {
    hartreeFock: state,
    mp2: state,
    casci: state,
    vqe: state,
    optimisation: request.optimise ? { outcome: "converged", geometry } : null,
    ...(request.vibrations && { vibrations: { outcome: "minimum", terms: NO_TERMS, downhill: null } }),
    ions: ions.map((kind) => ({ kind, casci: state, vqe: state, koopmans_hartree: 0 })),
    wallTime_ms: 0,
  } as unknown as EnergyResult;
}

/** More states than any protocol asks for: a walk that does not end is a bug. */
const MOST_UNITS = 10_000;

/**
 * The states of a candidate's property, each with the ions in its orbitals, as they come where everything converges at once. Geometries
 * are those of the starts.
 */
export function dryRun(property: PropertyId, candidate: Candidate): Unit[] {
  const units: Unit[] = [];
  let results: StateResults = {};
  while (units.length < MOST_UNITS) {
    const step = PROTOCOLS[property].next(candidate, results);
    if (!("states" in step)) return units;
    for (const unit of unitsOf(step.states)) {
      results = { ...results, ...resultsOf(unit, madeUp(unit, units.length)) };
      units.push(unit);
    }
  }
  throw new Error(`${property} asks for states without end`);
}
