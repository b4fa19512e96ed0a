/** A job's way from what the notebook holds to what it will hold: planned by its stage, carried out by the runner. */
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import { resultKey } from "#core/notebook/proof/hash.ts";
import type { NotebookRecord } from "#core/notebook/proof/record.ts";
import type { Job } from "#core/notebook/tables/jobs.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { Progress, StageName } from "#shared/campaign/job.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Source } from "../sources/source.ts";

/** What a plan may use. */
export interface PlanServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  /** Name, version and build: stands in every record that a stage makes. */
  program: string;
  logger: Logger;
  openSource: (settings: GenerationSettings) => Promise<Source>;
}

/** A job that was begun, and what its plan may use. */
export interface JobContext extends PlanServices {
  job: Job;
  /** Without its counts: they read all its candidates and reviews, and no stage asks for them. */
  campaign: Pick<Campaign, "id" | "settings">;
  signal: AbortSignal;
  /** Progress within the job; null total where it is not known. */
  report: (progress: Pick<Progress, "done" | "total" | "message">) => void;
}

/**
 * What a result comes from: the beginning of its record. Stage, version and input are hashed into the key under which the
 * result is found again, so that the input holds all that the result depends on.
 */
export interface Origin<Input = Json> {
  stage: StageName;
  stageVersion: number;
  program: string;
  input: Input;
}

/** What a stage's run made. */
export interface Made {
  /** All records, each after those that it links to. */
  records: NotebookRecord[];
  /** The one among them that stands for the result. */
  result: NotebookRecord;
  /** Whether someone stood in for what was asked, such as the local sampler for a device: who asks the same then does not find it. */
  isStandIn?: boolean;
  timings_ms: Record<string, number>;
}

/** A result, made just now or found in the notebook. */
export type Result = Pick<NotebookRecord, "hash" | "kind" | "content">;

/** Under which a stand-in is kept, in place of the key of what was asked. */
export const standInKey = (key: Sha256): Sha256 => resultKey("stand-in", 1, key);

export interface JobPlan {
  origin: Origin;
  run(): Promise<Made>;
  /** Records that speak of the job's own candidate and are made of a result that may be older. */
  conclude?: (result: Result) => NotebookRecord | null;
}

/** Plans the jobs of one stage: reads from the notebook what they need, writes nothing. */
export type Planner = (context: JobContext) => Promise<JobPlan>;

export const originOf = <Input>(
  { name, version }: { name: StageName; version: number },
  { program }: Pick<PlanServices, "program">,
  input: Input,
): Origin<Input> => ({ stage: name, stageVersion: version, program, input });

/** Makes records and takes the time of it. */
export async function timed(make: () => Promise<Omit<Made, "timings_ms">>): Promise<Made> {
  const started = performance.now();
  const made = await make();
  return { ...made, timings_ms: { total: performance.now() - started } };
}
