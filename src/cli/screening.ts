/** Runs a campaign to its end, writes the shortlist and prints the ranked table. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Engine } from "#core/engine-interface.ts";
import type { Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { DomainError } from "#shared/errors.ts";
import { relaxedBy } from "#shared/molecule/molecule.ts";
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import { basisTitle } from "#shared/quantum/basis-functions.ts";
import { type KoopmansCorrelation, koopmansSentence, koopmansWarning } from "#shared/quantum/koopmans.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import { toElectronVolt, toKcalPerMol } from "#shared/units.ts";
import { makeFolder } from "./files.ts";
import { signalOfProcess } from "./host.ts";
import { type NotRanked, notRanked, notRankedTable } from "./not-ranked.ts";
import {
  endProgress,
  fixed,
  formatTable,
  print,
  printJson,
  progressLine,
  remark,
  type TextColumn,
} from "./output.ts";

interface ScreeningOptions {
  settings: CampaignSettings;
  notebook: string;
  out: string;
  json: boolean;
}

export async function runScreening(engine: Engine, options: ScreeningOptions): Promise<void> {
  const started = performance.now();
  const folder = makeFolder(options.out);
  const campaign = await runToEnd(engine, options.settings);
  const rows = await engine.candidates.list(campaign.id);
  const ranked = rows.filter((row) => row.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const details = await Promise.all(ranked.map((row) => engine.candidates.get(row.id)));
  const files = await writeShortlist(engine, campaign, folder);
  const failed = notRanked(rows);
  const correlation = await engine.campaigns.koopmansCorrelation(campaign.id);
  const wallTime_ms = Math.round(performance.now() - started);
  if (details.length === 0) process.exitCode = 3;
  if (options.json) {
    printJson({
      campaign,
      notebook: options.notebook,
      files,
      wallTime_ms,
      koopmansRankCorrelation: correlation?.correlation ?? null,
      koopmansRankCorrelationMolecules: correlation?.molecules ?? null,
      ranked: details.map(jsonRow),
      notRanked: failed,
    });
  } else {
    if (details.length === 0)
      remark("Nothing could be ranked: see `ansatz notebook candidates` for the reason of each molecule.");
    printTable(
      campaign,
      { ranked: details, failed },
      { ...files, notebook: resolve(options.notebook) },
      { wallTime_ms, correlation },
    );
  }
}

/** Starts the campaign, or goes on with an unfinished one of the same settings. */
async function runToEnd(engine: Engine, settings: CampaignSettings): Promise<Campaign> {
  const wanted = canonicalJson(settings);
  const same = (await engine.campaigns.list()).find(
    (campaign) => canonicalJson(campaign.settings) === wanted,
  );
  if (same)
    remark(`Found this campaign in the notebook (${same.state}); nothing that is done is done again.`);
  const begun = same ? await resumeIfNeeded(engine, same) : await engine.campaigns.start(settings);
  const campaign = await engine.campaigns.finished(begun.id, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  if (campaign.state === "cancelled") throw new DOMException("the campaign was cancelled", "AbortError");
  if (campaign.state === "failed") {
    throw new DomainError(
      "backend-unavailable",
      `The campaign failed: ${campaign.error ?? "no reason stored"}`,
    );
  }
  return campaign;
}

const resumeIfNeeded = (engine: Engine, campaign: Campaign) =>
  campaign.state === "succeeded" || campaign.state === "running"
    ? Promise.resolve(campaign)
    : engine.campaigns.resume(campaign.id);

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

/** What is to be said of a value far from Koopmans' estimate. */
const warningOf = ({ evaluation }: CandidateDetail): string | null =>
  koopmansWarning(evaluation?.vertical_hartree, evaluation?.koopmans_hartree);

function jsonRow(candidate: CandidateDetail) {
  const { evaluation } = candidate;
  return {
    rank: candidate.rank,
    id: candidate.id,
    canonicalSmiles: candidate.identity?.canonicalSmiles,
    inchiKey: candidate.identity?.inchiKey,
    verticalIonisation_hartree: evaluation?.vertical_hartree,
    verticalIonisation_eV:
      evaluation?.vertical_hartree == null ? null : toElectronVolt(evaluation.vertical_hartree),
    verticalIonisationCasci_eV:
      evaluation?.verticalCasci_hartree == null ? null : toElectronVolt(evaluation.verticalCasci_hartree),
    koopmans_eV: evaluation?.koopmans_hartree == null ? null : toElectronVolt(evaluation.koopmans_hartree),
    neutralVqe_hartree: evaluation?.neutral.vqe?.energy_hartree,
    cationVqe_hartree: evaluation?.cation?.vqe.energy_hartree,
    neutralCasci_hartree: evaluation?.neutral.casci?.energy_hartree,
    cationCasci_hartree: evaluation?.cation?.casci.energy_hartree,
    vqeMinusCasci_hartree: candidate.vqeMinusCasci_hartree,
    koopmansWarning: warningOf(candidate),
    outcome: evaluation?.outcome,
    activeSpace: evaluation?.neutral.activeSpace,
    basis: evaluation?.neutral.basis,
    geometryMethod: candidate.conformer?.method ?? null,
  };
}

const columns: TextColumn<CandidateDetail>[] = [
  { title: "rank", align: "right", text: (c) => String(c.rank) },
  { title: "molecule", text: (c) => c.identity?.canonicalSmiles ?? "" },
  { title: "IE(VQE)/eV", align: "right", text: (c) => electronVolts(c.evaluation?.vertical_hartree) },
  { title: "IE(CASCI)/eV", align: "right", text: (c) => electronVolts(c.evaluation?.verticalCasci_hartree) },
  { title: "Koopmans/eV", align: "right", text: (c) => electronVolts(c.evaluation?.koopmans_hartree) },
  { title: "E(VQE)/Eh", align: "right", text: (c) => fixed(c.evaluation?.neutral.vqe?.energy_hartree, 6) },
  { title: "E⁺(VQE)/Eh", align: "right", text: (c) => fixed(c.evaluation?.cation?.vqe.energy_hartree, 6) },
  { title: "VQE−CASCI/mEh", align: "right", text: (c) => fixed(milli(c.vqeMinusCasci_hartree), 4) },
  {
    title: "kcal/mol",
    align: "right",
    text: (c) => fixed(c.vqeMinusCasci_hartree === null ? null : toKcalPerMol(c.vqeMinusCasci_hartree), 4),
  },
  { title: "geometry", text: (c) => (c.conformer ? relaxedBy(c.conformer.method) : "–") },
];

const electronVolts = (energy: number | null | undefined) =>
  fixed(energy == null ? null : toElectronVolt(energy), 3);
const milli = (energy: number | null) => (energy === null ? null : energy * 1000);

function printTable(
  campaign: Campaign,
  { ranked, failed }: { ranked: readonly CandidateDetail[]; failed: readonly NotRanked[] },
  files: Record<"notebook" | "sdf" | "csv", string>,
  { wallTime_ms, correlation }: { wallTime_ms: number; correlation: KoopmansCorrelation | null },
): void {
  const { counts, settings } = campaign;
  const { evaluation, ranking } = settings;
  const notEvaluated = counts.passed - counts.evaluated - counts.failed;
  print(
    `Vertical ionisation energies, ${basisTitle(evaluation.basis, evaluation.functions)}, ${ansatzTitle(evaluation.ansatz)}-VQE in ${activeSpaceTitle(evaluation.activeSpace)}, neutral and cation in the neutral's orbitals; rank 1 is the ${ranking.direction === "maximise" ? "highest" : "lowest"}`,
  );
  print(
    `${counts.proposed} proposed, ${counts.rejected} filtered out, ${counts.evaluated} evaluated, ${counts.failed} failed, ${notEvaluated} not evaluated (limit ${evaluation.maxEvaluations}), ${(wallTime_ms / 1000).toFixed(1)} s`,
  );
  print("");
  print(formatTable(columns, ranked));
  for (const candidate of ranked) {
    const warning = warningOf(candidate);
    if (warning !== null) print(`rank ${candidate.rank}: ${warning}`);
  }
  const others = notRankedTable(failed);
  if (others) print(`\n${others}`);
  print("");
  print(
    "VQE − CASCI is what the ansatz misses of the exact answer in the same active space (neutral molecule);",
  );
  print("exact diagonalisation gives the CASCI column directly, so at this size the VQE adds no accuracy.");
  if (correlation !== null) {
    print(koopmansSentence(correlation));
  }
  print("");
  for (const [name, path] of Object.entries(files)) print(`${name.padEnd(8)} ${path}`);
}
