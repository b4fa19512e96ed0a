/** Carries a filter verdict into the candidate and molecule tables. */
import type { Selectable } from "kysely";
import { DESCRIPTOR_COLUMNS, type DescriptorColumn } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import { type Database, template } from "../file/database.ts";
import type { CandidateTable, MoleculeTable } from "../file/schema.ts";
import { VerdictContent } from "./contents.ts";
import { linkedIds, type StoredRecord } from "./records.ts";

type DescribedColumn = "formula" | DescriptorColumn;
type Described = Pick<Selectable<MoleculeTable>, DescribedColumn>;

const DESCRIBED: readonly DescribedColumn[] = ["formula", ...DESCRIPTOR_COLUMNS.map(({ column }) => column)];

/** What a verdict says of a molecule, by column. */
const described = (descriptors: Descriptors): Described => ({
  formula: descriptors.formula,
  ...(Object.fromEntries(
    DESCRIPTOR_COLUMNS.map(({ id, column }) => [column, descriptors[id] ?? null]),
  ) as Record<DescriptorColumn, number | null>),
});

const bySmiles = template((sql, canonicalSmiles: string) =>
  sql
    .selectFrom("molecule")
    .select(["id", ...DESCRIBED])
    .where("canonical_smiles", "=", canonicalSmiles),
);

/** The molecule's row, made when it is new; molecules are shared between campaigns, and what is known of one stays. */
function moleculeRow(db: Database, identity: MoleculeIdentity, descriptors: Descriptors | null): number {
  const { canonicalSmiles: canonical_smiles, inchiKey: inchi_key } = identity;
  const said = descriptors && described(descriptors);
  const known = db.one(bySmiles(canonical_smiles));
  if (!known) {
    return db.insert("molecule", { canonical_smiles, inchi_key, ...said });
  }
  const missing = DESCRIBED.filter((column) => known[column] === null && said && said[column] !== null);
  if (said && missing.length > 0) {
    const set = Object.fromEntries(missing.map((column) => [column, said[column]]));
    db.run(db.sql.updateTable("molecule").set(set).where("id", "=", known.id));
  }
  return known.id;
}

const PATCHED = [
  "verdict",
  "molecule",
  "charge",
  "multiplicity",
  "coordinates",
  "rejection_rule",
  "rejection_detail",
] as const;
type Patch = Pick<Selectable<CandidateTable>, (typeof PATCHED)[number]>;

const patchJudged = template((sql, ...values: unknown[]) => {
  const [campaign, record] = values.slice(PATCHED.length) as [number, number];
  const patch = Object.fromEntries(PATCHED.map((column, i) => [column, values[i]]));
  return sql
    .updateTable("candidate")
    .set(patch as Patch)
    .where("campaign", "=", campaign)
    .where("record", "=", record);
});

export function projectVerdict(db: Database, campaign: number, verdict: StoredRecord): void {
  const { rejection, identity, descriptors, electrons, coordinates } = VerdictContent.parse(verdict.content);
  const candidate = linkedIds(db, verdict.id, "judges")[0];
  if (candidate === undefined) throw new Error(`verdict ${verdict.hash} judges no candidate`);
  const patch: Patch = {
    verdict: verdict.id,
    molecule: identity && moleculeRow(db, identity, descriptors),
    charge: electrons?.charge ?? null,
    multiplicity: electrons?.multiplicity ?? null,
    coordinates: coordinates ?? null,
    rejection_rule: rejection?.rule ?? null,
    rejection_detail: rejection?.detail ?? null,
  };
  db.run(patchJudged(...PATCHED.map((column) => patch[column]), campaign, candidate));
}
