/** How strongly a molecule holds a molecule of carbon dioxide. */
import { bindingProperty, PROBE_COST, PROBE_PLACES } from "./binding.ts";
import { PROBE_STATES } from "./binding-states.ts";

export const carbonDioxideAffinity = bindingProperty({
  id: "carbon-dioxide-affinity",
  title: "Carbon dioxide affinity",
  name: "CO₂ affinity",
  symbol: "CA",
  objective: "carbon-dioxide",
  stem: "carbonDioxideAffinity",
  column: "carbon_dioxide_affinity",
  formula: "CO₂",
  starts: PROBE_PLACES,
  basis: "6-31+g**",
  states: PROBE_STATES,
  expectedError: {
    sentence: "unknown, for nothing was compared",
    mean: null,
    testSet: null,
  },
  cost: PROBE_COST,
});
