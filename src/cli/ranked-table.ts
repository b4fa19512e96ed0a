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
import { basisOfNumber, levelOf, levelTitle } from "#shared/campaign/rungs.ts";
import { relaxedBy } from "#shared/molecule/molecule.ts";
import {
  type Evaluation,
  moleculeResult,
  recoveredAt,
  stateOf,
  whereText,
} from "#shared/properties/evaluation.ts";
import { declarationOf, isSameProperty, type NamedProperty } from "#shared/properties/find.ts";
import {
  documentName,
  headWithUnit,
  type PropertyDeclaration,
  type PropertyValue,
  shownAs,
  UNITS,
} from "#shared/properties/property.ts";
import { relaxedStructures } from "#shared/properties/relaxed-structures.ts";
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
  (evaluation &&
    declarationOf(evaluation).warning?.of(evaluation.values, evaluation.states, evaluation.alternatives)) ??
  null;

/** The same of each candidate that has something to be said, by its index. */
export const warningsOf = (candidates: readonly CandidateDetail[]): ReadonlyMap<number, string> =>
  new Map(
    candidates.flatMap((candidate) => {
      const warning = warningOf(candidate);
      return warning === null ? [] : [[candidate.proposal.index, warning]];
    }),
  );

/** What was found of the campaign's own property: on a cheaper rung another one may have been computed. */
const ownOf = (asked: NamedProperty, evaluation: Evaluation | null): Evaluation | null =>
  evaluation && isSameProperty(evaluation, asked) ? evaluation : null;

/** A number in its unit. */
function shownValue(
  asked: NamedProperty,
  evaluation: Evaluation | null,
  declared: PropertyValue,
): number | null {
  const value = ownOf(asked, evaluation)?.values[declared.key] ?? null;
  return value === null ? null : shownAs(declarationOf(asked), declared).fromStored(value);
}

/** What a candidate is ranked by, shown and as it is kept; the property's numbers; then the energies that they are made of. */
function numbersDocument(asked: NamedProperty, { evaluation, values: known }: CandidateDetail) {
  const property = declarationOf(asked);
  const { unit, values, states } = property;
  const own = ownOf(asked, evaluation);
  const ranked = own ? (known[own.property] ?? null) : null;
  const numbers = values.map((value) => [
    `${value.document}_${shownAs(property, value).suffix}`,
    shownValue(asked, evaluation, value),
  ]);
  const energies = (["vqe", "casci"] as const).flatMap((method) =>
    states.map(({ name }) => [
      `${name}${method === "vqe" ? "Vqe" : "Casci"}_hartree`,
      own ? stateOf(own, name)[method]?.energy_hartree : undefined,
    ]),
  );
  return {
    [property.field]: ranked ?? undefined,
    [`${documentName(property)}_${unit}`]: ranked === null ? null : UNITS[unit].fromStored(ranked),
    ...Object.fromEntries([...numbers, ...energies]),
  };
}

/** What the number was chosen from or averaged over, in the unit of what was computed; nothing where there was no choice. */
function alternativesDocument(evaluation: Evaluation | null) {
  if (!evaluation?.alternatives) return {};
  const { alternatives } = evaluation;
  const { fromStored, suffix } = UNITS[declarationOf(evaluation).unit];
  return {
    alternatives: alternatives.map(({ name, value, ...others }) => ({
      name,
      [`value_${suffix}`]: value === null ? null : fromStored(value),
      ...others,
    })),
  };
}

/** Structures that the property relaxed and its numbers are at; nothing of one that computes where candidates are. */
function relaxedDocument(evaluation: Evaluation | null) {
  const relaxed = evaluation ? relaxedStructures(evaluation) : [];
  return relaxed.length > 0 ? { relaxed } : {};
}

