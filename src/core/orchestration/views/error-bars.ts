/** One standard deviation of what a campaign ranks by: of the property on its benchmark set, and of a candidate's own shots. */
import type { Database } from "#core/notebook/file/database.ts";
import type { EvaluatedNumbers } from "#core/notebook/tables/candidates.ts";
import { firstByRole, type StoredRecord } from "#core/notebook/tables/records.ts";
import { hasKnownError } from "#core/ranking/certainty.ts";
import { compositeDeviation, type UncertainPart } from "#core/ranking/composite.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CompositeDefinition, CompositePart } from "#shared/properties/composite-definition.ts";
import { computedPart, partNumber } from "#shared/properties/composite-property.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { deviationOf, isMeasuredSize, needsSpace, rankedBy } from "#shared/properties/method-title.ts";
import { type PropertyValue, UNITS } from "#shared/properties/property.ts";
import { ActiveSpace } from "#shared/quantum/active-space.ts";

/** Of a candidate's number, in the unit that it is stored in; infinite where it is not known. */
export type ErrorBar = (row: EvaluatedNumbers) => number;

type Linked = readonly [role: string, record: StoredRecord];

/** Of the energies by VQE that the number is made of, their standard errors by shots added as squares; 0 without shots. @param prefix of a part's states */
const shotsError = (linked: readonly Linked[], prefix: string): number =>
  Math.hypot(
    ...linked.map(([role, { kind, content }]) =>
      kind === "vqe" && role.startsWith(prefix) ? Number(content.statedError_hartree ?? 0) : 0,
    ),
  );

/**
 * What a number of an evaluation adds to the usual error, in Hartree: of VQE its shots. Infinite of an active space that the usual error was
 * not measured in, as of a molecule that has no room for it; all of an evaluation are of one molecule.
 */
function ownError(
  db: Database,
  { evaluation }: EvaluatedNumbers,
  { method, prefix = "" }: { method: PropertyValue["method"]; prefix?: string },
): number {
  if (!needsSpace(method)) return 0;
  const linked = [...firstByRole(db, evaluation)];
  const isElsewhere = linked.some(
    ([, { kind, content }]) =>
      kind === "hamiltonian" && !isMeasuredSize(ActiveSpace.parse(content.activeSpace)),
  );
  if (isElsewhere) return Number.POSITIVE_INFINITY;
  return method === "vqe" ? shotsError(linked, prefix) : 0;
}

/** null where the error of the part is not known. */
function uncertainPart(
  db: Database,
  part: CompositePart,
  { evaluation, place }: { evaluation: EvaluationSettings; place: number },
): ((row: EvaluatedNumbers) => UncertainPart) | null {
  const { method, prefix, shown, key } = partNumber(part, place);
  const computed = computedPart(part);
  const { definition: _, propertySettings: __, ...level } = evaluation;
  const usual = computed ? deviationOf({ ...level, ...computed }) : 0;
  if (usual === null) return null;
  const own = (row: EvaluatedNumbers): number => shown.fromStored(ownError(db, row, { method, prefix }));
  return (row) => ({
    // A composite with a number has one of each part.
    value: shown.fromStored(row.numbers[key]!),
    deviation: Math.hypot(usual, own(row)),
    wanted: part.desirability,
    weight: part.weight,
  });
}

function barOfComposite(
  db: Database,
  { parts }: CompositeDefinition,
  evaluation: EvaluationSettings,
): ErrorBar | null {
  const bars = parts.flatMap((part, place) => uncertainPart(db, part, { evaluation, place }) ?? []);
  if (bars.length < parts.length) return null;
  return (row) => {
    const uncertain = bars.map((bar) => bar(row));
    return uncertain.every(hasKnownError) ? compositeDeviation(uncertain) : Number.POSITIVE_INFINITY;
  };
}

/** null where the error is not known; of a composite, where that of any part is not. */
export function errorBarOf(db: Database, evaluation: EvaluationSettings): ErrorBar | null {
  if (evaluation.definition?.kind === "composite")
    return barOfComposite(db, evaluation.definition, evaluation);
  const deviation = deviationOf(evaluation);
  if (deviation === null) return null;
  const usual = UNITS[declarationOf(evaluation).unit].toStored(deviation);
  const { method } = rankedBy(evaluation);
  return (row) => Math.hypot(usual, ownError(db, row, { method }));
}
