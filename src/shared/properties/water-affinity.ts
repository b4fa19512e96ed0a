/** How strongly a molecule holds a molecule of water. */
import { bindingProperty, PROBE_COST, PROBE_PLACES } from "./binding.ts";
import { PROBE_STATES } from "./binding-states.ts";

export const waterAffinity = bindingProperty({
  id: "water-affinity",
  title: "Water affinity",
  name: "water affinity",
  symbol: "WA",
  objective: "water",
  stem: "waterAffinity",
  column: "water_affinity",
  formula: "H₂O",
  starts: PROBE_PLACES,
  basis: "6-31+g**",
  states: PROBE_STATES,
  expectedError: {
    sentence: "0.1 to 0.6 kcal/mol, too weak",
    mean: 0.3,
    testSet:
      "MP2/aug-cc-pVTZ values of water, ammonia and formaldehyde at the same geometries, the mean of those with and without counterpoise",
  },
  cost: PROBE_COST,
});
