/**
 * A person's own property: the states of its definition, relaxed first where it says so, in the campaign's basis by MP2 with the
 * chemical core frozen, by Hartree–Fock or by a functional, RHF for singlets and UHF otherwise, without projection; then the formula over their energies.
 * A solvent that it names is around every energy and around no relaxation. A state that becomes one of another molecule where it is relaxed has no energy.
 * Cost: a field for each state, and its relaxation in 6-31G*.
 */
import { DomainError } from "#shared/errors.ts";
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import { readFormula } from "#shared/properties/formula.ts";
import {
  type FormulaDefinition,
  type FormulaState,
  multiplicityOf,
  relaxationOf,
  statesInOrder,
} from "#shared/properties/formula-definition.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { isFunctional } from "#shared/quantum/functionals.ts";
import type { StateResults } from "../evaluate/states.ts";
import { displaced } from "../geometry/displaced.ts";
import { found } from "./conclude.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";
import {
  combined,
  correlated,
  energiesOf,
  energyAt,
  energyBasis,
  ownStates,
  relaxation,
  relaxedGeometry,
  type StateEnergies,
  unknownOf,
  whenRelaxed,
} from "./requests.ts";

/** A state as it is asked for, from where its relaxation begins. */
interface Asked {
  readonly name: string;
  readonly start: Geometry;
  readonly electrons: Electrons;
  readonly isRelaxed: boolean;
  /** Whether it is the candidate with its own electrons. */
  readonly isCandidate: boolean;
  lostBond(elsewhere: Geometry): string | undefined;
}

/** @throws DomainError not-supported, of one molecule */
function asked(candidate: Candidate, name: string, state: FormulaState): Asked {
  const key = state.reaction ?? state.smiles;
  const of = key === undefined ? candidate : candidate.molecules?.[key];
  if (!of) throw new Error(`no geometry of ${key} is at hand for the state ${name}`);
  if ("problem" in of)
    throw new DomainError("not-supported", `state ${name}: ${of.problem}.`, { state: name });
  const multiplicity = multiplicityOf(state, of.multiplicity);
  const charge = of.charge + state.charge;
  if (multiplicity === undefined)
    throw new DomainError(
      "not-supported",
      `state ${name}: expected a multiplicity that the electrons of charge ${charge} allow, got ${state.multiplicity}.`,
      { state: name, charge },
    );
  const isRelaxed = state.geometry === "relaxed";
  const isIon = charge !== of.charge || multiplicity !== of.multiplicity;
  return {
    name,
    // With other electrons the molecule's symmetry may be that of a saddle.
    start: isRelaxed && isIon ? displaced(of.geometry) : of.geometry,
    electrons: { charge, multiplicity },
    isRelaxed,
    isCandidate: key === undefined && !isIon,
    lostBond: (elsewhere) =>
      "structures" in of ? of.structures.lostBond(elsewhere) : of.lostBond(elsewhere),
  };
}

/** No number, where a state became one of another molecule; undefined where none did. */
function ofAnother(
  definition: FormulaDefinition,
  states: readonly Asked[],
  results: StateResults,
): Conclusion | undefined {
  for (const { name, isRelaxed, isCandidate, lostBond } of states) {
    const end = isRelaxed ? relaxedGeometry(results, relaxationOf(name)) : undefined;
    const change = end && lostBond(end);
    if (change === undefined) continue;
    const reason = `state ${name}: ${whenRelaxed(change)}`;
    return { ...conclude(definition, {}), reason, ...(isCandidate && { isAnother: true }) };
  }
  return undefined;
}

/** Hartree–Fock alone where no MP2 is asked for. */
function energyRequest(
  candidate: Candidate,
  { geometry, electrons }: { geometry: Geometry; electrons: Electrons },
  { method, solvent }: FormulaDefinition,
): EnergyRequest {
  if (isFunctional(method)) {
    const level = { ...candidate, settings: { method } };
    return { ...energyAt(level, geometry, electrons), ...(solvent && { solvent }) };
  }
  const { frozenCore, ...plain } = correlated(geometry, electrons, energyBasis(candidate));
  const request = { ...plain, ...(solvent && { solvent }) };
  if (method === "mp2") return { ...request, ...(frozenCore && { frozenCore }) };
  return { ...request, method: electrons.multiplicity === 1 ? "rhf" : "uhf" };
}

/** By MP2 and Hartree–Fock; null where a state was not reached. */
function formulaValue(formula: FormulaDefinition["formula"], results: StateResults): StateEnergies {
  const { constant_hartree, factors } = readFormula(formula);
  const constant: StateEnergies = { hartreeFock: constant_hartree, ranked: constant_hartree };
  const terms = Object.entries(factors).map(([name, factor]) => [factor, energiesOf(results, name)] as const);
  return combined([...terms, [1, constant]]);
}

function conclude({ formula, method }: FormulaDefinition, results: StateResults): Conclusion {
  const { ranked, hartreeFock } = formulaValue(formula, results);
  if (isFunctional(method)) return found({ ownPropertyFunctional_hartree: ranked }, [ranked]);
  const field = { ownPropertyHartreeFock_hartree: hartreeFock };
  return method === "mp2"
    ? found({ ownProperty_hartree: ranked, ...field }, [ranked, hartreeFock])
    : found(field, [hartreeFock]);
}

export const ownFormulaProtocol: Protocol = {
  next(candidate, results): Round | Conclusion {
    const { definition } = candidate;
    if (definition?.kind !== "formula") throw new Error("a person's own property without its definition");
    const states = statesInOrder(definition).map(([name, state]) => asked(candidate, name, state));
    const relaxations = states.flatMap(({ name, start, electrons, isRelaxed }) =>
      isRelaxed ? [[relaxationOf(name), relaxation(start, electrons)] as const] : [],
    );
    const relaxing = unknownOf(ownStates(relaxations), results);
    if (Object.keys(relaxing).length > 0) return { states: relaxing };
    const another = ofAnother(definition, states, results);
    if (another) return another;
    const energies = states.flatMap(({ name, start, electrons, isRelaxed }) => {
      const geometry = isRelaxed ? relaxedGeometry(results, relaxationOf(name)) : start;
      if (!geometry) return [];
      return [[name, energyRequest(candidate, { geometry, electrons }, definition)] as const];
    });
    // Where one state was not reached there is no number, and no more is computed.
    const unknown = unknownOf(ownStates(energies), results);
    if (energies.length < states.length || Object.keys(unknown).length === 0)
      return conclude(definition, results);
    return { states: unknown };
  },
};
