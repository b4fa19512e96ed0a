/** `ansatz notebook`: what the notebook holds. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId, CandidateId } from "#shared/ids.ts";
import { defaultNotebookPath, openEngine } from "../host.ts";
import { formatTable, print, printJson } from "../output.ts";

interface NotebookOptions {
  notebook: string;
  json?: boolean;
}

export function addNotebookCommand(program: Command): void {
  const notebook = program.command("notebook").description("look into the notebook");
  const add = (
    usage: string,
    description: string,
    action: (engine: Engine, id: string, json: boolean) => Promise<void>,
  ) =>
    notebook
      .command(usage)
      .description(description)
      .option("--notebook <path>", "the notebook file", defaultNotebookPath())
      .option("--json", "print one JSON document")
      .action(async (...received: unknown[]) => {
        const options = received.at(-2) as NotebookOptions;
        const id = received.length > 2 ? String(received[0]) : "";
        await using engine = await openExisting(options.notebook);
        await action(engine, id, options.json ?? false);
      });
  add("campaigns", "list the campaigns", listCampaigns);
  add(
    "candidates <campaign>",
    "list the candidates of a campaign with their states and rules",
    listCandidates,
  );
  add("show <candidate>", "everything the notebook knows of a candidate, as JSON", showCandidate);
}

/** Looking must not make a notebook where there is none. */
export async function openExisting(path: string): Promise<Engine> {
  if (!existsSync(path)) {
    throw new DomainError(
      "not-found",
      `There is no notebook at "${path}". Expected an existing file; start one with \`ansatz screen\`.`,
    );
  }
  return openEngine({ notebook: path });
}

async function listCampaigns(engine: Engine, _id: string, json: boolean): Promise<void> {
  const campaigns = await engine.campaigns.list();
  if (json) return printJson(campaigns);
  print(
    formatTable(
      [
        { title: "id", text: (c) => c.id },
        { title: "name", text: (c) => c.settings.name },
        { title: "state", text: (c) => c.state },
        { title: "proposed", align: "right", text: (c) => String(c.counts.proposed) },
        { title: "evaluated", align: "right", text: (c) => String(c.counts.evaluated) },
        { title: "started", text: (c) => c.createdAt },
      ],
      campaigns,
    ),
  );
}

async function listCandidates(engine: Engine, id: string, json: boolean): Promise<void> {
  const rows = await engine.candidates.list(readId(CampaignId, "campaign id", id));
  if (json) return printJson(rows);
  print(
    formatTable(
      [
        { title: "id", text: (c) => c.id },
        { title: "molecule", text: (c) => c.identity?.canonicalSmiles ?? c.proposal.smiles },
        { title: "state", text: (c) => c.state },
        { title: "rank", align: "right", text: (c) => (c.rank === null ? "–" : String(c.rank)) },
        {
          title: "why",
          text: (c) =>
            c.rejection ? `${c.rejection.rule}: ${c.rejection.detail}` : (c.failure?.reason ?? ""),
        },
      ],
      rows,
    ),
  );
}

async function showCandidate(engine: Engine, id: string): Promise<void> {
  printJson(await engine.candidates.get(readId(CandidateId, "candidate id", id)));
}

/** Checks an identifier that a person typed. */
export function readId<T>(
  schema: { safeParse(text: string): { success: true; data: T } | { success: false } },
  name: string,
  text: string,
): T {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new DomainError(
    "invalid-input",
    `Expected a ${name} as \`ansatz notebook\` lists them, got "${text}".`,
  );
}
