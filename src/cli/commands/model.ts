/** `ansatz model`: look at the generative models, take one over, train one's own. */
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import { MAX_MODEL_BYTES, type ModelCard, type ModelSummary } from "#shared/model/model.ts";
import { changesText, sourceText, type Training, TrainRequest } from "#shared/model/training.ts";
import { fileOf, readBinaryFile } from "../files.ts";
import {
  integerOption,
  notebookPathHere,
  numberOption,
  openEngine,
  signalOfProcess,
  takeTimeToStop,
} from "../host.ts";
import { fixed, formatTable, print, printJson, remark, type TextColumn } from "../output.ts";
import { parseRequest } from "../parse-request.ts";

interface Common {
  notebook: string;
  json?: boolean;
}

interface TrainOptions extends Common {
  model: string;
  name: string;
  title?: string;
  licence?: string;
  epochs?: number;
  rate?: number;
  batchSize?: number;
  patience?: number;
  rehearsal?: number;
  seed?: number;
}

const MEBIBYTE = 2 ** 20;

export function completeModel(model: Command): void {
  const add = (name: string, description: string): Command =>
    model
      .command(name)
      .description(description)
      .option("--notebook <path>", "the notebook beside which your own models lie", notebookPathHere())
      .option("--json", "print one JSON document");
  add("list", "every model: name, hash, parent, size").action(listModels);
  add("card <name>", "what a model is, learned from, is good for and not").action(showCard);
  add("import <path>", "take over a model's folder or ZIP archive; damaged weights are refused").action(
    takeOver,
  );
  add("train <file>", "fine-tune a model on SMILES, CSV or SDF, also gzipped; Ctrl-C keeps the best weights")
    .requiredOption("--name <name>", "name of the new model: lower-case letters, digits, hyphens")
    .option("--model <name>", "the model to start from", "small-organics")
    .option("--title <text>", "title of the new model")
    .option("--licence <text>", "under which terms the molecules may be used")
    .option(
      "--epochs <n>",
      "passes over the molecules at most (default 30)",
      integerOption("epochs", 1, 1000),
    )
    .option("--rate <r>", "learning rate at the start (default 0.0003)", numberOption("rate", 1e-7, 0.1))
    .option("--batch-size <n>", "molecules a step", integerOption("batch-size", 1, 1024))
    .option(
      "--patience <n>",
      "passes without a better loss until the end (default 3)",
      integerOption("patience", 1, 1000),
    )
    .option(
      "--rehearsal <x>",
      "molecules of the model's own learned beside each of yours (default 1): 0 keeps nearer to yours and writes more invalid strings",
      numberOption("rehearsal", 0, 10),
    )
    .option("--seed <n>", "32-bit seed (default 1)", integerOption("seed", 0))
    .action(train);
}

const columns: TextColumn<ModelSummary>[] = [
  { title: "name", text: ({ name }) => name },
  { title: "hash", text: ({ hash }) => hash.slice(0, 12) },
  { title: "parent", text: ({ parent }) => parent?.slice(0, 12) ?? "–" },
  { title: "MiB", align: "right", text: ({ bytes }) => fixed(bytes / MEBIBYTE, 1) },
  { title: "origin", text: ({ origin }) => origin },
  { title: "title", text: ({ title }) => title },
];

async function listModels({ notebook, json }: Common): Promise<void> {
  await using engine = await openEngine({ notebook: ":memory:", modelsOf: notebook });
  const [models, unreadable] = await Promise.all([engine.models.list(), engine.models.unreadable()]);
  if (json) printJson({ models, unreadable });
  else print(formatTable(columns, models));
  for (const { reason } of unreadable) remark(reason);
}

async function showCard(name: string, { notebook, json }: Common): Promise<void> {
  await using engine = await openEngine({ notebook: ":memory:", modelsOf: notebook });
  const card = await engine.models.card({ name });
  if (json) printJson(card);
  else print(cardText(card));
}

const figures = (of: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(of).map(
    ([name, value]) => `  ${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
  );

function cardText(card: ModelCard): string {
  const { kind, layers, hidden, maxTokens } = card.architecture;
  const { sources, preparation, molecules, heldBack, tokens, split } = card.data;
  return [
    `${card.title} (${card.name})`,
    card.description,
    "",
    `hash    ${card.hash}`,
    `parent  ${card.parent ?? "none: trained from random weights"}`,
    `network ${kind.toUpperCase()} ${layers} × ${hidden}, ${card.vocabulary.length} tokens, at most ${maxTokens} a molecule`,
    "",
    "Data",
    ...sources.flatMap(({ name, licence, sha256, reading }) => [
      `  ${name}; licence: ${licence}; SHA-256 ${sha256 ?? "not recorded"}`,
      ...(reading ? figures(reading).map((line) => `  ${line}`) : []),
    ]),
    `  ${molecules} molecules, ${tokens} tokens; ${heldBack} held back, ${split}`,
    `  ${preparation}`,
    "",
    "Training",
    ...figures(card.training),
    "",
    "Metrics",
    ...figures(card.metrics),
    ...(card.heavyAtoms
      ? [`  heavy atoms of 98 in 100 molecules: ${card.heavyAtoms.least} to ${card.heavyAtoms.greatest}`]
      : []),
    "",
    `Intended use: ${card.intendedUse}`,
    `Limits: ${card.limits}`,
  ].join("\n");
}

/** The files of a folder, or the file itself. */
function filesAt(path: string): File[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [fileOf(path)];
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { name }) => sum + statSync(join(path, name)).size, 0);
  if (bytes > MAX_MODEL_BYTES)
    throw new DomainError(
      "invalid-input",
      `"${path}" is no model's folder: its files have ${Math.round(bytes / MEBIBYTE)} MiB, a model at most ${MAX_MODEL_BYTES / MEBIBYTE}.`,
    );
  return files.map(({ name }) => fileOf(join(path, name)));
}

