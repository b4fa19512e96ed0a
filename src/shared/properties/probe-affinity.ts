/** How strongly a molecule holds a probe of a person's own. */
import { bindingProperty, PROBE_COST, PROBE_PLACES } from "./binding.ts";
import { PROBE_STATES } from "./binding-states.ts";
import type { ProbeDefinition } from "./probe-definition.ts";
import type { PropertyDeclaration } from "./property.ts";

const SHARED = {
  id: "probe-affinity",
  title: "Probe affinity",
  name: "probe affinity",
  symbol: "XA",
  objective: "probe",
  stem: "probeAffinity",
  column: "probe_affinity",
  formula: "the probe",
  starts: PROBE_PLACES,
  basis: "6-31+g**",
  states: PROBE_STATES,
  expectedError: { sentence: "unknown, for nothing was compared", mean: null, testSet: null },
  cost: PROBE_COST,
} as const;

/** What all such properties share. */
export const probeAffinity = {
  ...bindingProperty(SHARED),
  isDefined: true,
} as const satisfies PropertyDeclaration;

/** The declaration that a definition stands for. */
export const probeProperty = ({
  title,
  basis,
}: ProbeDefinition): PropertyDeclaration & { id: "probe-affinity" } => ({
  ...bindingProperty({
    ...SHARED,
    title: `${title} affinity`,
    name: `${title} affinity`,
    formula: title,
    basis,
  }),
  isDefined: true,
});
