/** What people do with the notebook itself: verify, trace, replay, copy. */
import { dirname, join } from "node:path";
import { toProvJson } from "#core/export/prov-json.ts";
import { importEvidence } from "#core/notebook/evidence/import-evidence.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { backUp } from "#core/notebook/recovery/backup.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { listExecutions } from "#core/notebook/tables/executions.ts";
import { listExports } from "#core/notebook/tables/exports.ts";
import { type Direction, provenanceGraph, wholeGraph } from "#core/notebook/tables/provenance.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { reviewRecords } from "#core/notebook/tables/reviews.ts";
import type { ExportRecord } from "#shared/campaign/export.ts";
import type { CallOptions } from "#shared/contract/calls.ts";
import { DomainError } from "#shared/errors.ts";
import type { CandidateId, Sha256 } from "#shared/ids.ts";
import type { ProvenanceGraph } from "#shared/notebook/provenance.ts";
import type { Verification } from "#shared/notebook/verification.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { readArchive, writeArchive } from "../files/archive.ts";
import { recordExport } from "../files/export-record.ts";
import type { Libraries } from "../libraries/libraries.ts";
import type { Models } from "../models/models.ts";
import { replayCandidate } from "../stages/replay.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";
import { blindExport, requireNothingHidden } from "./blind.ts";

interface DeskServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  models: Models;
  libraries: Libraries;
  program: string;
  resources: string;
  clock: () => Date;
}

/** Everything that the notebook says of a candidate: the records that the walk through its provenance starts from. */
function recordsOf({ db }: Notebook, id: CandidateId): Sha256[] {
  const { records } = getCandidate(db, id);
  const { row, candidate, verdict, conformer, evaluation, score } = records;
  const numbers = [candidate, verdict, conformer, evaluation, score, ...reviewRecords(db, row)];
  return numbers.filter((number) => number !== null).map((number) => readRecord(db, number).hash);
}

const WHOLE_NOTEBOOK = {
  archive: { format: "eln", mediaType: "application/vnd.eln+zip" },
  provenance: { format: "prov-json", mediaType: "application/json" },
} as const;

function requireFile({ path }: Notebook): string {
  if (path !== ":memory:") return path;
  throw new DomainError("not-supported", "A notebook in memory has no file to verify or to copy.");
}

/** Evidence is whole or none: nothing can be left out of it. */
const requireWhole = ({ notebook }: DeskServices, viewer: string | undefined): void =>
  requireNothingHidden(notebook.db, listCampaigns(notebook.db), viewer);

/** A file of the whole notebook, and the record of its making, which it does not hold. */
function recordWhole(
  { notebook, clock, program }: DeskServices,
  what: "archive" | "provenance",
  { bytes, by, fileName }: { bytes: Uint8Array; by: string | undefined; fileName: string },
): File {
  const { format, mediaType } = WHOLE_NOTEBOOK[what];
  recordExport(
    { notebook, clock },
    {
      what,
      format,
      mediaType,
      campaignId: null,
      selection: null,
      rows: null,
      bytes,
      fileName,
      program,
      by: by ?? null,
    },
  );
  return new File([bytes as Uint8Array<ArrayBuffer>], fileName, { type: mediaType });
}

async function exportArchive(services: DeskServices, { name, by }: { name: string; by?: string }) {
  requireWhole(services, by);
  const { notebook, program, clock, resources } = services;
  const structures = await threadChemistry(resources);
  const bytes = await writeArchive({ notebook, program, structures, clock }, name);
  return recordWhole(services, "archive", { bytes, by, fileName: `${name}.eln` });
}

function exportProvenance(services: DeskServices, { by }: { by?: string }): File {
  requireWhole(services, by);
  const { db } = services.notebook;
  const bytes = toProvJson(wholeGraph(db), listExecutions(db));
  return recordWhole(services, "provenance", { bytes, by, fileName: "provenance.json" });
}

async function verifyWhileOpen({ notebook, dispatcher }: DeskServices, { signal }: CallOptions) {
  const path = requireFile(notebook);
  notebook.requireInPlace();
  const verification = await dispatcher.run("verify", { path }, { signal });
  notebook.requireInPlace();
  return verification;
}

export function createDesk(services: DeskServices) {
  const { notebook, dispatcher, models, libraries, program, resources, clock } = services;
  return {
    verify: async (options: CallOptions = {}): Promise<Verification> => verifyWhileOpen(services, options),
    candidateProvenance: async ({ id }: { id: CandidateId }): Promise<ProvenanceGraph> =>
      provenanceGraph(notebook.db, { of: recordsOf(notebook, id), direction: "origins" }),
    provenance: async ({
      record,
      direction,
    }: {
      record: Sha256;
      direction: Direction;
    }): Promise<ProvenanceGraph> => provenanceGraph(notebook.db, { of: [record], direction }),
    replay: ({ id }: { id: CandidateId }, options: CallOptions = {}) =>
      replayCandidate({ notebook, dispatcher, models, libraries, resources, program }, id, options),
    /** The whole notebook as an .eln archive. */
    exportArchive: async (asked: { name: string; by?: string }): Promise<File> =>
      exportArchive(services, asked),
    /** Checks an .eln archive without this notebook. */
    verifyArchive: async ({ archive }: { archive: File }): Promise<Verification> =>
      dispatcher.run("verifyArchive", { archive: await archive.bytes() }),
    /** Writes the evidence of an .eln archive into a new notebook file. */
    importArchiveTo: async ({ archive, path }: { archive: File; path: string }): Promise<void> =>
      importEvidence(readArchive(await archive.bytes()), path),
    /** The same into a new file beside this notebook; the path of that file. */
    importArchive: async ({ archive, name }: { archive: File; name: string }): Promise<{ path: string }> => {
      const path = join(dirname(requireFile(notebook)), `${name}.sqlite`);
      importEvidence(readArchive(await archive.bytes()), path);
      return { path };
    },
    /** The whole provenance graph in W3C PROV-JSON. */
    exportProvenance: async (asked: { by?: string }): Promise<File> => exportProvenance(services, asked),
    /** What left the notebook, oldest first. */
    exports: async (): Promise<ExportRecord[]> =>
      listExports(notebook.db).map((made) => blindExport(notebook.db, made)),
    /** Copies the notebook into its folder of backups; the path of the copy. */
    backUp: async (): Promise<{ path: string }> => {
      requireFile(notebook);
      notebook.requireInPlace();
      return { path: await backUp(notebook.db, clock()) };
    },
  };
}
