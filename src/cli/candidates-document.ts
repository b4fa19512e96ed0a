/** What became of each molecule of a campaign, in the order of the input. */
import { type Campaign, isActive } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { CertaintyOf, FrontOf } from "#shared/campaign/certainty.ts";
import { firstOfEach } from "#shared/campaign/molecule-key.ts";
import { isOwnRung, takesMarks } from "#shared/campaign/rungs.ts";
import { type PropertyDeclaration, UNITS } from "#shared/properties/property.ts";
import type { DiagnosticRoute } from "#shared/quantum/diagnostic.ts";

type Status = "evaluated" | "rejected" | "failed" | "not-evaluated";

export interface CandidateEntry {
  /** From 1, of all files together. */
  row: number;
  name: string | null;
  /** As given. */
  smiles: string;
  /** Of what is computed; null where that is not known. */
  canonicalSmiles: string | null;
  /** null also where what was evaluated has none: an anion that is not bound, no place for a proton. */
  value: number | null;
  unit: string;
  /** One standard deviation; null where it is not known. */
  uncertainty: number | null;
  rank: number | null;
  /** The best and the worst rank that the error bars leave it (95 %); null where they are not known. */
  ranks: [number, number] | null;
  /** Chance that it is among the first ten; null likewise. */
  topChance: number | null;
  /** Of a composite, over the numbers of its parts: 1 is the Pareto front; null for what has none. */
  front?: number | null;
  /** Whether one determinant will do for it; null where that was not asked. */
  route: DiagnosticRoute | null;
  status: Status;
  reason: string | null;
  /** Why a number that is ranked may be wrong, as the ranked table says it; null where there is nothing to say. */
  warning: string | null;
  /** Which rung its number is from or it failed on, from 1, and what became of it below; absent where the campaign has one alone. */
  rung?: number;
  climb?: string[];
}

interface Asked {
  property: PropertyDeclaration;
  campaign: Campaign;
  certainty: CertaintyOf;
  fronts?: FrontOf | undefined;
  /** Sentences of the rungs below the last, by index. */
  climbs: ReadonlyMap<number, string[]>;
  /** What is to be said of numbers that may be wrong, by index. */
  warnings: ReadonlyMap<number, string>;
}

function became(
  row: CandidateRow,
  { campaign }: Pick<Asked, "campaign">,
): Pick<CandidateEntry, "status" | "reason"> {
  const { rejection, failure, noValue, rank } = row;
  if (rejection) return { status: "rejected", reason: `${rejection.rule}: ${rejection.detail}` };
  if (failure) return { status: "failed", reason: `${failure.stage}: ${failure.reason}` };
  if (rank !== null || noValue !== undefined) return { status: "evaluated", reason: noValue ?? null };
  return { status: "not-evaluated", reason: whyNotReached(campaign) };
}

/** Of a campaign that came to its end the limit; of any other that it did not come so far, which of its molecules it would have chosen or not. */
function whyNotReached({ state, error, settings }: Campaign): string {
  if (state === "succeeded")
    return `not among the ${settings.evaluation.maxEvaluations} that were to be evaluated`;
  if (isActive({ state })) return "not evaluated yet";
  return `not evaluated before the campaign ${state === "failed" ? "failed" : "was stopped"}${error === null ? "" : `: ${error}`}`;
}

function onRungs(
  { rung = 0, state, failure, proposal }: CandidateRow,
  { campaign, climbs }: Asked,
): Pick<CandidateEntry, "rung" | "climb"> {
  if (campaign.settings.rungs.length === 0) return {};
  const isAttempted = state === "evaluated" || failure?.stage === "evaluate";
  return { ...(isAttempted && { rung: rung + 1 }), climb: climbs.get(proposal.index) ?? [] };
}

function entryOf(row: CandidateRow, asked: Asked): CandidateEntry {
  const { unit, id } = asked.property;
  const { index, smiles, given } = row.proposal;
  const certainty = asked.certainty.get(index);
  const isOwn = isOwnRung(asked.campaign.settings, row.rung ?? 0);
  const stored = isOwn ? (row.values as Record<string, number>)[id] : undefined;
  return {
    row: index + 1,
    name: given?.name ?? null,
    smiles,
    canonicalSmiles: row.identity?.canonicalSmiles ?? null,
    value: stored === undefined ? null : UNITS[unit].fromStored(stored),
    unit,
    uncertainty: certainty ? UNITS[unit].fromStored(certainty.deviation) : null,
    rank: row.rank,
    ranks: certainty?.ranks ?? null,
    topChance: certainty?.topChance ?? null,
    ...(asked.fronts && { front: asked.fronts.get(index)?.front ?? null }),
    route: row.route ?? null,
    ...became(row, asked),
    warning: asked.warnings.get(index) ?? null,
    ...onRungs(row, asked),
  };
}

/** An entry for each row; a duplicate says what became of the first of its molecule. */
export function candidateEntries(rows: readonly CandidateRow[], asked: Asked): CandidateEntry[] {
  const { settings } = asked.campaign;
  const firsts = firstOfEach(settings.filter, rows, { takesMarks: takesMarks(settings) });
  return rows.map((row) => {
    const own = entryOf(row, asked);
    const first = firsts.get(row);
    if (!first) return own;
    const { front, row: number, ...of } = entryOf(first, asked);
    const { value, uncertainty, rank, ranks, topChance, route, status, warning } = of;
    const reason = `same molecule as row ${number}`;
    const shared = {
      value,
      uncertainty,
      rank,
      ranks,
      topChance,
      ...(front !== undefined && { front }),
      route,
      status,
      warning,
    };
    return { ...own, ...shared, reason };
  });
}
