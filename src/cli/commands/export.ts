/** `ansatz export`: a campaign's candidates as a file. */
import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { ExportFormat, ExportRequest, MAX_CHOSEN } from "#shared/campaign/export.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId } from "#shared/ids.ts";
import { makeFolder } from "../files.ts";
import { notebookPathHere, openToTake } from "../host.ts";
import { print, printJson, remark } from "../output.ts";
import { readId } from "../read-id.ts";

interface ExportOptions {
  format: string;
  selection?: string;
  candidates?: string;
  notebook: string;
  out?: string;
  by?: string;
  json?: boolean;
}

export function completeExport(command: Command): void {
  command
    .argument("<campaign>", "id of the campaign (see `ansatz notebook campaigns`)")
    .option("--format <format>", ExportFormat.options.join(" | "), "sdf")
    .option("--selection <which>", "ranked | shortlist | all (default: ranked)")
    .option("--candidates <list>", "indices of those to export, e.g. 3,17,20, in place of a selection")
    .option("--notebook <path>", "the notebook file", notebookPathHere())
    .option("--out <file>", "where to write (default: a name made from the campaign)")
    .option("--by <name>", "who it is for; the notebook's record of the export names them")
    .option("--json", "print one JSON document")
    .action(runExport);
}

/** NaN for what is no index. */
const readIndex = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN);

async function runExport(campaign: string, options: ExportOptions): Promise<void> {
  const campaignId = readId(CampaignId, "campaign", campaign);
  if (options.candidates !== undefined && options.selection !== undefined)
    throw new DomainError("invalid-input", "Expected --selection or --candidates, got both.");
  const request = ExportRequest.safeParse({
    campaignId,
    format: options.format,
    ...(options.candidates === undefined
      ? { selection: options.selection ?? "ranked" }
      : { selection: "chosen", candidates: options.candidates.split(",").map(readIndex) }),
    ...(options.by === undefined ? {} : { by: options.by }),
  });
  if (!request.success) {
    if (request.error.issues.some(({ path: [field] }) => field === "by"))
      throw new DomainError(
        "invalid-input",
        `--by: expected a name of 1 to 200 characters, got "${options.by}".`,
      );
    if (request.error.issues.some(({ path: [field] }) => field === "candidates"))
      throw new DomainError(
        "invalid-input",
        `--candidates: expected at most ${MAX_CHOSEN.toLocaleString("en")} whole numbers from 0, as 3,17,20, got "${options.candidates}".`,
      );
    throw new DomainError(
      "invalid-input",
      `Expected --format ${ExportFormat.options.join(", ")} and --selection ranked, shortlist or all; got "${options.format}" and "${options.selection ?? "ranked"}".`,
    );
  }
  await using engine = await openToTake(options.notebook);
  const file = await engine.exports.create(request.data);
  const path = resolve(options.out ?? file.fileName);
  makeFolder(dirname(path));
  writeFileSync(path, file.text, file.encoding);
  if (options.json) printJson({ path, rows: file.rows, mediaType: file.mediaType, record: file.record });
  else {
    print(`${file.rows} candidate${file.rows === 1 ? "" : "s"} written to ${path}`);
    if (file.rows === 0)
      remark(
        `None is ${options.selection === "all" ? "there" : options.selection === "ranked" ? "ranked" : "on the shortlist"} yet.`,
      );
    if (!file.record) print("The notebook could not be written to and holds no record of this export.");
  }
}
