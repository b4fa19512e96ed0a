/** One standard deviation of what a campaign ranks by: of the property on its benchmark set, and of a candidate's own shots. It is known where errors were measured alone. */
import type { Database } from "#core/notebook/file/database.ts";
import type { EvaluatedNumbers } from "#core/notebook/tables/candidates.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { firstByRole, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import { hasKnownError } from "#core/ranking/certainty.ts";
import { compositeDeviation, type UncertainPart } from "#core/ranking/composite.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CompositeDefinition, CompositePart } from "#shared/properties/composite-definition.ts";
import { computedPart, partNumber } from "#shared/properties/composite-property.ts";
import { declarationOf } from "#shared/properties/find.ts";
import {
  type AskedNumber,
  deviationOf,
  isMeasuredSize,
  needsSpace,
  rankedBy,
} from "#shared/properties/method-title.ts";
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

/** Whether a state did not converge and was left out of the choice of the lowest: the number may be that of another bond, site or spin. */
const isLeftOut = ([role, { kind, content }]: Linked, prefix: string): boolean => {
  if (kind !== "scf" || !role.startsWith(prefix)) return false;
  const { outcome, optimisation } = content as { outcome: string; optimisation?: { outcome: string } };
  return outcome !== "converged" || (optimisation && optimisation.outcome !== "converged") === true;
};

/** Whether one of those that the number was chosen from became something else: it may have been the lowest. */
const hasLeftOut = (db: Database, evaluation: number): boolean =>
  EvaluationContent.parse(readRecord(db, evaluation).content).alternatives?.some(
    ({ isLeftOut }) => isLeftOut,
  ) === true;

interface OwnNumber {
  readonly method: PropertyValue["method"];
  /** Before the names of a part's states. */
  readonly prefix?: string;
}

/** Records never change, and while a campaign runs they are asked for after each evaluation. */
const known = new WeakMap<Database, Map<string, number>>();

/**
 * What a number of an evaluation adds to the usual error, in Hartree: of VQE its shots. Infinite where a state was left out, and of an active
 * space that the usual error was not measured in, as of a molecule that has no room for it; all of an evaluation are of one molecule.
 */
function ownError(db: Database, { evaluation }: EvaluatedNumbers, asked: OwnNumber): number {
  const found = known.get(db) ?? new Map<string, number>();
  known.set(db, found);
  const key = [evaluation, asked.method, asked.prefix].join();
  const error =
    found.get(key) ??
    (hasLeftOut(db, evaluation)
      ? Number.POSITIVE_INFINITY
      : errorIn([...firstByRole(db, evaluation)], asked));
  found.set(key, error);
  return error;
}

function errorIn(linked: readonly Linked[], { method, prefix = "" }: OwnNumber): number {
  if (linked.some((one) => isLeftOut(one, prefix))) return Number.POSITIVE_INFINITY;
  if (!needsSpace(method)) return 0;
  const isElsewhere = linked.some(
    ([, { kind, content }]) =>
      kind === "hamiltonian" && !isMeasuredSize(ActiveSpace.parse(content.activeSpace)),
  );
  if (isElsewhere) return Number.POSITIVE_INFINITY;
  return method === "vqe" ? shotsError(linked, prefix) : 0;
}

/** What errors usually are, by where a candidate's geometry is from, in the unit that is shown; infinite where that is not known. */
function usualError(asked: AskedNumber): (row: EvaluatedNumbers) => number {
  const [made, given] = [false, true].map((isGiven) => deviationOf(asked, { isGiven }) ?? Infinity) as [
    number,
    number,
  ];
  const { relaxes = false } = rankedBy(asked);
  return ({ isGiven, isElsewhere }) => {
    if (isElsewhere && !relaxes) return Number.POSITIVE_INFINITY;
    return isGiven ? given : made;
  };
}

/** Whether errors were measured at any geometry. */
const hasUsualError = (asked: AskedNumber): boolean =>
  [false, true].some((isGiven) => deviationOf(asked, { isGiven }) !== null);

/** null where the error of the part is not known. */
function uncertainPart(
  db: Database,
  part: CompositePart,
  { evaluation, place }: { evaluation: EvaluationSettings; place: number },
): ((row: EvaluatedNumbers) => UncertainPart) | null {
  const { method, prefix, shown, key } = partNumber(part, place);
  const computed = computedPart(part);
  const { definition: _, propertySettings: __, ...level } = evaluation;
  const asked = computed && { ...level, ...computed };
  if (asked && !hasUsualError(asked)) return null;
  const usual = asked ? usualError(asked) : () => 0;
  const own = (row: EvaluatedNumbers): number => shown.fromStored(ownError(db, row, { method, prefix }));
  return (row) => ({
    // A composite with a number has one of each part.
    value: shown.fromStored(row.numbers[key]!),
    deviation: Math.hypot(usual(row), own(row)),
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
  if (!hasUsualError(evaluation)) return null;
  const usual = usualError(evaluation);
  const { toStored } = UNITS[declarationOf(evaluation).unit];
  const { method } = rankedBy(evaluation);
  return (row) => Math.hypot(toStored(usual(row)), ownError(db, row, { method }));
}
