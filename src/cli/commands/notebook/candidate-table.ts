/** Candidates as `ansatz notebook` lists them for people. */
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { type CertaintyOf, rankText } from "#shared/campaign/certainty.ts";
import type { SearchHit, SearchProperty } from "#shared/campaign/search.ts";
import { DESCRIPTORS, type DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import { isPropertyField, REGISTERED_PROPERTIES, type RegisteredProperty } from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";
import { givenName, hasNames } from "../../given-name.ts";
import { fixed, formatTable, type TextColumn } from "../../output.ts";

type Column = TextColumn<CandidateRow>;

const whyNot = ({ rejection, failure, noValue = "" }: CandidateRow): string =>
  rejection ? `${rejection.rule}: ${rejection.detail}` : (failure?.reason ?? noValue);

/** The number that a campaign ranks by, with as many decimals as the table of `screen` shows. */
const valueColumn = ({ id, symbol, unit, digits }: RegisteredProperty): Column => ({
  title: headWithUnit(symbol, unit),
  align: "right",
  text: ({ values }) => {
    const value = values[id];
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

/** Without columns that would be empty: properties that none has a number of, reasons where nothing stopped any. */
function columnsFor(
  rows: readonly CandidateRow[],
  asked: readonly DescriptorId[],
  certainty: CertaintyOf = new Map(),
): Column[] {
  const known = REGISTERED_PROPERTIES.filter(({ id }) => rows.some(({ values }) => values[id] !== undefined));
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
    ...known.map(valueColumn),
    ...asked.map(descriptorColumn),
    ...why,
  ];
}

/** A campaign's candidates, best first; those without a rank after them, in the order given. @param certainty where it is known */
export function candidateTable(rows: readonly CandidateRow[], certainty?: CertaintyOf): string {
  const place = ({ rank }: CandidateRow): number => rank ?? Number.MAX_SAFE_INTEGER;
  return formatTable(
    columnsFor(rows, [], certainty),
    [...rows].sort((a, b) => place(a) - place(b)),
  );
}

/** What a search found, in the order given, with the numbers that it asked about. */
export function hitTable(hits: readonly SearchHit[], asked: readonly SearchProperty[]): string {
  const descriptors = [...new Set(asked)].filter((property) => !isPropertyField(property));
  const columns = columnsFor(
    hits.map(({ candidate }) => candidate),
    descriptors,
  ).map(({ text, ...column }) => ({ ...column, text: ({ candidate }: SearchHit) => text(candidate) }));
  const similarity: TextColumn<SearchHit> = {
    title: "similarity",
    align: "right",
    text: (hit) => fixed(hit.similarity, 3),
  };
  const isSimilar = hits.some((hit) => hit.similarity !== null);
  return formatTable(isSimilar ? [similarity, ...columns] : columns, hits);
}
