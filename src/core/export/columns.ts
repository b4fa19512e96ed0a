/** What a wet-lab team and an auditor want to know of a candidate, one column each, the unit in the name. */
import type { Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { levelOf, levelTitle, rungOrders } from "#shared/campaign/rungs.ts";
import { dataColumnsOf } from "#shared/campaign/sources/library.ts";
import { decimal } from "#shared/decimals.ts";
import { DESCRIPTOR_IDS, DESCRIPTORS, type DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import { CLOSED_SHELL, type Electrons } from "#shared/molecule/molecule.ts";
import { type Evaluation, recoveredAt } from "#shared/properties/evaluation.ts";
import { DEFAULT_PROPERTY, declarationOf } from "#shared/properties/find.ts";
import { asksActiveSpace, functionalsOf, shapesTitle } from "#shared/properties/method-title.ts";
import { headWithUnit, type PropertyDeclaration, shownAs } from "#shared/properties/property.ts";
import { type Column, descriptorCell, type ExportRow, numbersAt, rounded } from "./cells.ts";
import { type Computed, energyColumns, methodColumns } from "./evaluation-columns.ts";
import { VERDICT_COLUMNS } from "./verdicts.ts";

function descriptorColumn(id: DescriptorId): Column {
  return { name: DESCRIPTORS[id].exportName, value: ({ candidate }) => descriptorCell(candidate, id) };
}

const identity: Column[] = [
  { name: "rank", value: ({ candidate }) => candidate.rank },
  { name: "id", value: ({ candidate }) => candidate.id },
  {
    name: "canonical_smiles",
    value: ({ candidate }) => candidate.identity?.canonicalSmiles ?? null,
  },
  { name: "inchikey", value: ({ candidate }) => candidate.identity?.inchiKey ?? null },
  {
    name: "evaluated_isomeric_smiles",
    value: ({ candidate }) => candidate.conformer?.isomer?.canonicalSmiles ?? null,
  },
  { name: "evaluated_inchikey", value: ({ candidate }) => candidate.conformer?.isomer?.inchiKey ?? null },
  {
    name: "stereo_unspecified",
    value: ({ candidate }) => candidate.conformer?.isomer?.stereoUnspecified ?? null,
  },
  { name: "formula", value: ({ candidate }) => candidate.descriptors?.formula ?? null },
  descriptorColumn("exactMass_dalton"),
  { name: "state", value: ({ candidate }) => candidate.state },
];

const whyNot: Column[] = [
  { name: "rejected_by", value: ({ candidate }) => candidate.rejection?.rule ?? null },
  { name: "rejection_detail", value: ({ candidate }) => candidate.rejection?.detail ?? null },
  { name: "failed_stage", value: ({ candidate }) => candidate.failure?.stage ?? null },
  {
    name: "failure_reason",
    value: ({ candidate }) => candidate.failure?.reason ?? candidate.noValue ?? null,
  },
];

/** Of campaigns with rungs: which level the numbers are by or the candidate failed at, and what became of the candidate below it. */
const climb: Column[] = [
  {
    name: "level",
    value: ({ candidate: { evaluation, rung = 0 }, campaign }) =>
      evaluation || rung > 0 ? levelTitle(campaign.settings, rung) : null,
  },
  { name: "climb", value: ({ candidate }) => candidate.climb?.join("; ") ?? null },
];

const descriptors = DESCRIPTOR_IDS.filter((id) => id !== "exactMass_dalton").map(descriptorColumn);

/** Of a person's own molecules: names, electrons and data columns, whose heads must not be those of others. */
function givenColumns({ settings: { generation } }: Campaign, taken: ReadonlySet<string>): Column[] {
  if (generation.source !== "library") return [];
  const said: Column[] = [
    { name: "name", value: ({ candidate }) => candidate.proposal.given?.name ?? null },
    { name: "row", value: ({ candidate }) => candidate.proposal.index + 1 },
    { name: "charge", value: ({ candidate }) => electronsOf(candidate)?.charge ?? null },
    { name: "multiplicity", value: ({ candidate }) => electronsOf(candidate)?.multiplicity ?? null },
  ];
  const names = new Set([...taken, ...said.map(({ name }) => name)]);
  const data = dataColumnsOf(generation).map((head): Column => {
    const name = names.has(head) ? `${head} (given)` : head;
    return { name, value: ({ candidate }) => candidate.proposal.given?.data[head] ?? null };
  });
  return [...said, ...data];
}

/** What an accepted molecule is computed with. */
const electronsOf = ({ electrons, rejection, identity }: CandidateDetail): Electrons | undefined =>
  identity && !rejection ? (electrons ?? CLOSED_SHELL) : undefined;

/** null where no model proposed the molecules. */
const ofModel =
  (name: "model" | "seed" | "temperature"): Column["value"] =>
  ({ campaign: { settings } }) =>
    settings.generation.source === "model" ? settings.generation[name] : null;

const origin: Column[] = [
  { name: "proposed_smiles", value: ({ candidate }) => candidate.proposal.smiles },
  { name: "nll_nat", value: ({ candidate }) => rounded(candidate.proposal.nll, 6) },
  { name: "model", value: ofModel("model") },
  { name: "model_sha256", value: ({ campaign }) => campaign.modelHash },
  { name: "seed", value: ofModel("seed") },
  { name: "temperature", value: ofModel("temperature") },
  { name: "campaign", value: ({ campaign }) => campaign.settings.name },
  { name: "campaign_id", value: ({ campaign }) => campaign.id },
];

const geometry: Column[] = [
  { name: "geometry_method", value: ({ candidate }) => candidate.conformer?.method ?? null },
  { name: "geometry_seed", value: ({ candidate }) => candidate.conformer?.seed ?? null },
  {
    name: "force_field_energy_kcal_per_mol",
    value: ({ candidate }) => rounded(candidate.conformer?.forceFieldEnergy_kcal_per_mol, 4),
  },
];

/** Of campaigns that compute elsewhere than where the exported geometry is. */
const evaluatedGeometry: Column = { name: "evaluated_geometry", value: (row) => numbersAt(row) ?? null };

const isRecovered = ({ candidate: { evaluation } }: ExportRow): boolean =>
  evaluation !== null && recoveredAt(evaluation) !== undefined;

const movesShapes = (settings: CampaignSettings): boolean =>
  rungOrders(settings).some(({ rung }) => shapesTitle(levelOf(settings, rung)) !== undefined);

/** "bond C1–C2 88.10 kcal/mol; bond C2–O3 91.30 kcal/mol, share 12.0 %": what a number was chosen from or averaged over. */
function alternativesText(evaluation: Evaluation): string | null {
  const { alternatives = [] } = evaluation;
  const property = declarationOf(evaluation);
  const { unit, digits, fromStored } = shownAs(property);
  const told = alternatives.map(({ name, value, weight, share = weight, remark }) =>
    [
      `${name} ${value === null ? "without a number" : headWithUnit(decimal(fromStored(value), digits + 1), unit, " ")}`,
      ...(share === undefined ? [] : [`share ${(100 * share).toFixed(1)} %`]),
      ...(remark === undefined ? [] : [remark]),
    ].join(", "),
  );
  return told.length > 0 ? told.join("; ") : null;
}

const alternativesColumn: Column = {
  name: "alternatives",
  value: ({ candidate: { evaluation } }) => evaluation && alternativesText(evaluation),
};

const frontColumn: Column = { name: "pareto_front", value: ({ front }) => front ?? null };

/** Whether anything of them was to be computed in an active space, or was. */
const hasActiveSpace = (rows: readonly ExportRow[], settings: CampaignSettings): boolean =>
  rungOrders(settings).some(({ rung }) => asksActiveSpace(levelOf(settings, rung))) ||
  rows.some(
    ({ candidate: { evaluation } }) =>
      evaluation !== null && Object.values(evaluation.states).some(({ casci, vqe }) => casci || vqe),
  );

/** Whether a level of it is a density functional. */
const hasFunctional = (settings: CampaignSettings): boolean =>
  rungOrders(settings).some(({ rung }) => functionalsOf(levelOf(settings, rung)).length > 0);

interface Shown extends Computed {
  readonly hasFronts: boolean;
}

const columnsFor = (property: PropertyDeclaration, { hasFronts, ...computed }: Shown): Column[] => [
  ...identity,
  ...(hasFronts ? [frontColumn] : []),
  ...energyColumns(property, computed),
  ...whyNot,
  ...descriptors,
  ...origin,
  ...geometry,
  ...methodColumns(property, computed),
  ...VERDICT_COLUMNS,
  { name: "program", value: ({ program }) => program },
];

/** Columns of a composite's states by VQE, of which most have none: those that are empty in all rows. */
function isEmptyVqe({ name, value }: Column, rows: readonly ExportRow[]): boolean {
  return name.startsWith("vqe_part") && rows.every((row) => value(row) === null);
}

/** All columns of a campaign's candidates, in the order in which they are exported; those of a person's own after them. */
export function columnsOf(rows: readonly ExportRow[]): Column[] {
  const [first] = rows;
  if (!first) return columnsFor(DEFAULT_PROPERTY, { hasFronts: false, hasSpace: true, hasFunctional: false });
  const { settings } = first.campaign;
  const ofRungs = settings.rungs.length > 0 ? climb : [];
  const ofShapes = movesShapes(settings) || rows.some(isRecovered) ? [evaluatedGeometry] : [];
  const columns = [
    ...columnsFor(declarationOf(settings.evaluation), {
      hasFronts: first.front !== undefined,
      hasSpace: hasActiveSpace(rows, settings),
      hasFunctional: hasFunctional(settings),
    }),
    ...ofRungs,
    ...ofShapes,
    ...(rows.some(({ candidate: { evaluation } }) => evaluation?.alternatives) ? [alternativesColumn] : []),
  ].filter((column) => !isEmptyVqe(column, rows));
  return [...columns, ...givenColumns(first.campaign, new Set(columns.map(({ name }) => name)))];
}
