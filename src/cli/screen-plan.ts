/** The plan of `ansatz screen`: from flags or from a file. */
import { dirname, relative, resolve } from "node:path";
import type { Command } from "commander";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { LibrarySummary } from "#shared/campaign/library.ts";
import { checkedPlan, type Plan, plannedFiles, planOf, planText, readPlan } from "#shared/campaign/plan.ts";
import type { SearchQuery } from "#shared/campaign/search.ts";
import { DomainError } from "#shared/errors.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import { type FunctionOptions, functionsOf } from "./basis-options.ts";
import type { DrawingOptions } from "./drawing-options.ts";
import { readTextFile, writeTextFile } from "./files.ts";
import { isOfLibrary, type LibraryOptions, plannedLibrary, requireOneSource } from "./library-options.ts";
import { parseCheapObjectives, parsePrompt } from "./objective.ts";
import { type PropertyOptions, propertyFromFlags } from "./property-options.ts";
import { rungsFromFlags } from "./rung-options.ts";
import { type VqeFlags, vqeFromFlags } from "./vqe-options.ts";

/** Flags that say what a campaign does. */
export interface PlanFlags
  extends VqeFlags,
    DrawingOptions,
    FunctionOptions,
    PropertyOptions,
    LibraryOptions {
  name: string;
  model?: string;
  seed?: number;
  temperature?: number;
  count?: number;
  maxEvaluations?: number;
  maxHeavyAtoms?: number;
  basis?: string;
  activeSpace?: string;
  direction?: "minimise" | "maximise";
  acquisition?: string;
  acquisitionBatch?: number;
  rung?: string[];
  maxHours?: number;
  conformers?: number;
  relax?: boolean;
}

/**
 * What the flags mean; what is not given keeps the product's default.
 *
 * @param search what the flags beside --from-search mean in the notebook
 * @throws DomainError invalid-input
 */
export function planFromFlags(options: PlanFlags, search?: SearchQuery): Plan {
  requireOneSource(options);
  const { name, model, seed, temperature, count, maxEvaluations, maxHeavyAtoms, basis, direction } = options;
  const { topP, topK, constrained, steer, acquisition: strategy, acquisitionBatch: batchSize } = options;
  const steering = steer && parseCheapObjectives(steer);
  const drawing = { topP, topK, constrained, prompt: parsePrompt(options), steering };
  const property = propertyFromFlags(options);
  const activeSpace = options.activeSpace === undefined ? undefined : readActiveSpace(options.activeSpace);
  const input = {
    version: 1,
    name,
    generation: isOfLibrary(options)
      ? plannedLibrary(options, search)
      : { model, seed, temperature, count, ...drawing },
    filter: {
      ...(options.component !== undefined && { component: options.component }),
      ...(maxHeavyAtoms !== undefined && { maxHeavyAtoms }),
    },
    embedding: { seed },
    evaluation: {
      maxEvaluations,
      basis: basis?.toLowerCase(),
      activeSpace,
      seed,
      ...(options.conformers !== undefined && { conformers: options.conformers }),
      ...(options.relax && { relaxed: "hartree-fock" }),
      ...property,
      ...functionsOf(options),
      ...vqeFromFlags(options),
    },
    ranking: { direction },
    acquisition: { strategy, batchSize, seed },
    rungs: rungsFromFlags(options.rung, property.property),
    limits: { hours: options.maxHours },
  };
  return checkedPlan(input, "The settings do");
}

/** Flags that say where and how a campaign runs, not what it does. */
const BESIDE_A_PLAN = ["notebook", "out", "threads", "json"];

/**
 * A plan from its file, the files that it names as this process finds them.
 *
 * @throws DomainError invalid-input where the file is no plan, or where flags say what a plan says
 */
export function planFromFile(path: string, command: Command): Plan {
  const said = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === "cli" &&
      !BESIDE_A_PLAN.includes(option.attributeName()),
  );
  if (said.length > 0) {
    const flags = said.map(({ long }) => long).join(", ");
    const allowed = BESIDE_A_PLAN.map((name) => `--${name}`).join(", ");
    const message = `${flags} beside the plan "${path}": a plan says all that a campaign does, so that only ${allowed} go with it. Change the file, or leave it out.`;
    throw new DomainError("invalid-input", message);
  }
  const plan = readPlan(readTextFile(path), path);
  if (plan.generation.source !== "library") return plan;
  const files = plan.generation.files.map((file) => resolve(dirname(path), withSlashes(file)));
  return { ...plan, generation: { ...plan.generation, files } };
}

/** A path as every system reads it: a plan may have been written on another one. */
const withSlashes = (path: string): string => path.replaceAll("\\", "/");

/** Writes the plan that means the settings; files are named as they are found from it. @param plan that they were made of */
export function writePlan(
  path: string,
  {
    settings,
    plan,
    library,
  }: { settings: CampaignSettings; plan: Plan; library: LibrarySummary | undefined },
): void {
  const files = plannedFiles(plan).map((file) =>
    withSlashes(relative(dirname(resolve(path)), resolve(file))),
  );
  const notebook = plan.generation.source === "library" ? (plan.generation.notebook ?? []) : [];
  const read = library && { files, notebook, reading: library.reading, rows: library.rows };
  writeTextFile(path, planText(planOf(settings, read)));
}
