/** The whole notebook as an .eln archive (RO-Crate 1.1 in a ZIP): evidence for programs, structures and tables for people. */
import { exportFile, type StructureWriter } from "#core/export/export-file.ts";
import { toProvJson } from "#core/export/prov-json.ts";
import { checkCrate, crateMetadata, METADATA_FILE, withoutRoot } from "#core/export/ro-crate.ts";
import { type Files, isWhole, pack, unpack } from "#core/export/zip.ts";
import { evidenceFiles } from "#core/notebook/evidence/evidence-files.ts";
import { verifyEvidence } from "#core/notebook/evidence/verify.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listExecutions } from "#core/notebook/tables/executions.ts";
import { wholeGraph } from "#core/notebook/tables/provenance.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { encodeParts } from "#shared/encode-parts.ts";
import type { Finding, Verification } from "#shared/notebook/verification.ts";
import { candidateDetail } from "../views/candidate-detail.ts";
import { rankedCandidates } from "../views/candidate-views.ts";

interface ArchiveServices {
  notebook: Notebook;
  program: string;
  structures: StructureWriter;
  clock: () => Date;
}

const LICENCE = "All rights reserved by the owner of the notebook, unless stated otherwise.";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  "evidence/events.jsonl": "The append-only log; each line's hash covers the line before it",
  "evidence/records.jsonl": "Every record of the provenance graph, named by its SHA-256",
  "evidence/blobs.jsonl": "Large parts of records, named by their SHA-256",
  "evidence/checkpoints.jsonl": "Signed statements of how far the log went (Ed25519 and ML-DSA-65)",
  "provenance.json": "The provenance graph in W3C PROV-JSON",
};

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

interface CampaignFolder {
  campaign: Campaign;
  path: string;
  candidates: CandidateDetail[];
}

/** Numbered, oldest first: two campaigns may have one name. */
function campaignFolders({ db }: Notebook): CampaignFolder[] {
  return listCampaigns(db)
    .reverse()
    .map((campaign, i) => ({
      campaign,
      path: `campaign-${i + 1}/`,
      candidates: rankedCandidates(db, campaign.id).map(({ id, rank }) => ({
        ...candidateDetail(db, id),
        rank,
      })),
    }));
}

/** All of a campaign and its candidates as JSON, a candidate at a time. */
function* detailParts(campaign: Campaign, candidates: readonly CandidateDetail[]): Generator<string> {
  yield `{\n "campaign": ${JSON.stringify(campaign)},\n "candidates": [`;
  for (const [i, candidate] of candidates.entries())
    yield `${i === 0 ? "" : ","}\n  ${JSON.stringify(candidate)}`;
  yield "\n ]\n}\n";
}

async function tables(
  { campaign, path, candidates }: CampaignFolder,
  { program, structures, clock }: ArchiveServices,
): Promise<Files> {
  const base = { campaign, candidates, program, generatedAt: clock().toISOString(), structures };
  const all = await exportFile({ ...base, format: "csv", selection: "all" });
  const ranked = await exportFile({ ...base, format: "sdf", selection: "ranked" });
  return {
    [`${path}candidates.csv`]: encoded(all.text),
    [`${path}candidates.json`]: encodeParts(detailParts(campaign, candidates)),
    ...(ranked.rows > 0 && { [`${path}ranked.sdf`]: encoded(ranked.text) }),
  };
}

const reviewers = (candidates: readonly CandidateDetail[]): string[] =>
  [...new Set(candidates.flatMap(({ reviews }) => reviews.map(({ reviewer }) => reviewer)))].sort();

/**
 * Writes the archive: one root folder, every file with its SHA-256.
 *
 * @param root name of the folder, as of the file without its ending
 * @throws DomainError notebook-damaged where something no longer matches its hash
 */
export async function writeArchive(services: ArchiveServices, root: string): Promise<Uint8Array> {
  const { notebook, program, clock } = services;
  const { db } = notebook;
  const { folders, provenance, evidence } = db.snapshot(() => ({
    folders: campaignFolders(notebook),
    provenance: toProvJson(wholeGraph(db), listExecutions(db)),
    evidence: evidenceFiles(db),
  }));
  let files: Files = { ...evidence, "provenance.json": provenance };
  for (const folder of folders) files = { ...files, ...(await tables(folder, services)) };
  const metadata = crateMetadata({
    name: root,
    description: "A laboratory notebook of computed candidates, with all evidence",
    datePublished: clock().toISOString(),
    licence: LICENCE,
    descriptions: DESCRIPTIONS,
    dataSets: folders.map(({ campaign, path, candidates }) => ({
      path,
      name: campaign.settings.name,
      description: `${campaign.counts.proposed} proposed, ${campaign.counts.evaluated} evaluated, ${campaign.state}`,
      dateCreated: campaign.createdAt,
      contributors: reviewers(candidates),
    })),
    program,
    files,
  });
  const all = { ...files, [METADATA_FILE]: metadata };
  return pack(Object.fromEntries(Object.entries(all).map(([path, bytes]) => [`${root}/${path}`, bytes])));
}

/** The files of an archive. @throws DomainError invalid-input */
export const readArchive = (archive: Uint8Array): Files => withoutRoot(unpack(archive));

/** Checks an archive without any database: its bytes, its files, and the evidence in it. */
export function verifyArchive(archive: Uint8Array): Verification {
  const findings: Finding[] = [];
  if (isWhole(archive) !== true)
    findings.push({ where: "archive", what: "is not byte for byte as it was written" });
  const none = {
    head: { seq: 0, hash: "0".repeat(64) as Verification["head"]["hash"] },
    signed: null,
    events: 0,
    records: 0,
    blobs: 0,
  };
  try {
    const files = readArchive(archive);
    findings.push(...checkCrate(files));
    const evidence = verifyEvidence(files);
    return {
      ...evidence,
      ok: evidence.ok && findings.length === 0,
      findings: [...findings, ...evidence.findings],
    };
  } catch (error) {
    findings.push({ where: "archive", what: error instanceof Error ? error.message : String(error) });
    return { ...none, ok: false, findings, remarks: [], notCovered: ["anything beyond what could be read"] };
  }
}
