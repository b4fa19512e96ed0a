/** Which states and methods of an evaluation there is something to say of. */
import { type Evaluation, isOwn, type StateResult, valueBy } from "#shared/properties/evaluation.ts";
import { declarationOf, type NamedProperty } from "#shared/properties/find.ts";
import { type PropertyValue, stateNumber } from "#shared/properties/property.ts";
import { fieldEnergy } from "#shared/quantum/method-energy.ts";
import { lowestState, totalEnergy } from "#shared/quantum/multireference-result.ts";

export type MethodName = Exclude<PropertyValue["method"], "desirability" | "descriptor">;

/** A state that was reached. */
export interface ShownState {
  readonly name: string;
  readonly title: string;
  readonly result: StateResult;
}

/** Those that there are, in the order that the property declares; of numbered ones each with its number. */
export function shownStates(evaluation: NamedProperty & Pick<Evaluation, "states">): ShownState[] {
  const { states } = evaluation;
  return declarationOf(evaluation).states.flatMap((declared): ShownState[] => {
    if (!declared.isNumbered) {
      const result = states[declared.name];
      return result ? [{ name: declared.name, title: declared.title, result }] : [];
    }
    const found = Object.entries(states).flatMap(([name, result]) => {
      const number = stateNumber(declared, name);
      return number === null ? [] : [{ number, name, title: `${declared.title} ${number}`, result }];
    });
    return found.sort((a, b) => a.number - b.number);
  });
}

/** By each method, Hartree. */
export const ENERGIES: Readonly<Record<MethodName, (state: StateResult) => number | undefined>> = {
  "hartree-fock": (state) =>
    isOwn(state) && !state.hartreeFock.kohnSham ? state.hartreeFock.energy_hartree : undefined,
  functional: (state) =>
    (isOwn(state) && state.hartreeFock.kohnSham ? fieldEnergy(state) : undefined) ?? undefined,
  mp2: (state) => (isOwn(state) ? state.mp2?.energy_hartree : undefined),
  casci: ({ casci }) => casci?.energy_hartree,
  vqe: ({ vqe }) => vqe?.energy_hartree,
  // Of the lowest of its states.
  nevpt2: (state) => {
    const found = isOwn(state) && state.multireference ? lowestState(state.multireference) : null;
    return found ? totalEnergy(found) : undefined;
  },
  routed: () => undefined,
};
const METHODS = Object.keys(ENERGIES) as MethodName[];

/** Methods of which there is an energy or a number. */
export const shownMethods = (result: Evaluation, states: readonly ShownState[]): MethodName[] =>
  METHODS.filter(
    (method) =>
      states.some((state) => ENERGIES[method](state.result) !== undefined) ||
      valueBy(result, method) !== null,
  );
