/** One standard deviation of what a campaign ranks by: of the property on its benchmark set, and of a candidate's own shots. */
import type { Database } from "#core/notebook/file/database.ts";
import type { EvaluatedNumbers } from "#core/notebook/tables/candidates.ts";
import { firstByRole } from "#core/notebook/tables/records.ts";
import { compositeDeviation, type UncertainPart } from "#core/ranking/composite.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CompositeDefinition, CompositePart } from "#shared/properties/composite-definition.ts";
import { computedPart, partNumber } from "#shared/properties/composite-property.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { deviationOf, rankedBy } from "#shared/properties/method-title.ts";
import { UNITS } from "#shared/properties/property.ts";

/** Of a candidate's number, in the unit that it is stored in. */
export type ErrorBar = (row: EvaluatedNumbers) => number;

/** Of the energies by VQE that the number is made of, their standard errors by shots added as squares; 0 without shots. */
function shotsError(
  db: Database,
  evaluation: number,
  isOfNumber: (role: string) => boolean = () => true,
): number {
  const errors = [...firstByRole(db, evaluation)].map(([role, { kind, content }]) =>
    kind === "vqe" && isOfNumber(role) ? Number(content.statedError_hartree ?? 0) : 0,
  );
  return Math.hypot(...errors);
}

/** A part's states stand under its prefix, but for the first of all, which needs no name of its own in records. */
const isOfPart =
  (prefix: string, place: number) =>
  (role: string): boolean =>
    role.startsWith(prefix) || (place === 0 && !/^part\d+-/.test(role));

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
  const shots = (row: EvaluatedNumbers): number =>
    method === "vqe" ? shown.fromStored(shotsError(db, row.evaluation, isOfPart(prefix, place))) : 0;
  return (row) => ({
    // A composite with a number has one of each part.
    value: shown.fromStored(row.numbers[key]!),
    deviation: Math.hypot(usual, shots(row)),
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
  return bars.length < parts.length ? null : (row) => compositeDeviation(bars.map((bar) => bar(row)));
}

/** null where the error is not known; of a composite, where that of any part is not. */
export function errorBarOf(db: Database, evaluation: EvaluationSettings): ErrorBar | null {
  if (evaluation.definition?.kind === "composite")
    return barOfComposite(db, evaluation.definition, evaluation);
  const deviation = deviationOf(evaluation);
  if (deviation === null) return null;
  const usual = UNITS[declarationOf(evaluation).unit].toStored(deviation);
  const isByVqe = rankedBy(evaluation).method === "vqe";
  return (row) => (isByVqe ? Math.hypot(usual, shotsError(db, row.evaluation)) : usual);
}
