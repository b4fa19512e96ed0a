/** `ansatz screen`: a whole campaign without a window; started again after an interruption it goes on where it stopped. */
import type { Command } from "commander";
import {
  AcquisitionStrategy,
  CampaignSettings,
  type CampaignSettingsInput,
} from "#shared/campaign/campaign.ts";
import type { LibrarySummary } from "#shared/campaign/library.ts";
import { ModelSource } from "#shared/campaign/sources/model.ts";
import { DomainError } from "#shared/errors.ts";
import { Sha256 } from "#shared/ids.ts";
import { promptNotice } from "#shared/model/generation.ts";
import { REGISTERED_PROPERTIES } from "#shared/properties/find.ts";
import { inSentence } from "#shared/properties/property.ts";
import { ACTIVE_SPACE_EXAMPLES, readActiveSpace } from "#shared/quantum/active-space-text.ts";
import { addFunctionOptions, type FunctionOptions, functionsOf } from "../basis-options.ts";
import { addDrawingOptions, type DrawingOptions } from "../drawing-options.ts";
import { integerOption, notebookPathHere, numberOption, openEngine } from "../host.ts";
import {
  addLibraryOptions,
  type LibraryOptions,
  librarySettings,
  readLibraryFiles,
  requireOneSource,
} from "../library-options.ts";
import { listObjectives } from "../list-objectives.ts";
import { CHEAP_OBJECTIVE_HELP, parseCheapObjectives, parsePrompt } from "../objective.ts";
import { remark } from "../output.ts";
import { addPropertyOptions, type PropertyOptions, propertyFromFlags } from "../property-options.ts";
import { runScreening } from "../screening.ts";
import { addAnsatzOptions, addBackendOptions, type VqeFlags, vqeFromFlags } from "../vqe-options.ts";

interface ScreenOptions extends VqeFlags, DrawingOptions, FunctionOptions, PropertyOptions, LibraryOptions {
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
  notebook: string;
  out: string;
  threads?: number;
  json?: boolean;
  listObjectives?: boolean;
}

/** What a campaign does where nothing is said. */
const defaults = CampaignSettings.parse({ name: "screen" });

/** "maximise the vertical ionisation energy", of all properties. */
const BETTER = REGISTERED_PROPERTIES.map(({ better, title }) => `${better} the ${inSentence(title)}`).join(
  ", ",
);

/** "6-31g (vertical-ionisation-energy, …), …": what each property takes. */
const BASES = [...Map.groupBy(REGISTERED_PROPERTIES, ({ basis }) => basis)]
  .map(([basis, properties]) => `${basis} (${properties.map(({ id }) => id).join(", ")})`)
  .join(", ");

/** In place of a library whose files are not read yet, to look at the other settings. */
const NOT_READ: LibrarySummary = {
  hash: Sha256.parse("0".repeat(64)),
  name: "library",
  files: [],
  reading: {},
  rows: 1,
  columns: [],
  problems: {},
  sample: [],
};

export function completeScreen(command: Command): void {
  addCampaignOptions(command);
  addLibraryOptions(command.optionsGroup("Molecules of your own:"));
  addProposalOptions(command);
  addLevelOptions(command);
  addAnsatzOptions(command.optionsGroup("VQE:"));
  addBackendOptions(command.optionsGroup("How VQE is run:"));
  addGeneralOptions(command).action(runScreen);
}

async function runScreen(options: ScreenOptions): Promise<void> {
  if (options.listObjectives) return listObjectives(options);
  const notice = promptNotice(parsePrompt(options));
  if (notice !== undefined) remark(notice);
  requireOneSource(options);
  // Settings that do not fit are told before a notebook is made, and all before files are read.
  const { evaluation } = settingsOf(options, options.library && NOT_READ);
  await using engine = await openEngine(options);
  await engine.campaigns.checkEvaluation(evaluation);
  const settings = settingsOf(options, await readLibraryFiles(engine, options));
  await runScreening(engine, {
    settings,
    notebook: options.notebook,
    out: options.out,
    json: options.json ?? false,
  });
}

