/** A chunk of molecules in the threads. The next one is begun ahead, so that no thread waits while the verdicts on this one are stored. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { Database } from "#core/notebook/file/database.ts";
import { CandidateContent } from "#core/notebook/tables/contents.ts";
import { linkedTo, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { CampaignId, Sha256 } from "#shared/ids.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import type { JobContext } from "../plan.ts";
import { beginParts, type Part, type Question } from "./in-parts.ts";

interface Chunk {
  samplingRun: Sha256;
  /** Its records, in order of proposal. */
  candidates: readonly Sha256[];
  /** Index of the first candidate. */
  first: number;
  parts: readonly Part[];
  /** Ends what is not judged yet. */
  controller: AbortController;
}

const begunAhead = new WeakMap<Database, Map<CampaignId, Chunk>>();

function aheadIn(db: Database): Map<CampaignId, Chunk> {
  const chunks = begunAhead.get(db) ?? new Map<CampaignId, Chunk>();
  begunAhead.set(db, chunks);
  return chunks;
}

function begin(context: JobContext, run: StoredRecord, asked: Question): Chunk {
  const { notebook, campaign, dispatcher, report } = context;
  const candidates = linkedTo(notebook.db, run.id, "sampled-in");
  const molecules = candidates.map(({ content }) => CandidateContent.parse(content));
  const first = molecules[0]?.index ?? 0;
  const controller = new AbortController();
  let done = first;
  const judge = async (part: FilterInput): Promise<FilterVerdict[]> => {
    const verdicts = await dispatcher.run("filter", part, { signal: controller.signal });
    done += part.molecules.length;
    report({ done, total: campaign.settings.generation.count, message: "filtering molecules" });
    return verdicts;
  };
  return {
    samplingRun: run.hash,
    candidates: candidates.map(({ hash }) => hash),
    first,
    parts: beginParts({ molecules, ...asked }, judge),
    controller,
  };
}

function endWith({ controller }: Chunk, signal: AbortSignal): void {
  if (signal.aborted) controller.abort();
  else signal.addEventListener("abort", () => controller.abort(), { once: true });
}

/** The chunk of a job, begun now where the job before it did not. */
export function takeChunk(context: JobContext, run: StoredRecord, asked: Question): Chunk {
  const { notebook, campaign, signal } = context;
  const ahead = aheadIn(notebook.db);
  const begun = ahead.get(campaign.id);
  ahead.delete(campaign.id);
  const isIt = begun?.samplingRun === run.hash && !begun.controller.signal.aborted;
  if (!isIt) begun?.controller.abort();
  const chunk = isIt ? begun : begin(context, run, asked);
  endWith(chunk, signal);
  return chunk;
}

/** Begins the chunk of the job that follows; it ends with this job where that is stopped, and else with its own. */
export function beginAhead(context: JobContext, run: StoredRecord, asked: Question): void {
  const { notebook, campaign, signal } = context;
  const ahead = aheadIn(notebook.db);
  if (ahead.get(campaign.id)?.samplingRun === run.hash) return;
  const chunk = begin(context, run, asked);
  endWith(chunk, signal);
  ahead.set(campaign.id, chunk);
}
