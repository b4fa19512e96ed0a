/** Ranked candidates as a table and as JSON: a map over what their property declares. */
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import {
  type CertaintyOf,
  certaintyOf,
  estimateCorrelation,
  type FrontOf,
  frontOf,
  type RankingCertainty,
  type Rung,
  rankText,
} from "#shared/campaign/certainty.ts";
import { levelTitle } from "#shared/campaign/rungs.ts";
import { relaxedBy } from "#shared/molecule/molecule.ts";
import { type Evaluation, moleculeResult, stateOf } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import {
  documentName,
  headWithUnit,
  type PropertyDeclaration,
  type PropertyValue,
  shownAs,
  UNITS,
} from "#shared/properties/property.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { activeSpaceDocument } from "./active-space-document.ts";
import { givenName, hasNames } from "./given-name.ts";
import { fixed, type TextColumn } from "./output.ts";

/** How far the ranking is told by the property's estimate; nothing for a property without one. */
function correlationDocument(
  property: PropertyDeclaration,
  certainty: RankingCertainty,
): Record<string, number | null> {
  const { estimate } = property;
  if (!estimate) return {};
  const { correlation = null, molecules = null } = estimateCorrelation(certainty, property) ?? {};
  return { [estimate.document]: correlation, [`${estimate.document}Molecules`]: molecules };
}

/** What each dearer number changed; its numbers named as in the rows. */
function rungDocument({ values }: PropertyDeclaration, { value, above, ranked, ...rung }: Rung) {
  const name = (key: string) => values.find((declared) => declared.key === key)?.document ?? key;
  return { value: name(value), above: name(above), ...rung, rankedCorrelation: ranked.correlation };
}

/** What error bars and cheaper numbers say of the ranking. */
export const certaintyDocument = (property: PropertyDeclaration, certainty: RankingCertainty) => ({
  ...correlationDocument(property, certainty),
  rankStability: certainty.stability,
  rungs: certainty.rungs.map((rung) => rungDocument(property, rung)),
});

/** What is to be said of a value that may be wrong. */
export const warningOf = ({ evaluation }: CandidateDetail): string | null =>
  (evaluation && declarationOf(evaluation).warning?.of(evaluation.values, evaluation.states)) ?? null;

/** A number in its unit. */
function shownValue(
  property: PropertyDeclaration,
  evaluation: Evaluation | null,
  declared: PropertyValue,
): number | null {
  // On a cheaper rung another property may have been computed.
  const value = evaluation?.property === property.id ? (evaluation.values[declared.key] ?? null) : null;
  return value === null ? null : shownAs(property, declared).fromStored(value);
}

/** What a candidate is ranked by, shown and as it is kept; the property's numbers; then the energies that they are made of. */
function numbersDocument(property: PropertyDeclaration, { evaluation, values: known }: CandidateDetail) {
  const { id, unit, values, states } = property;
  const ranked = evaluation?.property === id ? (known[evaluation.property] ?? null) : null;
  const numbers = values.map((value) => [
    `${value.document}_${shownAs(property, value).suffix}`,
    shownValue(property, evaluation, value),
  ]);
  const energies = (["vqe", "casci"] as const).flatMap((method) =>
    states.map(({ name }) => [
      `${name}${method === "vqe" ? "Vqe" : "Casci"}_hartree`,
      evaluation?.property === id ? stateOf(evaluation, name)[method]?.energy_hartree : undefined,
    ]),
  );
  return {
    [property.field]: ranked ?? undefined,
    [`${documentName(property)}_${unit}`]: ranked === null ? null : UNITS[unit].fromStored(ranked),
    ...Object.fromEntries([...numbers, ...energies]),
  };
}

/** What the number was chosen from or averaged over, in the property's unit; nothing where there was no choice. */
function alternativesDocument({ unit }: PropertyDeclaration, evaluation: Evaluation | null) {
  const { alternatives } = evaluation ?? {};
  if (!alternatives) return {};
  const { fromStored, suffix } = UNITS[unit];
  return {
    alternatives: alternatives.map(({ name, value, ...others }) => ({
      name,
      [`value_${suffix}`]: value === null ? null : fromStored(value),
      ...others,
    })),
  };
}

