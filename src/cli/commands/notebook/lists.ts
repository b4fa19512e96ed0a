/** `ansatz notebook campaigns | candidates | show`. */
import type { Command } from "commander";
import { type Campaign, isActive } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import { certaintyOf, certaintySentence } from "#shared/campaign/certainty.ts";
import type { ExportRecord } from "#shared/campaign/export.ts";
import { CampaignId, CandidateId } from "#shared/ids.ts";
import { REGISTERED_PROPERTIES } from "#shared/properties/find.ts";
import { openToLook } from "../../host.ts";
import { formatTable, print, printJson, type TextColumn } from "../../output.ts";
import { readId } from "../../read-id.ts";
import { candidateTable } from "./candidate-table.ts";
import { type NotebookFlags, subcommand } from "./command.ts";

export function addListCommands(notebook: Command): void {
  subcommand(notebook, "campaigns", "list the campaigns").action(async (options: NotebookFlags) => {
    await using engine = await openToLook(options.notebook);
    const { isBeingWritten } = await import("#core/files.ts");
    const stopped = isBeingWritten(options.notebook) === false;
    show(campaignColumns(stopped), await engine.campaigns.list(), options);
  });
  subcommand(
    notebook,
    "candidates <campaign>",
    "list a campaign's candidates, best first, with their states and rules; in JSON as they were proposed",
  ).action(async (campaign: string, options: NotebookFlags) => {
    const id = readId(CampaignId, "campaign", campaign);
    await using engine = await openToLook(options.notebook);
    const rows = await engine.candidates.list({ campaignId: id });
    if (options.json) {
      printJson(rows.map(listedDocument));
      return;
    }
    const certainty = await engine.campaigns.certainty({ id });
    print(candidateTable(rows, certaintyOf(certainty), [await engine.campaigns.get({ id })]));
    const sentence = certaintySentence(certainty);
    if (sentence !== null) print(`\n${sentence}`);
  });
  subcommand(
    notebook,
    "exports",
    "list what left the notebook: files with their SHA-256, when, for whom",
  ).action(async (options: NotebookFlags) => {
    await using engine = await openToLook(options.notebook);
    show(exportColumns, await engine.notebook.exports(), options);
  });
  subcommand(notebook, "show <candidate>", "everything the notebook knows of a candidate, as JSON").action(
    async (candidate: string, options: NotebookFlags) => {
      const id = readId(CandidateId, "candidate", candidate);
      await using engine = await openToLook(options.notebook);
      printJson(candidateDocument(await engine.candidates.get({ id })));
    },
  );
}

/** A candidate with its numbers under the names that documents call them by; null where one is not known. */
export function listedDocument({ values, vqeMinusCasci_hartree, review, ...before }: CandidateRow) {
  const numbers = REGISTERED_PROPERTIES.map(({ id, field }) => [field, values[id] ?? null]);
  return { ...before, ...Object.fromEntries(numbers), vqeMinusCasci_hartree, review };
}

/** The same with the states and values of its evaluation under their own names. */
function candidateDocument({ evaluation, conformer, reviews, provenance, ...row }: CandidateDetail) {
  const { outcome, states, values, alternatives, attempts } = evaluation ?? {};
  const told = { ...(alternatives && { alternatives }), ...(attempts && { attempts }) };
  const document = evaluation && { outcome, ...states, ...values, ...told };
  return { ...listedDocument(row), conformer, evaluation: document, reviews, provenance };
}

function show<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[], { json }: NotebookFlags): void {
  if (json) printJson(rows);
  else print(formatTable(columns, rows));
}

/** @param stopped no process writes to the notebook: what is said to run waits for one */
const campaignColumns = (stopped: boolean): TextColumn<Campaign>[] => [
  { title: "id", text: (c) => c.id },
  { title: "name", text: (c) => c.settings.name },
  { title: "state", text: (c) => (stopped && isActive(c) ? "interrupted" : c.state) },
  { title: "proposed", align: "right", text: (c) => String(c.counts.proposed) },
  { title: "evaluated", align: "right", text: (c) => String(c.counts.evaluated) },
  { title: "started", text: (c) => c.createdAt },
];

const exportColumns: TextColumn<ExportRecord>[] = [
  { title: "at", text: (e) => e.at },
  { title: "file", text: (e) => e.fileName },
  {
    title: "candidates",
    align: "right",
    text: (e) => (e.rows === null ? (e.what === "candidates" ? "hidden" : "all") : String(e.rows)),
  },
  { title: "for", text: (e) => e.by ?? "–" },
  { title: "sha256", text: (e) => e.sha256 },
];