async function takeOver(path: string, { notebook, json }: Common): Promise<void> {
  const files = filesAt(path);
  await using engine = await openEngine({ notebook });
  const model = await engine.models.import({ files });
  if (json) printJson(model);
  else
    print(
      `${model.name} (${model.hash.slice(0, 12)}) is beside the notebook; \`ansatz model card ${model.name}\` shows it.`,
    );
}

function requestOf(file: string, options: TrainOptions): TrainRequest {
  const { notebook: _, json: __, model: parent, ...settings } = options;
  const request = { ...settings, parent, fileName: basename(file), file: readBinaryFile(file) };
  return parseRequest(TrainRequest, request);
}

async function train(file: string, options: TrainOptions): Promise<void> {
  const request = requestOf(file, options);
  await using engine = await openEngine(options);
  const earlier = await engine.models.training();
  if (earlier?.ending === "cut-off")
    remark(
      `The training of "${earlier.request.name}" was cut off; its best pass is the model "${earlier.model?.name}".`,
    );
  const { fileName, file: bytes, ...settings } = request;
  const begun = await engine.models.train({ ...settings, file: new File([bytes], fileName) });
  const signal = signalOfProcess();
  const stop = () => {
    remark(
      "Stopping; the best weights so far are kept, if they are better. Ctrl-C again leaves at once; the best pass is then taken over by the next command that trains or screens.",
    );
    void engine.models.stopTraining({ keepBest: true }).catch(() => {});
  };
  takeTimeToStop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const ended = await follow(engine, begun);
  if (ended.state === "cancelled") {
    remark("Nothing was kept: no pass had made the model better than the one it started from.");
    throw abortError();
  }
  if (ended.state === "failed")
    throw new DomainError("invalid-input", ended.error ?? "no reason given", {
      entries: ended.reading?.entries ?? null,
      used: ended.reading?.used ?? null,
      dropped: Object.entries(ended.reading?.dropped ?? {}).map(([reason, count]) => `${count}: ${reason}`),
    });
  if (options.json) printJson(ended);
  else print(summary(ended));
}

/** Tells on stderr what was read and each point of the loss curve as it comes. */
async function follow(engine: Engine, begun: Training): Promise<Training> {
  let last = begun;
  for await (const training of engine.models.followTraining()) {
    if (training.reading && !last.reading) remark(readingText(training.reading));
    if (training.plan && !last.plan)
      remark(`${planText(training.plan)}\nlosses in nats a token, of learning and of what is held back`);
    for (const { epoch, training: loss, validation, seconds } of training.curve.slice(last.curve.length))
      remark(
        `epoch ${String(epoch).padStart(3)}  loss ${fixed(loss, 4).padStart(6)}  held back ${fixed(validation, 4)}  ${fixed(seconds, 1)} s`,
      );
    last = training;
  }
  return last;
}

function readingText(reading: NonNullable<Training["reading"]>): string {
  const { entries, used, duplicates, dropped, examples } = reading;
  return [
    `${sourceText(reading)}: ${entries} entries, ${used} used, ${duplicates} duplicate${duplicates === 1 ? "" : "s"}; ${changesText(reading)}`,
    ...Object.entries(dropped).map(([reason, count]) => `  ${count} dropped: ${reason}`),
    ...examples.map(({ line, text, reason }) => `  ${line}: ${text} (${reason})`),
  ].join("\n");
}

function planText({
  trainingMolecules,
  validationMolecules,
  unknownTokens,
  tooLong,
}: NonNullable<Training["plan"]>) {
  const unknown = Object.entries(unknownTokens).map(([token, count]) => `, ${count} left out for ${token}`);
  const long = tooLong > 0 ? `, ${tooLong} left out as too long` : "";
  return `learning from ${trainingMolecules} molecules, ${validationMolecules} held back${unknown.join("")}${long}`;
}

function summary({ model, curve, ending }: Training): string {
  // A training that succeeded has a model, and a curve that begins before the first pass.
  const [before, best] = [curve[0]!.validation, Math.min(...curve.map(({ validation }) => validation))];
  return `${model!.name} (${model!.hash.slice(0, 12)}): loss on held-back molecules ${fixed(before, 4)} → ${fixed(best, 4)} nats a token, ended ${ending}`;
}