/** A ranked candidate in a JSON document. */
export function rowDocument(property: PropertyDeclaration, candidate: CandidateDetail) {
  const { evaluation } = candidate;
  const molecule = evaluation && moleculeResult(evaluation);
  return {
    rank: candidate.rank,
    id: candidate.id,
    ...(candidate.proposal.given && { name: candidate.proposal.given.name }),
    canonicalSmiles: candidate.identity?.canonicalSmiles,
    inchiKey: candidate.identity?.inchiKey,
    ...numbersDocument(property, candidate),
    ...alternativesDocument(property, evaluation),
    vqeMinusCasci_hartree: candidate.vqeMinusCasci_hartree,
    ...(property.warning && { [property.warning.document]: warningOf(candidate) }),
    ...(candidate.climb && { climb: candidate.climb }),
    outcome: evaluation?.outcome,
    activeSpace: activeSpaceDocument(molecule?.activeSpace),
    basis: molecule?.basis,
    geometryMethod: candidate.conformer?.method ?? null,
  };
}

/** By which level its numbers are. */
const rungColumn = (
  settings: Pick<CampaignSettings, "evaluation" | "rungs">,
): TextColumn<CandidateDetail> => ({
  title: "level",
  text: ({ rung = 0 }) => levelTitle(settings, rung),
});

const nameColumn: TextColumn<CandidateDetail> = { title: "name", text: givenName };

const valueColumns = (property: PropertyDeclaration): TextColumn<CandidateDetail>[] =>
  property.values.map((value) => {
    const { unit, digits } = shownAs(property, value);
    return {
      title: headWithUnit(value.title, unit),
      align: "right",
      text: (c) => fixed(shownValue(property, c.evaluation, value), digits + 1),
    };
  });

const energyColumns = ({ id, states }: PropertyDeclaration): TextColumn<CandidateDetail>[] => [
  ...states.map(
    ({ name, symbol }): TextColumn<CandidateDetail> => ({
      title: `${symbol}(VQE)/Eh`,
      align: "right",
      text: (c) =>
        fixed(c.evaluation?.property === id ? stateOf(c.evaluation, name).vqe?.energy_hartree : null, 6),
    }),
  ),
  { title: "VQE−CASCI/mEh", align: "right", text: (c) => fixed(milli(c.vqeMinusCasci_hartree), 4) },
  {
    title: "kcal/mol",
    align: "right",
    text: (c) => fixed(c.vqeMinusCasci_hartree === null ? null : toKcalPerMol(c.vqeMinusCasci_hartree), 4),
  },
];

/** Of the number that is ranked by. */
const deviationColumn = (
  { unit, digits }: PropertyDeclaration,
  certainty: CertaintyOf,
): TextColumn<CandidateDetail> => ({
  title: headWithUnit("±", unit),
  align: "right",
  text: ({ proposal }) => {
    const { deviation = null } = certainty.get(proposal.index) ?? {};
    return fixed(deviation === null ? null : UNITS[unit].fromStored(deviation), digits);
  },
});

const frontColumn = (fronts: FrontOf): TextColumn<CandidateDetail> => ({
  title: "front",
  align: "right",
  text: ({ proposal }) => fixed(fronts.get(proposal.index)?.front, 0),
});

const NO_CERTAINTY: RankingCertainty = { candidates: [], stability: null, rungs: [] };

const EMPTY = fixed(null, 0);

interface RankedTable {
  certainty?: RankingCertainty;
  /** Of the campaign, where it has rungs. */
  settings?: Pick<CampaignSettings, "evaluation" | "rungs">;
}

/** The columns of the ranked table; names and numbers that none of the candidates has are left out. */
export function rankedColumns(
  property: PropertyDeclaration,
  ranked: readonly CandidateDetail[],
  { certainty: found = NO_CERTAINTY, settings }: RankedTable = {},
): TextColumn<CandidateDetail>[] {
  const certainty = certaintyOf(found);
  const fronts = frontOf(found);
  // Energies of the states of a composite's parts are many, and its numbers are of no one pair of them.
  const numbers = [...valueColumns(property), ...(fronts ? [] : energyColumns(property))];
  return [
    {
      title: "rank",
      align: "right",
      text: (c) => rankText(c.rank ?? 0, certainty.get(c.proposal.index)),
    },
    ...(fronts ? [frontColumn(fronts)] : []),
    ...(hasNames(ranked) ? [nameColumn] : []),
    { title: "molecule", text: (c) => c.identity?.canonicalSmiles ?? "" },
    ...(settings && settings.rungs.length > 0 ? [rungColumn(settings)] : []),
    ...[deviationColumn(property, certainty), ...numbers].filter(({ text }) =>
      ranked.some((candidate) => text(candidate) !== EMPTY),
    ),
    { title: "geometry", text: (c) => (c.conformer ? relaxedBy(c.conformer.method) : "–") },
  ];
}

const milli = (energy: number | null) => (energy === null ? null : energy * 1000);
