/**
 * A composite: the protocols of its parts side by side, round by round, then how good each number is and their weighted geometric mean.
 *
 * A part without a number, or outside its limits, leaves the composite without one, with the reason; the numbers of the others are kept.
 * Cost: the states of its parts; what several ask for alike is found where states are kept.
 */
import { DomainError, isRefusal } from "#shared/errors.ts";
import type { CompositeDefinition, CompositePart } from "#shared/properties/composite-definition.ts";
import {
  type ComputedPart,
  computedPart,
  type PartNumber,
  partName,
  partNumber,
} from "#shared/properties/composite-property.ts";
import { desirabilityOf, overallDesirability } from "#shared/properties/desirability.ts";
import type { Alternative, EvaluationOutcome } from "#shared/properties/evaluation.ts";
import { inSentence } from "#shared/properties/property.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";

type Protocols = Readonly<Record<ComputedPart["property"], Protocol>>;

/** The part as a property that is asked for alone. */
const partCandidate = (
  candidate: Candidate,
  { propertySettings, definition, basis }: ComputedPart,
): Candidate => ({
  ...candidate,
  level: { ...candidate.level, basis },
  settings: propertySettings,
  definition,
});

/** Results of a part's states under the names that its protocol gave them. */
const ownResults = (results: StateResults, prefix: string): StateResults =>
  Object.fromEntries(
    Object.entries(results).flatMap(([name, result]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), result]] : [],
    ),
  );

const prefixed = (states: States, prefix: string): States =>
  Object.fromEntries(
    Object.entries(states).map(([name, state]) => [
      `${prefix}${name}`,
      "ionOf" in state ? { ...state, ionOf: `${prefix}${state.ionOf}` } : state,
    ]),
  );

/** What becomes of one part: its next states, or its number with why there is none. */
interface Found {
  readonly value: number | null;
  readonly outcome: EvaluationOutcome;
  readonly reason?: string | undefined;
  readonly isAnother?: true | undefined;
  readonly alternatives?: readonly Alternative[] | undefined;
}

function descriptorFound({ descriptor }: CompositePart, { descriptors = {} }: Candidate): Found {
  const value = (descriptor && descriptors[descriptor]) ?? null;
  if (value !== null) return { value, outcome: "converged" };
  return { value, outcome: "not-applicable", reason: "the molecule has none" };
}

const concludedPart = (
  { values, outcome, reason, isAnother, alternatives }: Conclusion,
  { ranked }: ComputedPart,
): Found => ({
  value: outcome === "converged" ? (values[ranked] ?? null) : null,
  outcome,
  reason,
  isAnother,
  alternatives,
});

/** One outside what is allowed, in the unit that it is shown in: "logP 5.20 is above 5". */
function outside(
  { limits = {} }: CompositePart,
  { title, shown }: PartNumber,
  value: number,
): string | undefined {
  const { least, most } = limits;
  const said = `${title} ${value.toFixed(shown.digits)}${shown.unit === "" ? "" : ` ${shown.unit}`}`;
  if (least !== undefined && value < least) return `${said} is below ${least}`;
  if (most !== undefined && value > most) return `${said} is above ${most}`;
  return undefined;
}

interface Judged {
  readonly part: CompositePart;
  readonly number: PartNumber;
  readonly found: Found;
}

/** In the unit that the number is shown in. */
const shownNumber = ({ number, found }: Judged): number | null =>
  found.value === null ? null : number.shown.fromStored(found.value);

function judged({ parts }: CompositeDefinition, found: readonly Found[]): Judged[] {
  // One of each for each part.
  return parts.map((part, k) => ({ part, number: partNumber(part, k), found: found[k]! }));
}

const goodness = (one: Judged): number | null => {
  const value = shownNumber(one);
  return value === null ? null : desirabilityOf(value, one.part.desirability);
};

function valuesOf(parts: readonly Judged[], overall: number | null): Conclusion["values"] {
  const each = parts.flatMap((one) => [
    [one.number.key, one.found.value],
    [one.number.desirability, goodness(one)],
  ]);
  return { ownComposite_dimensionless: overall, ...Object.fromEntries(each) };
}

/** What a part's number was chosen without: of the others the composite's numbers say nothing. */
const leftOut = (parts: readonly Judged[]): Alternative[] =>
  parts.flatMap(({ number, found: { alternatives = [] } }) =>
    alternatives
      .filter(({ isLeftOut }) => isLeftOut)
      .map((one) => ({ ...one, name: partName(number, one.name), value: null })),
  );

const reasons = (missing: readonly Judged[]): string =>
  missing.map(({ number, found }) => `no ${inSentence(number.title)}: ${found.reason}`).join("; ");

function conclude(parts: readonly Judged[]): Conclusion {
  const missing = parts.filter(({ found }) => found.value === null);
  const values = (overall: number | null) => valuesOf(parts, overall);
  const lost = missing.filter(({ found }) => found.outcome === "not-converged");
  if (lost.length > 0) {
    const isAnother = missing.some(({ found }) => found.isAnother);
    return {
      ...{ values: values(null), outcome: "not-converged" },
      // What did not converge without a reason of its own is told by its states.
      ...(lost.every(({ found }) => found.reason !== undefined) && { reason: reasons(lost) }),
      ...(isAnother && { isAnother }),
    };
  }
  if (missing.length > 0)
    return { values: values(null), outcome: "not-applicable", reason: reasons(missing) };
  const beyond = parts.flatMap((one) => outside(one.part, one.number, shownNumber(one) ?? 0) ?? []);
  if (beyond.length > 0)
    return { values: values(0), outcome: "outside-limits", reason: `outside limits: ${beyond.join(", ")}` };
  const weighed = parts.map((one) => ({ desirability: goodness(one) ?? 0, weight: one.part.weight }));
  return { values: values(overallDesirability(weighed)), outcome: "converged" };
}

/** A part that cannot be computed of this molecule says so; any other error ends the evaluation. */
function stepOf(protocol: Protocol, candidate: Candidate, results: StateResults): Round | Conclusion {
  try {
    return protocol.next(candidate, results);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { values: {}, outcome: "not-applicable", reason: error.message };
  }
}

/** A molecule of which nothing can be computed is a failure, not an evaluation. */
function nothingComputed(found: readonly Found[]): DomainError {
  const reasons = found.flatMap(({ reason }) => reason ?? []);
  return new DomainError("not-supported", `No part of the composite can be computed: ${reasons.join("; ")}`);
}

export const compositeProtocol = (protocols: Protocols): Protocol => ({
  next(candidate, results): Round | Conclusion {
    const { definition } = candidate;
    if (definition?.kind !== "composite") throw new Error("a composite without its definition");
    let states: States = {};
    const found = definition.parts.map((part, k): Found => {
      const computed = computedPart(part);
      if (!computed) return descriptorFound(part, candidate);
      const { prefix } = partNumber(part, k);
      const own = partCandidate(candidate, computed);
      const step = stepOf(protocols[computed.property], own, ownResults(results, prefix));
      if ("states" in step) {
        states = { ...states, ...prefixed(step.states, prefix) };
        return { value: null, outcome: "not-converged" };
      }
      return concludedPart(step, computed);
    });
    if (Object.keys(states).length > 0) return { states };
    if (Object.keys(results).length === 0) throw nothingComputed(found);
    const parts = judged(definition, found);
    const alternatives = leftOut(parts);
    return { ...conclude(parts), ...(alternatives.length > 0 && { alternatives }) };
  },
});
