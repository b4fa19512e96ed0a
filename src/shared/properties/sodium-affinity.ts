/** How strongly a molecule holds a sodium ion. */
import { bindingProperty, ION_COST, ION_PLACES } from "./binding.ts";
import { ION_STATES } from "./binding-states.ts";

export const sodiumAffinity = bindingProperty({
  id: "sodium-affinity",
  title: "Sodium ion affinity",
  name: "sodium affinity",
  symbol: "NaA",
  objective: "sodium",
  stem: "sodiumAffinity",
  column: "sodium_affinity",
  formula: "Na⁺",
  starts: ION_PLACES,
  basis: "6-31+g*",
  states: ION_STATES,
  expectedError: {
    sentence: "1 to 2 kcal/mol",
    mean: 0.2,
    testSet: "CCSD(T) values of water and ammonia, by which its basis was chosen",
  },
  cost: ION_COST,
});
