/** A candidate's evaluation: rounds of the states that its property asks for, and what follows from them. */
import assert from "node:assert/strict";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Evaluation, StateResult } from "#shared/properties/evaluation.ts";
import { declarationOf, type NamedProperty, type PropertyId } from "#shared/properties/find.ts";
import { isStateOf } from "#shared/properties/property.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { resultsOf, type StateResults, type States, unitsOfRound } from "../evaluate/states.ts";
import type { Candidate, Conclusion } from "./protocol.ts";
import { PROTOCOLS } from "./registry.ts";

/** Computes one state with its ions, or finds it computed. @param name of the state */
export type Compute = (
  request: EnergyRequest,
  names: readonly [string, ...string[]],
) => Promise<EnergyResult>;

export interface EvaluatedCandidate {
  readonly evaluation: Evaluation;
  /** Why there is no number, where the protocol says it. */
  readonly reason: string | null;
  /** Where each state of its own was computed, by its name. */
  readonly geometries: Readonly<Record<string, Geometry>>;
  /** The name of the alternative that was chosen, where it can be compared with that of another conformer. */
  readonly chosen?: string;
  /** Whether it became another molecule where it was relaxed. */
  readonly isAnother?: true;
}

/**
 * Computes the states that the property's protocol asks for, one after the other, until it concludes.
 *
 * What does not converge is an outcome. Throws as `compute`; AssertionError for states that the property does not declare.
 */
export async function evaluateCandidate(
  property: PropertyId,
  candidate: Candidate,
  compute: Compute,
): Promise<EvaluatedCandidate> {
  const protocol = PROTOCOLS[property];
  let results: StateResults = {};
  let geometries: EvaluatedCandidate["geometries"] = {};
  for (;;) {
    const step = protocol.next(candidate, results);
    const { definition } = candidate;
    const asked = { property, ...(definition && { definition }) };
    if (!("states" in step)) return { ...concluded(asked, results, step), geometries };
    requireDeclared(asked, step.states, results);
    for (const unit of unitsOfRound(step.states, results)) {
      results = { ...results, ...resultsOf(unit, await compute(unit.request, unit.names)) };
      geometries = { ...geometries, [unit.names[0]]: unit.request.geometry };
    }
  }
}

/** Records link a state in shared orbitals to the state of its own before it: that must be the one whose orbitals it takes. */
function requireDeclared(asked: NamedProperty, states: States, known: StateResults): void {
  const { property } = asked;
  const declared = declarationOf(asked);
  const names = Object.keys(states);
  assert.notEqual(names.length, 0, `a round of ${property} without states`);
  let own: string | undefined;
  for (const [name, state] of Object.entries(states)) {
    assert.ok(isStateOf(declared, name), `${property} declares no state ${name}`);
    assert.ok(!(name in known), `${name} of ${property} is known already`);
    if ("ionOf" in state)
      assert.equal(state.ionOf, own, `${name} of ${property} follows another state than its own`);
    else own = name;
  }
}

/** What of a state is kept: an ion's Koopmans estimate is among the values. */
function kept([name, result]: [string, EnergyResult | IonResult | null]): [string, StateResult][] {
  if (result === null) return [];
  if ("hartreeFock" in result) return [[name, result]];
  const { casci, vqe } = result;
  return vqe ? [[name, { casci, vqe }]] : [];
}

function concluded(
  asked: Pick<Evaluation, "property" | "definition">,
  results: StateResults,
  { values, outcome, reason, alternatives = [], chosen, isAnother }: Conclusion,
): Omit<EvaluatedCandidate, "geometries"> {
  const states = Object.fromEntries(Object.entries(results).flatMap(kept));
  const told = alternatives.length > 0 && { alternatives: [...alternatives] };
  const evaluation = { ...asked, outcome, states, values, ...told };
  return {
    evaluation,
    reason: reason ?? null,
    ...(chosen !== undefined && { chosen }),
    ...(isAnother && { isAnother }),
  };
}
