/** Runs a campaign to its end, writes the shortlist and prints the ranked table. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Engine } from "#core/engine-interface.ts";
import { type Campaign, type CampaignSettings, isActive } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import {
  certaintyOf,
  certaintySentence,
  estimateCorrelation,
  frontOf,
  type RankingCertainty,
  rungSentences,
} from "#shared/campaign/certainty.ts";
import { type CampaignForecast, forecastSentence } from "#shared/campaign/forecast.ts";
import { type MeasuredComparison, measuredSentence } from "#shared/campaign/measured.ts";
import { climbs, type Promotion } from "#shared/campaign/promotion.ts";
import { rungTitle } from "#shared/campaign/rungs.ts";
import { sizeNotice } from "#shared/campaign/size-notice.ts";
import { DomainError } from "#shared/errors.ts";
import { estimateSentence } from "#shared/properties/estimate.ts";
import { declarationOf, idOf } from "#shared/properties/find.ts";
import { methodTitle } from "#shared/properties/method-title.ts";
import { type PropertyDeclaration, titleOfValue } from "#shared/properties/property.ts";
import { basisTitle } from "#shared/quantum/basis-functions.ts";
import { candidateEntries } from "./candidates-document.ts";
import { makeFolder } from "./files.ts";
import { signalOfProcess, tellWhenCancelled } from "./host.ts";
import { filteredOut, type NotRanked, notRanked, notRankedTable, whyNone } from "./not-ranked.ts";
import { endProgress, formatTable, print, printJson, progressLine, remark } from "./output.ts";
import {
  certaintyDocument,
  componentsSentence,
  rankedColumns,
  rowDocument,
  warningOf,
  warningsOf,
} from "./ranked-table.ts";

interface ScreeningOptions {
  settings: CampaignSettings;
  notebook: string;
  out: string;
  json: boolean;
}

/** What a campaign came to. */
interface Screened extends Ended {
  readonly rows: CandidateRow[];
  /** In their order. */
  readonly ranked: CandidateDetail[];
  readonly files: Record<"sdf" | "csv", string>;
  readonly certainty: RankingCertainty;
  readonly promotions: Promotion[];
  readonly measured: MeasuredComparison[];
}

