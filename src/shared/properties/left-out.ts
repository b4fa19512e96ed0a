/** States that were left out of a choice of the lowest. */
import { type PropertyDeclaration, type PropertyState, stateNumber } from "./property.ts";

type Warning = NonNullable<PropertyDeclaration["warning"]>;
type Diagnosed = Parameters<Warning["of"]>[1][string];

const isReached = ({ hartreeFock, optimisation }: Diagnosed): boolean =>
  hartreeFock?.outcome !== "not-converged" && optimisation?.outcome !== "not-converged";

/** "Fragment (no. 2)". */
function titleOf(states: readonly PropertyState[], name: string): string {
  for (const state of states) {
    const number = state.isNumbered ? stateNumber(state, name) : null;
    if (number !== null) return `${state.title} (no. ${number})`;
  }
  return name;
}

/** Of a property whose number is that of the lowest structure, bond or spin: what did not converge, or became something else, may have been the lowest. */
export const leftOutWarning = (states: readonly PropertyState[]): Warning => ({
  document: "leftOutWarning",
  column: "left_out_warning",
  of(numbers, found, alternatives = []) {
    const hasNumber = Object.values(numbers).some((number) => number !== null);
    const missed = Object.keys(found).filter((name) => !isReached(found[name]!));
    const changed = alternatives.filter(({ isLeftOut }) => isLeftOut).map(({ name }) => name);
    if (!hasNumber || missed.length + changed.length === 0) return null;
    const titles = missed.map((name) => titleOf(states, name)).join(", ");
    return [
      ...(missed.length > 0 ? [`Not converged and left out: ${titles}.`] : []),
      ...(changed.length > 0
        ? [`Left out for what it became when it was relaxed: ${changed.join(", ")}.`]
        : []),
      "The number is that of the lowest of the others, and has no error bar.",
    ].join(" ");
  },
});
