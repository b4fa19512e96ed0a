/** Writes to a notebook as fast as it can and says on stdout which event is durable; to be killed. Argument: notebook. */
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { openNotebook } from "#core/notebook/notebook.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId } from "#shared/ids.ts";

const [path] = process.argv.slice(2);
if (!path) throw new Error("expected the path of a notebook");
using notebook = openNotebook({ path, mode: "create", clock: () => new Date(), program: "writer" });

const settings = CampaignSettings.parse({ name: "under load" });
const say = (text: string): void => void writeSync(1, `${text}\n`);

function writeOne(): void {
  const campaign = CampaignId.parse(crypto.randomUUID());
  const records = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, (_, n) =>
    seal({ kind: "model", content: { name: `${campaign} ${n}` }, parts: { weights: randomBytes(200) } }),
  );
  notebook.transaction(() => {
    notebook.append({ kind: "campaign-created", campaign, settings }, records);
    notebook.append({ kind: "campaign-state", campaign, state: "running", error: null });
  });
}

for (let n = Number(process.argv[3] ?? Number.POSITIVE_INFINITY); n > 0; n--) {
  try {
    writeOne();
    say(`durable ${chainHead(notebook.db).seq}`);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    say(`refused ${error.code}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
