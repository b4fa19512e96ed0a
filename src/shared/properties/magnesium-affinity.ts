/** How strongly a molecule holds a magnesium ion. */
import { bindingProperty, ION_COST, ION_PLACES } from "./binding.ts";
import { DICATION_STATES } from "./binding-states.ts";
import { dicationWarning } from "./charge-transfer.ts";

export const magnesiumAffinity = bindingProperty({
  id: "magnesium-affinity",
  title: "Magnesium ion affinity",
  name: "magnesium affinity",
  symbol: "MgA",
  objective: "magnesium",
  stem: "magnesiumAffinity",
  column: "magnesium_affinity",
  formula: "Mg²⁺",
  starts: ION_PLACES,
  basis: "6-31+g*",
  states: DICATION_STATES,
  warning: dicationWarning("magnesiumAffinity_hartree", ["Mg²⁺", "Mg⁺"]),
  expectedError: {
    sentence: "2 kcal/mol",
    mean: 1.8,
    testSet: "the CCSD(T)/aug-cc-pVDZ value of water with counterpoise",
  },
  cost: ION_COST,
});
