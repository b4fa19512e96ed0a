/** The sample notebook: a small campaign of molecules with measured values, computed on the spot. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beginNotebook } from "#core/notebook/file/new-notebook.ts";
import { plannedFiles, readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";
import type { CallOptions } from "#shared/contract/calls.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { Engine } from "./engine-interface.ts";

const PLAN = "plan.json";

interface SampleOptions {
  /** Of the new notebook. */
  path: string;
  resources: string;
  /** Opens an engine on a notebook at a path. */
  open(notebook: string): Promise<Engine>;
}

/** Runs the sample's campaign in a notebook. @throws AbortError; DomainError backend-unavailable where it fails */
async function runSample(engine: Engine, resources: string, options: CallOptions): Promise<CampaignId> {
  const folder = join(resources, "sample");
  const plan = readPlan(await readFile(join(folder, PLAN), "utf8"), PLAN);
  const files = await Promise.all(
    plannedFiles(plan).map(async (name) => new File([await readFile(join(folder, name))], name)),
  );
  const library = await engine.libraries.read({ files });
  const { id } = await engine.campaigns.start(settingsOfPlan(plan, { library }));
  const { state, error } = await engine.campaigns.finished({ id }, options);
  if (state === "succeeded") return id;
  throw new DomainError("backend-unavailable", `The sample could not be computed: ${error ?? state}`);
}

/**
 * Makes a new notebook of the sample; one that is stopped or fails leaves nothing.
 *
 * @returns its name in its folder, and its campaign
 * @throws DomainError conflict where there is a file of that name; AbortError
 */
export async function makeSample(
  { path, resources, open }: SampleOptions,
  options: CallOptions,
): Promise<{ file: string; campaign: CampaignId }> {
  options.signal?.throwIfAborted();
  const made = beginNotebook(path);
  try {
    const engine = await open(made.unfinished);
    const campaign = await runSample(engine, resources, options).finally(() => engine[Symbol.asyncDispose]());
    options.signal?.throwIfAborted();
    made.keep();
    return { file: basename(path), campaign };
  } catch (error) {
    made.discard();
    throw error;
  }
}
