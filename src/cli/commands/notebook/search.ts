/** `ansatz notebook search`: candidates by structure, property, verdict and words, over all campaigns. */
import type { Command } from "commander";
import { openToLook } from "../../host.ts";
import { print, printJson, remark } from "../../output.ts";
import { addSearchOptions, readSearch, type SearchFlags } from "../../search-options.ts";
import { hitTable } from "./candidate-table.ts";
import { type NotebookFlags, subcommand } from "./command.ts";
import { listedDocument } from "./lists.ts";

export function addSearchCommand(notebook: Command): void {
  const command = subcommand(
    notebook,
    "search",
    "find candidates; every condition given must hold. Best first, campaign by campaign; with --similar-to the most similar first",
  );
  addSearchOptions(command).action(runSearch);
}

async function runSearch({ notebook, json, ...conditions }: SearchFlags & NotebookFlags): Promise<void> {
  await using engine = await openToLook(notebook);
  const campaigns = await engine.campaigns.list();
  const query = readSearch(
    conditions,
    campaigns.map(({ settings }) => settings),
  );
  const hits = await engine.search(query);
  if (json)
    return printJson(
      hits.map(({ candidate, similarity }) => ({ candidate: listedDocument(candidate), similarity })),
    );
  if (hits.length === 0) return remark("No candidate fits all conditions.");
  const asked = query.ranges.map(({ property }) => property);
  print(hitTable(hits, asked, campaigns));
}