async function screened(engine: Engine, { settings, out, notebook }: ScreeningOptions): Promise<Screened> {
  const folder = makeFolder(out);
  const isKept = notebook !== ":memory:";
  const ended = await runToEnd(engine, settings, isKept);
  const { campaign } = ended;
  const { id } = campaign;
  const rows = await engine.candidates.list({ campaignId: id });
  const ranked = rows.filter((row) => row.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return {
    ...ended,
    rows,
    ranked: await Promise.all(ranked.map((row) => engine.candidates.get({ id: row.id }))),
    files: await writeShortlist(engine, campaign, folder),
    certainty: await engine.campaigns.certainty({ id }),
    promotions: await engine.campaigns.promotions({ id }),
    measured: await engine.campaigns.measured({ id }),
  };
}

function screeningDocument({ campaign, rows, certainty, ...found }: Screened) {
  const { evaluation } = campaign.settings;
  const property = propertyOfCampaign(campaign);
  const { measured } = found;
  return {
    ...certaintyDocument(property, certainty),
    ranked: found.ranked.map((candidate) => rowDocument(campaign.settings, candidate)),
    notRanked: notRanked(rows),
    objective: idOf(evaluation),
    protocol: protocolText(campaign),
    candidates: candidateEntries(rows, {
      property,
      campaign,
      certainty: certaintyOf(certainty),
      fronts: frontOf(certainty),
      climbs: climbs(campaign.settings, found.promotions),
      warnings: warningsOf(found.ranked),
    }),
    ...(measured.length > 0 && { measured }),
  };
}

export async function runScreening(engine: Engine, options: ScreeningOptions): Promise<void> {
  tellWhenCancelled(NOT_BEGUN);
  const started = performance.now();
  const found = await screened(engine, options);
  const { campaign, forecast, rows, ranked, files, certainty, promotions } = found;
  const wallTime_ms = Math.round(performance.now() - started);
  if (ranked.length === 0) {
    process.exitCode = 3;
    remark(
      `Nothing could be ranked: ${whyNone(rows)}. The reason of each molecule: ansatz notebook candidates ${campaign.id}`,
    );
  }
  if (options.json) {
    const { notebook } = options;
    printJson({ campaign, notebook, files, wallTime_ms, forecast, ...screeningDocument(found) });
    return;
  }
  printTable(
    campaign,
    { ranked, failed: notRanked(rows), filtered: filteredOut(rows) },
    { ...files, notebook: resolve(options.notebook) },
    { wallTime_ms, certainty, promotions },
  );
  for (const comparison of found.measured) print(measuredSentence(comparison));
}

/** A campaign that has ended, and what was said before that it would take; null for one that was begun before. */
interface Ended {
  campaign: Campaign;
  forecast: CampaignForecast | null;
}

/** Told while settings and molecules are read and the campaign is foretold. */
export const NOT_BEGUN = "Cancelled before anything was computed: the notebook is as it was.";
const GOES_ON = "Cancelled. What was computed is in the notebook; the same command goes on from there.";

/** Starts the campaign, or goes on with an unfinished one of the same settings. */
async function runToEnd(engine: Engine, settings: CampaignSettings, isKept: boolean): Promise<Ended> {
  const wanted = workOf(settings);
  const campaigns = await engine.campaigns.list();
  const same = campaigns.find((campaign) => workOf(campaign.settings) === wanted);
  const waiting = campaigns.filter((campaign) => campaign !== same && isActive(campaign));
  if (waiting.length > 0)
    remark(`Other unfinished campaigns wait meanwhile: ${waiting.map(nameOf).join(", ")}.`);
  if (same)
    remark(
      same.state === "succeeded"
        ? "The notebook holds this campaign, which has ended: these are its results."
        : "The notebook holds this campaign unfinished: it goes on where it stopped.",
    );
  else {
    await engine.campaigns.check(settings);
    await tellSize(engine, settings);
  }
  const forecast = same ? null : await forecastOf(engine, settings);
  if (forecast) remark(forecastSentence(forecast));
  signalOfProcess().throwIfAborted();
  const begun = same ? await resumeIfNeeded(engine, same, settings) : await engine.campaigns.start(settings);
  if (isKept) tellWhenCancelled(GOES_ON);
  const campaign = await engine.campaigns.finished(
    { id: begun.id },
    {
      signal: signalOfProcess(),
      report: progressLine(),
    },
  );
  endProgress();
  if (campaign.state === "cancelled" && campaign.error !== null) {
    process.exitCode = 3;
    remark(`${campaign.error} With a higher --max-hours it goes on.`);
    return { campaign, forecast };
  }
  if (campaign.state === "cancelled") throw new DOMException("the campaign was cancelled", "AbortError");
  if (campaign.state === "failed") {
    throw new DomainError(
      "backend-unavailable",
      `The campaign failed: ${campaign.error ?? "no reason stored"}`,
    );
  }
  return { campaign, forecast };
}

/** A campaign that cannot be foretold is no reason not to start it. */
async function forecastOf(engine: Engine, settings: CampaignSettings): Promise<CampaignForecast | null> {
  try {
    return await engine.campaigns.forecast(settings);
  } catch (error) {
    remark(`How long it takes cannot be foretold: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Says before the start where the filter takes out what the model writes. */
async function tellSize(engine: Engine, { generation, filter }: CampaignSettings): Promise<void> {
  if (generation.source !== "model") return;
  const models = await engine.models.list();
  const chosen = models.find(({ name }) => name === generation.model);
  const notice = chosen && sizeNotice(chosen, filter);
  if (notice !== undefined) remark(notice);
}

const nameOf = ({ settings: { name } }: Campaign): string => `campaign "${name}"`;

/** What a campaign does; its limits may be others when it goes on. */
const workOf = ({ limits: _, ...work }: CampaignSettings): string => canonicalJson(work);

async function resumeIfNeeded(
  engine: Engine,
  { id, state, settings }: Campaign,
  { limits }: CampaignSettings,
): Promise<Pick<Campaign, "id">> {
  const isOther = limits.hours !== settings.limits.hours;
  if (state === "succeeded" || (state === "running" && !isOther)) return { id };
  return engine.campaigns.resume({ id, ...(isOther && { limits }) });
}

/** JSON with sorted keys, to compare settings. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

async function writeShortlist(engine: Engine, campaign: Campaign, folder: string) {
  const write = async (format: "sdf" | "csv") => {
    const file = await engine.exports.create({ campaignId: campaign.id, format, selection: "ranked" });
    const path = join(folder, file.fileName);
    writeFileSync(path, file.text);
    return path;
  };
  return { sdf: await write("sdf"), csv: await write("csv") };
}

const propertyOfCampaign = ({ settings }: Campaign): PropertyDeclaration =>
  declarationOf(settings.evaluation);

function printRanked(
  campaign: Campaign,
  ranked: readonly CandidateDetail[],
  certainty: RankingCertainty,
): void {
  const { settings } = campaign;
  print("");
  print(formatTable(rankedColumns(settings.evaluation, ranked, { certainty, settings }), ranked));
  for (const candidate of ranked) {
    const warning = warningOf(candidate);
    if (warning !== null) print(`rank ${candidate.rank}: ${warning}`);
  }
}

/** What the columns say, how far to trust their order, and how far they say more than cheaper numbers. */
function printMeaning(
  campaign: Campaign,
  ranked: readonly CandidateDetail[],
  certainty: RankingCertainty,
): void {
  const property = propertyOfCampaign(campaign);
  const { evaluation } = campaign.settings;
  print("");
  const { fronts } = certainty;
  if (fronts) {
    const first = fronts.filter(({ front }) => front === 1).length;
    print(`Front 1, of ${first}: no other candidate is better in one part and nowhere worse.`);
  } else if (ranked.some(({ vqeMinusCasci_hartree: difference }) => difference !== null)) {
    print(
      "VQE − CASCI is what the ansatz misses of the exact answer in the same active space (neutral molecule).",
    );
    print("Exact diagonalisation gives the CASCI column directly, so at this size the VQE adds no accuracy.");
  }
  const decided = certaintySentence(certainty);
  if (decided !== null) print(decided);
  const correlation = estimateCorrelation(certainty, property);
  if (correlation !== null) print(estimateSentence(evaluation, correlation));
  for (const sentence of rungSentences(certainty, (key) => titleOfValue(property, key))) print(sentence);
}

/** Level of theory and treatment of the states. */
const protocolText = ({ settings: { evaluation } }: Campaign): string =>
  evaluation.definition?.kind === "composite"
    ? methodTitle(evaluation)
    : `${basisTitle(evaluation.basis, evaluation.functions)}, ${methodTitle(evaluation)}`;

function printTable(
  campaign: Campaign,
  {
    ranked,
    failed,
    filtered,
  }: { ranked: readonly CandidateDetail[]; failed: readonly NotRanked[]; filtered: readonly string[] },
  files: Record<"notebook" | "sdf" | "csv", string>,
  {
    wallTime_ms,
    certainty,
    promotions,
  }: { wallTime_ms: number; certainty: RankingCertainty; promotions: readonly Promotion[] },
): void {
  const { counts, settings } = campaign;
  const { evaluation, ranking } = settings;
  const property = propertyOfCampaign(campaign);
  const notEvaluated = counts.passed - counts.evaluated - counts.failed;
  const why = campaign.state === "succeeded" ? ` (limit ${evaluation.maxEvaluations})` : "";
  print(
    `${property.plural}, ${protocolText(campaign)}; rank 1 is the ${ranking.direction === "maximise" ? "highest" : "lowest"}`,
  );
  print(
    `${counts.proposed} proposed, ${counts.rejected} filtered out, ${counts.evaluated} evaluated, ${counts.failed} failed, ${notEvaluated} not evaluated${why}, ${(wallTime_ms / 1000).toFixed(1)} s`,
  );
  for (const line of filtered) print(`filtered out: ${line}`);
  for (const { rung, decisions } of promotions) {
    const up = decisions.filter(({ goesUp }) => goesUp).length;
    print(`${rungTitle(settings, rung)}: ${up} of ${decisions.length} go up`);
  }
  if (ranked.length > 0) printRanked(campaign, ranked, certainty);
  const others = notRankedTable(failed);
  if (others) print(`\n${others}`);
  if (ranked.length > 0) printMeaning(campaign, ranked, certainty);
  const components = componentsSentence(ranked);
  if (components !== null) print(components);
  print("");
  for (const [name, path] of Object.entries(files)) print(`${name.padEnd(8)} ${path}`);
}
