/** `ansatz screen --list-objectives`: what can be computed, how, and how far it may be from reference values. */
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { KNOWN_PROPERTIES, type RegisteredProperty } from "#shared/properties/find.ts";
import { rankedBy } from "#shared/properties/method-title.ts";
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import { basisTitle } from "#shared/quantum/basis-functions.ts";
import { formatTable, print, printJson } from "./output.ts";

/** How a property is computed where nothing else is asked for. */
function protocolOf({ id, method }: RegisteredProperty): string {
  const { evaluation } = CampaignSettings.parse({ name: id, evaluation: { property: id } });
  const { activeSpace, basis, functions } = evaluation;
  return `${method(activeSpaceTitle(activeSpace), rankedBy(evaluation).method, evaluation.propertySettings)}; basis ${basisTitle(basis, functions)}`;
}

/** expectedError: mean absolute error over the set, deviation: standard deviation of the errors in the usual basis set, in the unit; null where it was not compared. */
const objectiveDocument = (property: RegisteredProperty) => ({
  name: property.id,
  unit: property.unit,
  protocol: protocolOf(property),
  expectedError: property.expectedError.mean,
  deviation: property.values[0].deviations?.[property.basis] ?? null,
  set: property.expectedError.testSet,
});

export function listObjectives({ json }: { json?: boolean }): void {
  const objectives = KNOWN_PROPERTIES.map(objectiveDocument);
  if (json) {
    printJson({ objectives });
    return;
  }
  const columns = [
    { title: "objective", text: ({ id }: RegisteredProperty) => id },
    { title: "unit", text: ({ unit }: RegisteredProperty) => unit },
    {
      title: "mean error",
      text: ({ expectedError: { mean, testSet } }: RegisteredProperty) =>
        mean === null ? "not compared" : `${mean} (${testSet})`,
    },
  ];
  print(formatTable(columns, KNOWN_PROPERTIES));
  for (const { name, protocol } of objectives) print(`\n${name}: ${protocol}`);
}
