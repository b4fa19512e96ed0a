/** What a protocol would ask for, found by walking it with results that are made up. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { pureSpinSquare } from "#shared/quantum/field-result.ts";
import { resultsOf, type StateResults, type Unit, unitsOfRound } from "../evaluate/states.ts";
import type { Candidate } from "./protocol.ts";
import { PROTOCOLS } from "./registry.ts";

/** Each state from the one before, Hartree: of several starts two are near enough to be both looked at in full. */
const APART_HARTREE = 0.01;

/** Whether each state lies below the one before, so that an electron is bound, or above. */
export type Course = "falling" | "rising";

/** What a walk cannot know and what is then taken to be so. */
export interface Walk {
  /** Decides what hangs on energies, as the cation of a gap does on a bound anion; default falling. */
  readonly course?: Course;
  /** Whether determinants of open shells mix in the next higher spin, which is then computed too; default not. */
  readonly mixesSpins?: boolean;
  /** Whether one determinant fails for the molecule, so that states in an active space are computed too; default not. */
  readonly needsSpace?: boolean;
}

/** ⟨S²⟩ beyond S(S+1) of a determinant that mixes spins. */
const MIXED = 0.1;

/** Of conjugated molecules. */
const MIDDLING = { nelec: 4, norb: 4 };

const NO_TERMS = {
  zeroPoint_hartree: 0,
  enthalpy_hartree: 0,
  entropy_hartree_per_kelvin: 0,
  gibbs_hartree: 0,
};

/** Where a relaxation would end: elsewhere, the same for the same start, so that states there are others than at the start. */
const moved = ({ symbols, coordinates_angstrom }: Geometry): Geometry => ({
  symbols,
  coordinates_angstrom: coordinates_angstrom.map((x) => 1.001 * x + 0.001),
});

/** A calculation that reaches its goal at once. */
function madeUp(
  { request }: Unit,
  { place, course = "falling", mixesSpins = false, needsSpace = false }: Walk & { place: number },
): EnergyResult {
  const { geometry, charge, multiplicity, ions = [] } = request;
  const energy_hartree = -1 + (course === "falling" ? -1 : 1) * APART_HARTREE * place;
  const spinSquare = pureSpinSquare(multiplicity) + (mixesSpins && multiplicity > 1 ? MIXED : 0);
  const state = { outcome: "converged", energy_hartree, excited: [], spinSquare, wallTime_ms: 0 };
  // Protocols read no more of a result than this.
  return {
    charge,
    multiplicity,
    hartreeFock: state,
    mp2: state,
    casci: state,
    vqe: state,
    ...(request.diagnose && needsSpace && { diagnostic: { route: "active-space", activeSpace: MIDDLING } }),
    optimisation: request.optimise ? { outcome: "converged", geometry: moved(geometry) } : null,
    ...(request.vibrations && { vibrations: { outcome: "minimum", terms: NO_TERMS, downhill: null } }),
    ions: ions.map((kind) => ({ kind, casci: state, vqe: state, koopmans_hartree: 0 })),
    wallTime_ms: 0,
  } as unknown as EnergyResult;
}

/** More states than any protocol asks for: a walk that does not end is a bug. */
const MOST_UNITS = 10_000;

/**
 * The states of a candidate's property, each with the ions in its orbitals, as they come where everything converges at once. Geometries
 * are those of the starts, or near them.
 */
export function dryRun(property: PropertyId, candidate: Candidate, walk: Walk = {}): Unit[] {
  const units: Unit[] = [];
  let results: StateResults = {};
  while (units.length < MOST_UNITS) {
    const step = PROTOCOLS[property].next(candidate, results);
    if (!("states" in step)) return units;
    for (const unit of unitsOfRound(step.states, results)) {
      results = { ...results, ...resultsOf(unit, madeUp(unit, { ...walk, place: units.length })) };
      units.push(unit);
    }
  }
  throw new Error(`${property} asks for states without end`);
}
