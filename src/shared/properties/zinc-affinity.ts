/** How strongly a molecule holds a zinc ion. */
import { bindingProperty, ION_COST, ION_PLACES } from "./binding.ts";
import { DICATION_STATES } from "./binding-states.ts";
import { dicationWarning } from "./charge-transfer.ts";

export const zincAffinity = bindingProperty({
  id: "zinc-affinity",
  title: "Zinc ion affinity",
  name: "zinc affinity",
  symbol: "ZnA",
  objective: "zinc",
  stem: "zincAffinity",
  column: "zinc_affinity",
  formula: "Zn²⁺",
  starts: ION_PLACES,
  basis: "def2-svpd",
  states: DICATION_STATES,
  warning: dicationWarning("zincAffinity_hartree", ["Zn²⁺", "Zn⁺"]),
  expectedError: {
    sentence: "unknown, for nothing was compared",
    mean: null,
    testSet: null,
  },
  cost: ION_COST,
});
