/** A candidate's evaluation: the states that its property asks for, and what follows from them. */
import assert from "node:assert/strict";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Candidate } from "./protocol.ts";
import { PROTOCOLS } from "./registry.ts";

/** What to compute for a candidate. @throws AssertionError for states that are not those declared, in that order */
export function statesOf(property: PropertyId, candidate: Candidate): States {
  const states = PROTOCOLS[property].states(candidate);
  requireDeclared(property, states);
  return states;
}

/** Records link a state in shared orbitals to the state of its own before it: that must be the one whose orbitals it takes. */
function requireDeclared(property: PropertyId, states: States): void {
  const declared = propertyOf(property).states.map(({ name }) => name);
  assert.deepEqual(Object.keys(states), declared, `states of ${property}`);
  let own: string | undefined;
  for (const [name, state] of Object.entries(states)) {
    if ("ionOf" in state)
      assert.equal(state.ionOf, own, `${name} of ${property} follows another state than its own`);
    else own = name;
  }
}

/** What of a state is kept: an ion's Koopmans estimate is among the values. */
function kept(result: EnergyResult | IonResult | null): Evaluation["states"][string] {
  if (result === null || "hartreeFock" in result) return result;
  const { casci, vqe } = result;
  return vqe && { casci, vqe };
}

/** The states together, once they are computed. */
export function evaluationOf(property: PropertyId, results: StateResults): Evaluation {
  const { estimate, values: declared } = propertyOf(property);
  const values = PROTOCOLS[property].values(results);
  const isReached = declared.every(({ key }) => key === estimate?.value || (values[key] ?? null) !== null);
  return {
    property,
    outcome: isReached ? "converged" : "not-converged",
    states: Object.fromEntries(Object.entries(results).map(([name, result]) => [name, kept(result)])),
    values,
  };
}
