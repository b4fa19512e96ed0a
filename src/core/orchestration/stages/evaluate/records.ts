/** An evaluation as records, one for each calculation, and back again. */

import type { Database } from "#core/notebook/file/database.ts";
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { linkRoles, readRecord } from "#core/notebook/tables/records.ts";
import type { EvaluatedCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { mapFormulas } from "#shared/properties/definition.ts";
import { Evaluation, moleculeResult, routeOf } from "#shared/properties/evaluation.ts";
import { declarationOf, type NamedProperty } from "#shared/properties/find.ts";
import { withoutSpins } from "#shared/properties/formula-definition.ts";
import { stateNumber } from "#shared/properties/property.ts";
import { whyNotConverged } from "#shared/properties/why-not-converged.ts";
import { vqeBound } from "#shared/quantum/state-result.ts";
import type { Made, Origin } from "../plan.ts";
import { calculations, type NamedState, type StateRoles, timesOf } from "./calculations.ts";
import { written, writtenState } from "./written.ts";

/** How the evaluation was asked for, and what says so in its record. */
export type EvaluationOrigin = Origin<JsonObject & { conformer: Sha256 }>;

/** The first version that knew a formula's own state by its spin too. */
const FIRST_BY_SPIN = 12;

/** The state that was the first of a property in evaluations of a version. */
function firstState({ property, definition }: NamedProperty, version: number): string {
  const then = definition && version < FIRST_BY_SPIN ? mapFormulas(definition, withoutSpins) : definition;
  return declarationOf({ property, definition: then }).states[0].name;
}

/** What the records of a state are called; the first state's need no name of their own. */
const rolesOf =
  (asked: NamedProperty, version: number) =>
  (name: string): StateRoles => {
    const isFirst = name === firstState(asked, version);
    return { name, role: (part) => (isFirst ? part : `${name}-${part}`) };
  };

/** The states that were reached, each of its own orbitals before those that share them. */
function reachedStates(made: Evaluation, version: number): NamedState[] {
  const roles = rolesOf(made, version);
  return Object.entries(made.states).map(([name, result]) => ({ ...roles(name), result }));
}

/** What the ansatz misses of the exact energy of the molecule in the same active space; null where either is missing. */
function vqeMinusCasci(evaluation: Evaluation): number | null {
  const { vqe, casci } = moleculeResult(evaluation);
  return vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null;
}

/**
 * The records of an evaluation: SCF ← Hamiltonian ← CASCI, VQE ← evaluation; a VQE also comes from its backend call.
 *
 * @param conformer the candidate's geometry, whose record the origin names
 */
export function evaluationRecords(
  { evaluation: made, reason, geometries }: EvaluatedCandidate,
  origin: EvaluationOrigin,
  conformer: Geometry,
): Made {
  const geometry = { role: "geometry", target: origin.input.conformer };
  const states = reachedStates(made, origin.stageVersion).map((state) => ({
    ...state,
    geometry: geometries[state.name],
  }));
  const found = [...calculations(states, { link: geometry, geometry: conformer })];
  const { build, backend } = moleculeResult(made);
  const route = routeOf(made);
  const content = {
    ...origin,
    ...made.values,
    outcome: made.outcome,
    build,
    backend,
    vqeMinusCasci_hartree: vqeMinusCasci(made),
    reason: reason ?? whyNotConverged(made),
    ...(route && { route }),
    ...(made.alternatives && { alternatives: made.alternatives }),
    ...(made.attempts && { attempts: made.attempts }),
  };
  const links = [geometry, ...found.map(([role, { hash }]) => ({ role, target: hash }))];
  const evaluation = seal({ kind: "evaluation", content, links });
  return {
    records: [...found.map(([, record]) => record), evaluation],
    result: evaluation,
    timings_ms: Object.assign({}, ...states.map(timesOf)),
  };
}

/** The states of an evaluation by its links: those that the property declares, and the numbered ones that there are. */
function writtenNames(db: Database, record: number, asked: NamedProperty): string[] {
  const { states } = declarationOf(asked);
  const roles = states.some(({ isNumbered }) => isNumbered) ? linkRoles(db, record) : [];
  return states.flatMap((state) => {
    if (!state.isNumbered) return [state.name];
    const names = roles.flatMap((role) => (role.endsWith("-scf") ? [role.slice(0, -"-scf".length)] : []));
    const found = names.filter((name) => stateNumber(state, name) !== null);
    return found.sort((a, b) => Number(stateNumber(state, a)) - Number(stateNumber(state, b)));
  });
}

/** An evaluation as its records have it, put together again: earlier ones lack members that came later. */
export function writtenEvaluation(db: Database, record: number) {
  const { content } = readRecord(db, record);
  const { input, outcome, values, alternatives, attempts, stageVersion } = EvaluationContent.parse(content);
  const { property, definition } = input;
  const asked = { property, ...(definition && { definition }) };
  const stored = written(db, record);
  const roles = rolesOf(asked, stageVersion);
  const states: JsonObject = Object.fromEntries(
    writtenNames(db, record, asked).flatMap((name) => {
      const state = writtenState(stored, roles(name));
      return state ? [[name, state]] : [];
    }),
  );
  const told = { ...(alternatives && { alternatives }), ...(attempts && { attempts }) };
  return { ...asked, outcome, states, values, ...told };
}

/** An evaluation from its records; null, or the default of then, where an earlier one lacks a member. */
export const readEvaluation = (db: Database, record: number): Evaluation =>
  Evaluation.parse(writtenEvaluation(db, record));