/** What people set first: what is asked for, and how much of it. */
function addCampaignOptions(command: Command): void {
  const { generation, filter, evaluation, acquisition } = defaults;
  command
    .optionsGroup("Campaign:")
    .option("--name <text>", "name of the campaign", "screen")
    .option(
      "--count <n>",
      `molecules to propose (default: ${generation.count}), or rows of a --library (default: all)`,
      integerOption("count", 1),
    )
    .option(
      "--max-evaluations <n>",
      `molecules to evaluate at most (default: ${evaluation.maxEvaluations})`,
      integerOption("max-evaluations", 1),
    )
    .option(
      "--max-heavy-atoms <n>",
      `the filter takes out molecules with more heavy atoms (default: ${filter.maxHeavyAtoms})`,
      integerOption("max-heavy-atoms", 1),
    );
  addPropertyOptions(command)
    .option("--direction <d>", `maximise or minimise the property (default: ${BETTER})`)
    .option(
      "--acquisition <strategy>",
      `how the molecules to evaluate are chosen: ${AcquisitionStrategy.options.join(", ")} (default: ${acquisition.strategy}, which takes the first ones)`,
    )
    .option(
      "--acquisition-batch <n>",
      `molecules chosen at a time (default: ${acquisition.batchSize})`,
      integerOption("acquisition-batch", 1, 1000),
    );
}

function addProposalOptions(command: Command): void {
  const generation = ModelSource.parse({});
  command
    .optionsGroup("Proposing:")
    .option("--model <name>", `generative model (default: ${generation.model})`)
    .option(
      "--seed <n>",
      `32-bit seed, of all later steps too (default: ${generation.seed})`,
      integerOption("seed", 0),
    )
    .option(
      "--temperature <t>",
      `sampling temperature (default: ${generation.temperature})`,
      numberOption("temperature", 0.1, 2),
    );
  addDrawingOptions(command, CHEAP_OBJECTIVE_HELP);
}

const addLevelOptions = (command: Command): Command =>
  addFunctionOptions(
    command
      .optionsGroup("Calculation:")
      .option("--basis <name>", `basis set (default: ${BASES})`)
      .option("--active-space <space>", `${ACTIVE_SPACE_EXAMPLES} (default: 4e,4o)`),
  );

const addGeneralOptions = (command: Command): Command =>
  command
    .optionsGroup("General:")
    .option("--notebook <path>", "the notebook file", notebookPathHere())
    .option("--out <folder>", "where the shortlist is written", "ansatz-results")
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--json", "print one JSON document")
    .helpOption("-h, --help", "show this");

/** Settings of the campaign; what is not given keeps the product's default. @param library whose molecules are screened */
export function settingsOf(
  options: Omit<ScreenOptions, "notebook" | "out">,
  library?: LibrarySummary,
): CampaignSettings {
  const { name, model, seed, temperature, count, maxEvaluations, maxHeavyAtoms, basis, direction } = options;
  const { topP, topK, constrained, steer, acquisition: strategy, acquisitionBatch: batchSize } = options;
  const steering = steer && parseCheapObjectives(steer);
  const drawing = { topP, topK, constrained, prompt: parsePrompt(options), steering };
  const activeSpace = options.activeSpace === undefined ? undefined : readActiveSpace(options.activeSpace);
  const own = library && librarySettings(library, options);
  const input = {
    name,
    generation: own?.generation ?? { model, seed, temperature, count, ...drawing },
    filter: { ...own?.filter, ...(maxHeavyAtoms !== undefined && { maxHeavyAtoms }) },
    embedding: { seed },
    evaluation: {
      maxEvaluations: maxEvaluations ?? own?.maxEvaluations,
      basis: basis?.toLowerCase(),
      activeSpace,
      seed,
      ...propertyFromFlags(options),
      ...functionsOf(options),
      ...vqeFromFlags(options),
    },
    ranking: { direction },
    acquisition: { strategy, batchSize, seed },
  } as CampaignSettingsInput;
  const parsed = CampaignSettings.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new DomainError("invalid-input", `The settings do not fit: ${issues.join("; ")}.`);
}
