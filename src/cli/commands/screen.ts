/** `ansatz screen`: a whole campaign without a window; started again after an interruption it goes on where it stopped. */
import type { Command } from "commander";
import { AcquisitionStrategy, CampaignSettings } from "#shared/campaign/campaign.ts";
import { type Plan, settingsOfPlan } from "#shared/campaign/plan.ts";
import { MOST_FOUND, type SearchQuery } from "#shared/campaign/search.ts";
import { ModelSource } from "#shared/campaign/sources/model.ts";
import { promptNotice } from "#shared/model/generation.ts";
import { KNOWN_PROPERTIES } from "#shared/properties/find.ts";
import { inSentence } from "#shared/properties/property.ts";
import { ACTIVE_SPACE_EXAMPLES } from "#shared/quantum/active-space-text.ts";
import { addFunctionOptions } from "../basis-options.ts";
import { addDrawingOptions } from "../drawing-options.ts";
import { checkTarget } from "../files.ts";
import {
  integerOption,
  notebookPathHere,
  numberOption,
  openEngine,
  openToLook,
  tellWhenCancelled,
} from "../host.ts";
import {
  addFromSearchOptions,
  addLibraryOptions,
  readLibraryFiles,
  requireOneSource,
} from "../library-options.ts";
import { listObjectives } from "../list-objectives.ts";
import { CHEAP_OBJECTIVE_HELP } from "../objective.ts";
import { print, remark } from "../output.ts";
import { addPropertyOptions } from "../property-options.ts";
import { addRungOption } from "../rung-options.ts";
import { type PlanFlags, planFromFile, planFromFlags, writePlan } from "../screen-plan.ts";
import { NOT_BEGUN, runScreening } from "../screening.ts";
import { readSearch, SEARCH_OPTIONS, type SearchFlags } from "../search-options.ts";
import { addAnsatzOptions, addBackendOptions } from "../vqe-options.ts";

interface ScreenOptions extends PlanFlags {
  notebook: string;
  out: string;
  threads?: number;
  json?: boolean;
  listObjectives?: boolean;
  writePlan?: string;
}

/** What a campaign does where nothing is said. */
const defaults = CampaignSettings.parse({ name: "screen" });

/** "maximise the vertical ionisation energy", of all properties. */
const BETTER = KNOWN_PROPERTIES.map(({ better, title }) => `${better} the ${inSentence(title)}`).join(", ");

/** "6-31g (one property, …), …": what each property takes. */
const BASES = [...Map.groupBy(KNOWN_PROPERTIES, ({ basis }) => basis)]
  .map(([basis, properties]) => `${basis} (${properties.map(({ id }) => id).join(", ")})`)
  .join(", ");

export function completeScreen(command: Command): void {
  command.argument("[plan]", "a campaign's plan as --write-plan or the app wrote it, in place of flags");
  addCampaignOptions(command);
  addLibraryOptions(command.optionsGroup("Molecules of your own:"));
  addFromSearchOptions(command.optionsGroup("Molecules that a search of the notebook finds:"));
  addProposalOptions(command);
  addLevelOptions(command);
  addAnsatzOptions(command.optionsGroup("VQE:"));
  addBackendOptions(command.optionsGroup("How VQE is run:"));
  addGeneralOptions(command).action(runScreen);
}

const conditionsOf = (options: SearchFlags): SearchFlags =>
  Object.fromEntries(
    SEARCH_OPTIONS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );

/** What --from-search asks for, with the properties that the notebook's campaigns define. @throws DomainError invalid-input, not-found */
async function askedSearch(options: ScreenOptions): Promise<SearchQuery | undefined> {
  requireOneSource(options);
  if (!options.fromSearch) return undefined;
  await using engine = await openToLook(options.notebook);
  const campaigns = await engine.campaigns.list();
  return readSearch(
    { limit: MOST_FOUND, ...conditionsOf(options) },
    campaigns.map(({ settings }) => settings),
  );
}

const readsNotebook = ({ generation }: Plan): boolean =>
  generation.source === "library" && generation.notebook !== undefined;

async function runScreen(path: string | undefined, options: ScreenOptions, command: Command): Promise<void> {
  if (options.listObjectives) return listObjectives(options);
  tellWhenCancelled(options.writePlan === undefined ? NOT_BEGUN : "Cancelled: no plan was written.");
  // What does not fit is told before a notebook is made.
  const plan =
    path === undefined ? planFromFlags(options, await askedSearch(options)) : planFromFile(path, command);
  const notice = plan.generation.source === "model" ? promptNotice(plan.generation.prompt) : undefined;
  if (notice !== undefined) remark(notice);
  const { notebook, out, json = false, writePlan: target } = options;
  if (target !== undefined) checkTarget(target);
  await using engine = await openEngine({
    ...options,
    ...(target !== undefined && !readsNotebook(plan) && { notebook: ":memory:", modelsOf: notebook }),
  });
  // All that the files do not decide is told before they are read.
  await engine.campaigns.checkUnread(settingsOfPlan(plan));
  const library = await readLibraryFiles(engine, plan);
  const settings = settingsOfPlan(plan, { library });
  if (target === undefined) {
    await runScreening(engine, { settings, notebook, out, json });
    return;
  }
  await engine.campaigns.check(settings);
  writePlan(target, { settings, plan, library });
  print(`${target}: run it with ansatz screen ${target}`);
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
      "--conformers <n>",
      "shapes of each molecule over which its numbers are averaged by their shares at 298 K, at most: the lowest by MMFF94 within 5 kcal/mol (default: the lowest alone)",
      integerOption("conformers", 1, 20),
    )
    .option(
      "--relax",
      "relax each geometry by Hartree–Fock/6-31G* first, in place of as it was made or given; properties of relaxed structures do so anyway",
    )
    .option(
      "--max-heavy-atoms <n>",
      `the filter takes out molecules with more heavy atoms (default: ${filter.maxHeavyAtoms})`,
      integerOption("max-heavy-atoms", 1),
    );
  command.option(
    "--max-hours <h>",
    "end after so long a time of computing, over all times that the campaign goes on; with a higher one it goes on (default: none)",
    numberOption("max-hours", 0, 100_000),
  );
  addRungOption(addPropertyOptions(command))
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
    .option("--write-plan <file>", "write the plan that the flags mean, to be run later; starts nothing")
    .option("--json", "print one JSON document")
    .helpOption("-h, --help", "show this");
