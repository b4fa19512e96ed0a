/** Candidates of this notebook as rows of a library: an earlier campaign, or what a search finds, is screened further. */
import { isDeepStrictEqual } from "node:util";
import type { Database } from "#core/notebook/file/database.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { campaignIds, campaignSettings, listSettings } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { readRecord, recordId } from "#core/notebook/tables/records.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { LibraryFile, LibraryReading, LibraryRow, NotebookRows } from "#shared/campaign/library.ts";
import { isSameDefinition, type OwnProperty, ownProperties } from "#shared/campaign/own-properties.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { MAX_LIBRARY_ROWS } from "#shared/campaign/sources/library.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import { hasAtomMaps } from "#shared/molecule/marked-bond.ts";
import { CLOSED_SHELL } from "#shared/molecule/molecule.ts";
import { declarationOf, idOf, type NamedProperty, PROPERTY_IDS } from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";
import type { OtherRows } from "../libraries/libraries.ts";
import { libraryContent } from "../libraries/records.ts";
import { readConformer } from "../stages/embed/records.ts";
import type { Search } from "../views/searching.ts";
import { blindSearch, isBlind } from "./blind.ts";
import type { CandidatePages } from "./candidate-pages.ts";

interface Desks {
  db: Database;
  pages: CandidatePages;
  search: Search;
}

/** A person's own property by its id, and of several definitions of that id by its version: "mine@2". */
function calledIn(named: NamedProperty, own: readonly OwnProperty[]): string {
  const called = idOf(named);
  const { definition } = named;
  const alike = definition ? own.filter((one) => one.definition.id === definition.id) : [];
  if (!definition || alike.length < 2) return called;
  const found = alike.find((one) => isSameDefinition(one.definition, definition));
  return found ? `${called}@${found.version}` : called;
}

/** What was computed, as further cells: "PROPERTY / eV". */
function computedCells(
  { values, campaignId, rung = 0 }: CandidateRow,
  settings: ReadonlyMap<CampaignId, CampaignSettings>,
  own: readonly OwnProperty[],
): Record<string, string> {
  const known = PROPERTY_IDS.filter((id) => values[id] !== undefined);
  const campaign = settings.get(campaignId);
  const level = campaign && levelOf(campaign, rung);
  const cells = known.map((id) => {
    const named: NamedProperty = level?.property === id ? level : { property: id };
    const { unit } = declarationOf(named);
    return [
      headWithUnit(calledIn(named, own), unit, " / "),
      String(UNITS[unit].fromStored(values[id] ?? Number.NaN)),
    ];
  });
  return Object.fromEntries(cells);
}

/** What is computed of a candidate, as a row says it: its component, its electrons and, where it is asked for, its geometry. */
function structureOf(
  db: Database,
  { id, proposal, identity, electrons, rejection }: CandidateRow,
  { coordinates }: LibraryReading,
): Pick<LibraryRow, "smiles" | "charge" | "multiplicity" | "molblock" | "problem"> {
  // Electrons are known of what the filter let pass, and of a duplicate of it.
  if (identity === null || (rejection !== null && rejection.rule !== "duplicate")) {
    const { charge, multiplicity, problem } = proposal.given ?? {};
    return {
      smiles: proposal.smiles,
      ...(charge !== undefined && { charge }),
      ...(multiplicity !== undefined && { multiplicity }),
      ...(problem !== undefined && { problem }),
    };
  }
  const conformer = coordinates === undefined ? null : getCandidate(db, id).records.conformer;
  return {
    smiles: hasAtomMaps(proposal.smiles) ? proposal.smiles : identity.canonicalSmiles,
    ...(electrons ?? CLOSED_SHELL),
    ...(conformer !== null && { molblock: readConformer(db, conformer).molblock }),
  };
}

/** Whether a campaign took its molecules by the same search: they are there already, and a search that found them again would never be the same twice. */
function beganWith(db: Database, id: CampaignId, asked: NotebookRows): boolean {
  const { generation } = campaignSettings(db, id);
  if (generation.source !== "library") return false;
  const { content } = readRecord(db, recordId(db, generation.library));
  return libraryContent(content).files.some(({ taken }) => isDeepStrictEqual(taken, asked));
}

async function taken({ db, pages, search }: Desks, asked: NotebookRows): Promise<CandidateRow[]> {
  if ("search" in asked) {
    const without = new Set(campaignIds(db).filter((id) => beganWith(db, id, asked)));
    const hits = await blindSearch(db, search, asked.search, { without });
    return hits.map(({ candidate }) => candidate);
  }
  const { campaign: campaignId, view, count = MAX_LIBRARY_ROWS } = asked;
  if ((view === "shortlisted" || view === "rejected") && isBlind(db, campaignId)) {
    const { name } = campaignSettings(db, campaignId);
    const message = `Who is ${view} in campaign "${name}" is hidden: it is reviewed blind. Sign it off first, or take its ranked candidates.`;
    throw new DomainError("conflict", message, { campaign: campaignId });
  }
  const order = { campaignId, view, text: "", by: "rank", descending: false } as const;
  return pages.page(order, { first: 0, count }).rows;
}

/** With its view it stays below what a source may be called. */
const MOST_OF_A_NAME = 150;

function nameOf(db: Database, asked: NotebookRows): string {
  if ("search" in asked) return "a search of the notebook";
  const { name } = campaignSettings(db, asked.campaign);
  return `campaign "${name.slice(0, MOST_OF_A_NAME)}"${asked.view === "all" ? "" : `, ${asked.view}`}`;
}

/** @throws DomainError not-found for a campaign that is not in this notebook; conflict for verdicts that a blind review hides */
export async function notebookRows(
  desks: Desks,
  asked: NotebookRows,
  reading: LibraryReading,
): Promise<OtherRows> {
  const name = nameOf(desks.db, asked);
  const candidates = await taken(desks, asked);
  const settings = new Map(
    [...new Set(candidates.map(({ campaignId }) => campaignId))].map((id) => [
      id,
      campaignSettings(desks.db, id),
    ]),
  );
  const own = ownProperties(listSettings(desks.db));
  const rows = candidates.map((candidate, i) => {
    const { id, proposal } = candidate;
    const { name = null, tautomer } = proposal.given ?? {};
    const data = { ...proposal.given?.data, ...computedCells(candidate, settings, own), candidate: id };
    return {
      line: i + 1,
      name,
      data,
      ...(tautomer !== undefined && { tautomer }),
      ...structureOf(desks.db, candidate, reading),
    };
  });
  const bytes = Buffer.from(JSON.stringify(rows));
  const file: LibraryFile = {
    name,
    bytes: bytes.length,
    sha256: toHex(sha256(bytes)),
    format: "notebook",
    taken: asked,
    encoding: "utf-8",
    rows: rows.length,
    comments: 0,
    smilesColumn: null,
    nameColumn: null,
  };
  return { file, rows };
}
