/** Short words for what a campaign does. */

import type { Campaign, CampaignSettings, RankingDirection } from "#shared/campaign/campaign.ts";
import type { Progress } from "#shared/campaign/job.ts";
import { levelName, rankedBy } from "#shared/properties/method-title.ts";
import { METHOD_TITLES, type PropertyDeclaration } from "#shared/properties/property.ts";
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import { type BasisFunctions, basisTitle } from "#shared/quantum/basis-functions.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";
import { integer } from "./format.ts";

export const canResume = ({ state, error }: Pick<Campaign, "state" | "error">): boolean =>
  state === "cancelled" || state === "failed" || (state === "queued" && error !== null);

/** Names of basis sets as the literature writes them: Pople's in capitals, the others in their own way. */
const WRITTEN: Readonly<Record<string, string>> = {
  "def2-svp": "def2-SVP",
  "def2-svpd": "def2-SVPD",
  "def2-tzvp": "def2-TZVP",
  "cc-pvdz": "cc-pVDZ",
  "cc-pvtz": "cc-pVTZ",
  "aug-cc-pvdz": "aug-cc-pVDZ",
  "aug-cc-pvtz": "aug-cc-pVTZ",
};

/** Of a set as settings or results name it, with its functions where these were chosen. */
export function basisName(basis: string, functions: BasisFunctions | null = null): string {
  const [name = "", chosen] = basis.split(" (");
  const written = WRITTEN[name.toLowerCase()] ?? name.toUpperCase();
  return basisTitle(chosen ? `${written} (${chosen}` : written, functions);
}

/** "VQE-UCCSD(4e,4o)/6-31G", "MP2/6-31G*". */
export function methodOf({ evaluation }: Pick<CampaignSettings, "evaluation">): string {
  const { activeSpace, ansatz, basis, functions } = evaluation;
  const { method } = rankedBy(evaluation);
  if (evaluation.definition?.kind === "composite") return evaluation.definition.title;
  if (method === "functional") return levelName(evaluation, basisName(basis, functions));
  const quantum = method === "vqe" ? `-${ansatzTitle(ansatz)}` : "";
  const space = method === "vqe" || method === "casci" ? activeSpaceTitle(activeSpace) : "";
  return `${METHOD_TITLES[method]}${quantum}${space}/${basisName(basis, functions)}`;
}

/** What rank 1 is, short enough for a table's header. */
export const bestOf = ({ symbol }: PropertyDeclaration, direction: RankingDirection): string =>
  `1 = ${direction === "maximise" ? "highest" : "lowest"} ${symbol}`;

/** Fewer than asked for: still at it, stopped, enough found, or molecules that could not be written to their end. */
export const proposedTitle = ({ settings, counts }: Pick<Campaign, "settings" | "counts">): string =>
  counts.proposed < settings.generation.count ? `of ${settings.generation.count} proposed` : "proposed";

/** Proposing takes seconds, evaluating the rest. */
const PROPOSING_SHARE = 0.08;

/** How far a campaign is, 0 to 1, by what the notebook holds; it may end early where fewer molecules pass the filter. */
export function shareDone({ settings, counts }: Pick<Campaign, "settings" | "counts">): number {
  const proposed = Math.min(counts.proposed / settings.generation.count, 1);
  const evaluated = Math.min((counts.evaluated + counts.failed) / settings.evaluation.maxEvaluations, 1);
  return PROPOSING_SHARE * proposed + (1 - PROPOSING_SHARE) * evaluated;
}

/** The stage's name for people; the engine's own word where it is a new one. */
function phaseTitle(phase: string): string {
  const titles: Readonly<Record<string, string>> = {
    propose: "Proposing molecules",
    filter: "Filtering",
    embed: "Finding geometries",
    evaluate: "Evaluating",
    rank: "Ranking",
  };
  return titles[phase] ?? phase;
}

/** The heading over a campaign's progress. @param live whether this page would be told of a change */
export function progressTitle(
  { state }: Pick<Campaign, "state">,
  progress: Progress | null,
  live: boolean,
): string {
  if (!live) return "Last seen";
  if (progress) return phaseTitle(progress.phase);
  return state === "queued" ? "Waiting to start" : "Working";
}

/** What is under way; with its count where one job writes all of a campaign's molecules: a steered model hands none over before the last. */
export function progressText(
  { phase, done, total, message }: Progress,
  { generation }: CampaignSettings,
): string {
  if (phase !== "propose" || total !== generation.count) return message;
  return `${message}: ${integer(done)} of ${integer(total)}`;
}
