/** A job's way from what the notebook holds to what it will hold: made by the step of its stage, carried out by the runner. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import type { NotebookRecord } from "#core/notebook/proof/record.ts";
import type { Job } from "#core/notebook/tables/jobs.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { Progress, StageName } from "#shared/campaign/job.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { ModelCard } from "#shared/model/model.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";

/** What a step may use. */
export interface StepServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  resources: string;
  /** Name, version and build: stands in every record that a step makes. */
  program: string;
  logger: Logger;
  openModel: (name: string) => Promise<GenerationModel>;
  /** Cards from the first ancestor that is installed to the model itself. */
  lineageOf: (model: GenerationModel) => Promise<ModelCard[]>;
}

export interface StepContext extends StepServices {
  job: Job;
  campaign: Campaign;
  signal: AbortSignal;
  /** Progress within the job; null total where it is not known. */
  report: (progress: Pick<Progress, "done" | "total" | "message">) => void;
}

/** What a stage's run made. */
export interface Made {
  /** All records, each after those that it links to. */
  records: NotebookRecord[];
  /** The one among them that stands for the result. */
  result: NotebookRecord;
  timings_ms: Record<string, number>;
}

/** A result, made just now or found in the notebook. */
export type Result = Pick<NotebookRecord, "hash" | "kind" | "content">;

export type NextJob = Pick<Job, "stage" | "ordinal">;

export interface Plan {
  stageVersion: number;
  /** All that the result depends on: its hash is the key under which the result is found again. */
  input: Json;
  run(): Promise<Made>;
  /** Records that speak of the job's own candidate and are made of a result that may be older. */
  conclude?: (result: Result) => NotebookRecord | null;
  /** The jobs that follow, once the result is in the notebook. */
  next(result: Result): NextJob[];
}

export interface Step {
  stage: StageName;
  plan(context: StepContext): Promise<Plan>;
}
