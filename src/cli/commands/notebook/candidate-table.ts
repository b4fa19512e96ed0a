/** Candidates as `ansatz notebook` lists them for people. */
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { type CertaintyOf, rankText } from "#shared/campaign/certainty.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { SearchHit, SearchProperty } from "#shared/campaign/search.ts";
import { DESCRIPTORS, type DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import { whereText } from "#shared/properties/evaluation.ts";
import {
  declarationOf,
  isPropertyField,
  type NamedProperty,
  type PropertyId,
  propertyText,
  REGISTERED_PROPERTIES,
  type RegisteredProperty,
} from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";
import { givenName, hasNames } from "../../given-name.ts";
import { fixed, formatTable, type TextColumn } from "../../output.ts";

type Column = TextColumn<CandidateRow>;

const whyNot = ({ rejection, failure, noValue = "" }: CandidateRow): string =>
  rejection ? `${rejection.rule}: ${rejection.detail}` : (failure?.reason ?? noValue);

/** Where numbers are, or were found not to be, if not at the geometry that was asked for, as the table of `screen` says it. */
const geometryColumn: Column = {
  title: "geometry",
  text: ({ recoveredAt, noValue }) =>
    recoveredAt === undefined ? "" : whereText(recoveredAt, noValue === undefined),
};

/** Whether one determinant will do. */
const routeColumn: Column = { title: "route", text: ({ route = "" }) => route };

/** The number that a campaign ranks by, with as many decimals as the table of `screen` shows. @param rows of a person's own property: those of its definition */
const valueColumn = (
  { id, symbol, unit, digits }: RegisteredProperty,
  rows?: ReadonlySet<CandidateRow>,
): Column => ({
  title: headWithUnit(symbol, unit),
  align: "right",
  text: (row) => {
    const value = rows?.has(row) === false ? undefined : row.values[id];
    return fixed(value === undefined ? null : UNITS[unit].fromStored(value), digits + 1);
  },
});

function descriptorColumn(id: DescriptorId): Column {
  const { title, unit, decimals } = DESCRIPTORS[id];
  return {
    title: unit === undefined ? title : `${title}/${unit}`,
    align: "right",
    text: ({ descriptors }) => fixed(descriptors?.[id], decimals.export),
  };
}

/** Those that rows may be of: they say what a person's own property is. */
type Asked = readonly Pick<Campaign, "id" | "settings">[];

/** One for each property that one of the rows has a number of; of a person's own one for each definition. */
function valueColumns(rows: readonly CandidateRow[], campaigns: Asked): Column[] {
  const known = REGISTERED_PROPERTIES.filter(({ id }) => rows.some(({ values }) => values[id] !== undefined));
  const settingsOf = new Map(campaigns.map(({ id, settings }) => [id, settings]));
  const namedOf = ({ campaignId, rung = 0 }: CandidateRow, property: PropertyId): NamedProperty => {
    const settings = settingsOf.get(campaignId);
    return settings ? levelOf(settings, rung) : { property };
  };
  return known.flatMap((property) => {
    const { id, isDefined = false } = property;
    if (!isDefined) return [valueColumn(property)];
    const having = rows.filter(({ values }) => values[id] !== undefined);
    const alike = Map.groupBy(having, (row) => propertyText(namedOf(row, id)));
    return [...alike.values()].flatMap((own) =>
      own[0] ? [valueColumn(declarationOf(namedOf(own[0], id)), new Set(own))] : [],
    );
  });
}

/** Without columns that would be empty: properties that none has a number of, reasons where nothing stopped any. */
function columnsFor(
  rows: readonly CandidateRow[],
  { asked = [], campaigns }: { asked?: readonly DescriptorId[]; campaigns: Asked },
  certainty: CertaintyOf = new Map(),
): Column[] {
  const isAnyElsewhere = rows.some(({ recoveredAt }) => recoveredAt !== undefined);
  const why: Column[] = rows.some((row) => whyNot(row) !== "") ? [{ title: "why", text: whyNot }] : [];
  return [
    { title: "id", text: ({ id }) => id },
    ...(hasNames(rows) ? [{ title: "name", text: givenName }] : []),
    { title: "molecule", text: ({ identity, proposal }) => identity?.canonicalSmiles ?? proposal.smiles },
    { title: "state", text: ({ state }) => state },
    {
      title: "rank",
      align: "right",
      text: ({ rank, proposal }) => (rank === null ? "–" : rankText(rank, certainty.get(proposal.index))),
    },
    ...valueColumns(rows, campaigns),
    ...asked.map(descriptorColumn),
    ...(isAnyElsewhere ? [geometryColumn] : []),
    ...(rows.some(({ route }) => route !== undefined) ? [routeColumn] : []),
    ...why,
  ];
}

/** A campaign's candidates, best first; those without a rank after them, in the order given. @param certainty where it is known */
export function candidateTable(
  rows: readonly CandidateRow[],
  certainty?: CertaintyOf,
  campaigns: Asked = [],
): string {
  const place = ({ rank }: CandidateRow): number => rank ?? Number.MAX_SAFE_INTEGER;
  return formatTable(
    columnsFor(rows, { campaigns }, certainty),
    [...rows].sort((a, b) => place(a) - place(b)),
  );
}

/** What a search found, in the order given, with the numbers that it asked about. */
export function hitTable(
  hits: readonly SearchHit[],
  asked: readonly SearchProperty[],
  campaigns: Asked = [],
): string {
  const descriptors = [...new Set(asked)].filter((property) => !isPropertyField(property));
  const columns = columnsFor(
    hits.map(({ candidate }) => candidate),
    { asked: descriptors, campaigns },
  ).map(({ text, ...column }) => ({ ...column, text: ({ candidate }: SearchHit) => text(candidate) }));
  const similarity: TextColumn<SearchHit> = {
    title: "similarity",
    align: "right",
    text: (hit) => fixed(hit.similarity, 3),
  };
  const isSimilar = hits.some((hit) => hit.similarity !== null);
  return formatTable(isSimilar ? [similarity, ...columns] : columns, hits);
}