/** A ranked candidate in a JSON document. */
export function rowDocument(
  settings: Pick<CampaignSettings, "evaluation" | "rungs">,
  candidate: CandidateDetail,
) {
  const { evaluation: asked } = settings;
  const { evaluation } = candidate;
  const { warning } = declarationOf(asked);
  const molecule = evaluation && moleculeResult(evaluation);
  return {
    rank: candidate.rank,
    id: candidate.id,
    ...(candidate.proposal.given && { name: candidate.proposal.given.name }),
    canonicalSmiles: candidate.identity?.canonicalSmiles,
    inchiKey: candidate.identity?.inchiKey,
    ...numbersDocument(asked, candidate),
    ...alternativesDocument(evaluation),
    ...(evaluation?.attempts && { attempts: evaluation.attempts }),
    vqeMinusCasci_hartree: candidate.vqeMinusCasci_hartree,
    ...(warning && { [warning.document]: warningOf(candidate) }),
    ...(candidate.climb && { climb: candidate.climb }),
    ...(molecule?.diagnostic && { diagnostic: molecule.diagnostic }),
    outcome: evaluation?.outcome,
    activeSpace: activeSpaceDocument(molecule?.activeSpace),
    basis: basisOfNumber(settings, candidate) ?? undefined,
    geometryMethod: candidate.conformer?.method ?? null,
    ...relaxedDocument(evaluation),
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

const valueColumns = (asked: NamedProperty): TextColumn<CandidateDetail>[] =>
  declarationOf(asked).values.map((value) => {
    const { unit, digits } = shownAs(declarationOf(asked), value);
    return {
      title: headWithUnit(value.title, unit),
      align: "right",
      text: (c) => fixed(shownValue(asked, c.evaluation, value), digits + 1),
    };
  });

const energyColumns = (asked: NamedProperty): TextColumn<CandidateDetail>[] => [
  ...declarationOf(asked).states.map(
    ({ name, symbol }): TextColumn<CandidateDetail> => ({
      title: `${symbol}(VQE)/Eh`,
      align: "right",
      text: ({ evaluation }) => {
        const own = ownOf(asked, evaluation);
        return fixed(own && stateOf(own, name).vqe?.energy_hartree, 6);
      },
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
  /** Of the campaign, where it may have rungs or geometries of its own. */
  settings?: Pick<CampaignSettings, "evaluation" | "rungs">;
}

/** The columns of the ranked table; names and numbers that none of the candidates has are left out. */
export function rankedColumns(
  asked: NamedProperty,
  ranked: readonly CandidateDetail[],
  { certainty: found = NO_CERTAINTY, settings }: RankedTable = {},
): TextColumn<CandidateDetail>[] {
  const certainty = certaintyOf(found);
  const fronts = frontOf(found);
  // Energies of the states of a composite's parts are many, and its numbers are of no one pair of them.
  const numbers = [...valueColumns(asked), ...(fronts ? [] : energyColumns(asked))];
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
    ...[deviationColumn(declarationOf(asked), certainty), ...numbers].filter(({ text }) =>
      ranked.some((candidate) => text(candidate) !== EMPTY),
    ),
    ...(ranked.some(({ route }) => route !== undefined) ? [routeColumn] : []),
    { title: "geometry", text: (candidate) => geometryText(candidate, settings) },
  ];
}

/** Whether one determinant will do. */
const routeColumn: TextColumn<CandidateDetail> = { title: "route", text: ({ route = "" }) => route };

/** What relaxed the geometry that its numbers are at: "MMFF94, then Hartree–Fock/6-31G*". */
function geometryText(
  { conformer, evaluation, rung = 0 }: CandidateDetail,
  settings: RankedTable["settings"],
): string {
  if (!conformer) return "–";
  const elsewhere = evaluation && recoveredAt(evaluation);
  if (elsewhere) return `${relaxedBy(conformer.method)}; ${whereText(elsewhere, true)}`;
  const isMoved = settings && levelOf(settings, rung).relaxed;
  const molecule = evaluation && moleculeResult(evaluation);
  const basis = molecule?.optimisation ? molecule.basis : isMoved ? "6-31G*" : null;
  return `${relaxedBy(conformer.method)}${basis === null ? "" : `, then Hartree–Fock/${basis}`}`;
}

/** "Of several components one is computed: sodium chloride as [Cl-]."; null where no molecule has several. */
export function componentsSentence(ranked: readonly CandidateDetail[]): string | null {
  const parts = ranked.flatMap((candidate) => {
    const { proposal, identity } = candidate;
    const computed = identity?.canonicalSmiles ?? "";
    if (!proposal.smiles.includes(".") || computed.includes(".")) return [];
    return [`${givenName(candidate) || proposal.smiles} as ${computed}`];
  });
  return parts.length === 0 ? null : `Of several components one is computed: ${parts.join(", ")}.`;
}

const milli = (energy: number | null) => (energy === null ? null : energy * 1000);
