/** What is read off the table of descriptors: which of them stand where, in which order, and what the filter may ask of them. */
import {
  type BoundSide,
  type DescriptorBounds,
  type DescriptorEntry,
  DESCRIPTOR_TABLE as TABLE,
} from "./descriptors.ts";

type Table = typeof TABLE;
export type DescriptorId = keyof Table;
/** Those that some records lack. */
export type LaterDescriptorId = {
  [Id in DescriptorId]: Table[Id] extends { since: number } ? Id : never;
}[DescriptorId];

/** Names of the columns that hold them in the notebook. */
export type DescriptorColumn = Table[DescriptorId]["column"];

/** Each entry by its id. */
export const DESCRIPTORS: Readonly<Record<DescriptorId, DescriptorEntry & { column: DescriptorColumn }>> =
  TABLE;

export const DESCRIPTOR_IDS = Object.keys(TABLE) as DescriptorId[];

/** Each with its column in the notebook. */
export const DESCRIPTOR_COLUMNS = DESCRIPTOR_IDS.map((id) => ({ id, column: DESCRIPTORS[id].column }));

/** Those of before the table, in the orders in which they have always stood; the others come after, in the order of the table. */
const FIRST = {
  search: ["molecularWeight_dalton", "exactMass_dalton"],
  page: [
    "molecularWeight_dalton",
    "logP",
    "tpsa_angstrom2",
    "qed",
    "saScore",
    "hydrogenBondDonors",
    "hydrogenBondAcceptors",
    "rotatableBonds",
    "ringCount",
  ],
  table: ["molecularWeight_dalton", "logP", "saScore", "qed"],
  filter: ["saScore", "qed", "logP", "tpsa_angstrom2", "rotatableBonds"],
} as const satisfies Record<string, readonly DescriptorId[]>;

const ordered = (first: readonly DescriptorId[], stands: (entry: DescriptorEntry) => boolean) =>
  [...new Set([...first, ...DESCRIPTOR_IDS])].filter((id) => stands(DESCRIPTORS[id]));

/** As search offers them: all. */
export const SEARCHED_DESCRIPTORS = ordered(FIRST.search, () => true);
/** On a candidate's page. */
export const PAGE_DESCRIPTORS = ordered(FIRST.page, ({ decimals }) => decimals.page !== undefined);
/** Columns of the table of candidates. */
export const TABLE_DESCRIPTORS = ordered(FIRST.table, ({ decimals }) => decimals.table !== undefined);
/** In the report. */
export const REPORT_DESCRIPTORS = ordered([], ({ decimals }) => decimals.report !== undefined);
/** All but the first twelve: earlier records know nothing of them. */
export const LATER_DESCRIPTORS = DESCRIPTOR_IDS.filter((id) => DESCRIPTORS[id].since !== undefined);

/** "Molecular weight / Da". */
export const titleWithUnit = ({ title, unit }: Pick<DescriptorEntry, "title" | "unit">): string =>
  unit === undefined ? title : `${title} / ${unit}`;

type BoundedId = {
  [Id in DescriptorId]: Table[Id] extends { bounds: DescriptorBounds } ? Id : never;
}[DescriptorId];
type UsualId = {
  [Id in BoundedId]: Table[Id]["bounds"] extends { usual: number } ? Id : never;
}[BoundedId];
type Settings<Ids extends BoundedId> = {
  [Id in Ids]: `${Table[Id]["bounds"]["sides"][number]}${Capitalize<Id>}`;
}[Ids];

/** Names of the filter's rules on descriptors. */
export type DescriptorRule = Table[BoundedId]["bounds"]["rule"];
/** Settings of bounds that always hold, e.g. "maxSaScore". */
export type UsualBound = Settings<UsualId>;
/** Settings of bounds that are off where nothing is said, e.g. "maxTpsa_angstrom2". */
export type OptionalBound = Settings<Exclude<BoundedId, UsualId>>;

export interface DescriptorBound {
  id: DescriptorId;
  side: BoundSide;
  bounds: DescriptorBounds & { rule: DescriptorRule };
}

/** Every bound that the filter may be given, in the order in which it looks at them: a record names the first that is broken. */
export const DESCRIPTOR_BOUNDS = ordered(FIRST.filter, () => true).flatMap((id) => {
  const { bounds } = DESCRIPTORS[id];
  return (bounds?.sides ?? []).map((side) => {
    const setting = `${side}${id[0]?.toUpperCase()}${id.slice(1)}`;
    return { id, side, setting, bounds } as DescriptorBound & { setting: UsualBound | OptionalBound };
  });
});

/** On, whatever is said. */
export const USUAL_BOUNDS = DESCRIPTOR_BOUNDS.filter(
  (bound): bound is typeof bound & { setting: UsualBound; bounds: { usual: number } } =>
    bound.bounds.usual !== undefined,
);

/** Off where nothing is said. */
export const OPTIONAL_BOUNDS = DESCRIPTOR_BOUNDS.filter(
  (bound): bound is typeof bound & { setting: OptionalBound } => bound.bounds.usual === undefined,
);
