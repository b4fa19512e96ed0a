/** How strongly a molecule holds a lithium ion. */
import { bindingProperty, ION_COST, ION_PLACES } from "./binding.ts";
import { ION_STATES } from "./binding-states.ts";

export const lithiumAffinity = bindingProperty({
  id: "lithium-affinity",
  title: "Lithium ion affinity",
  name: "lithium affinity",
  symbol: "LiA",
  objective: "lithium",
  stem: "lithiumAffinity",
  column: "lithium_affinity",
  formula: "Li⁺",
  starts: ION_PLACES,
  basis: "6-31+g*",
  states: ION_STATES,
  expectedError: {
    sentence: "1 to 2 kcal/mol",
    mean: 0.5,
    testSet: "CCSD(T) values of water, ammonia and hydrogen fluoride, by which its basis was chosen",
  },
  cost: ION_COST,
});
