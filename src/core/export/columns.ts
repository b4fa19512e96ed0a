/** What a wet-lab team and an auditor want to know of a candidate, one column each, the unit in the name. */
import type { Campaign } from "#shared/campaign.ts";
import type { CandidateDetail } from "#shared/candidate.ts";
import { ELECTRON_VOLT_PER_HARTREE, KCAL_PER_MOL_PER_HARTREE } from "#shared/units.ts";

/** One candidate and where it comes from. */
export interface ExportRow {
  candidate: CandidateDetail;
  campaign: Campaign;
  /** Name and version of this program. */
  program: string;
}

export type Cell = string | number | null;

export interface Column {
  name: string;
  value: (row: ExportRow) => Cell;
}

const MILLI = 1000;

/** Keeps a number a number but drops digits that mean nothing. */
function rounded(value: number | null | undefined, decimals: number): number | null {
  if (value === null || value === undefined) return null;
  const short = Number(value.toFixed(decimals));
  return short === 0 ? 0 : short;
}

const scaled = (value: number | null | undefined, factor: number, decimals: number): number | null =>
  value === null || value === undefined ? null : rounded(value * factor, decimals);

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
  {
    name: "exact_mass_dalton",
    value: ({ candidate }) => rounded(candidate.descriptors?.exactMass_dalton, 5),
  },
  { name: "state", value: ({ candidate }) => candidate.state },
];

const energies: Column[] = [
  {
    name: "vertical_ie_vqe_ev",
    value: ({ candidate }) => scaled(candidate.evaluation?.vertical_hartree, ELECTRON_VOLT_PER_HARTREE, 6),
  },
  {
    name: "vertical_ie_vqe_hartree",
    value: ({ candidate }) => rounded(candidate.evaluation?.vertical_hartree, 10),
  },
  {
    name: "vertical_ie_casci_ev",
    value: ({ candidate }) =>
      scaled(candidate.evaluation?.verticalCasci_hartree, ELECTRON_VOLT_PER_HARTREE, 6),
  },
  {
    name: "vertical_ie_casci_hartree",
    value: ({ candidate }) => rounded(candidate.evaluation?.verticalCasci_hartree, 10),
  },
  {
    name: "vqe_minus_casci_millihartree",
    value: ({ candidate }) => scaled(candidate.vqeMinusCasci_hartree, MILLI, 6),
  },
  {
    name: "vqe_minus_casci_kcal_per_mol",
    value: ({ candidate }) => scaled(candidate.vqeMinusCasci_hartree, KCAL_PER_MOL_PER_HARTREE, 6),
  },
  {
    name: "koopmans_ie_ev",
    value: ({ candidate }) => scaled(candidate.evaluation?.koopmans_hartree, ELECTRON_VOLT_PER_HARTREE, 6),
  },
];

const convergence: Column[] = [
  { name: "evaluation", value: ({ candidate }) => candidate.evaluation?.outcome ?? null },
  { name: "scf", value: ({ candidate }) => candidate.evaluation?.neutral.hartreeFock.outcome ?? null },
  { name: "vqe_neutral", value: ({ candidate }) => candidate.evaluation?.neutral.vqe?.outcome ?? null },
  { name: "vqe_cation", value: ({ candidate }) => candidate.evaluation?.cation?.vqe.outcome ?? null },
  {
    name: "vqe_neutral_gradient_norm",
    value: ({ candidate }) => candidate.evaluation?.neutral.vqe?.gradientNorm ?? null,
  },
  {
    name: "vqe_cation_gradient_norm",
    value: ({ candidate }) => candidate.evaluation?.cation?.vqe.gradientNorm ?? null,
  },
  { name: "rejected_by", value: ({ candidate }) => candidate.rejection?.rule ?? null },
  { name: "rejection_detail", value: ({ candidate }) => candidate.rejection?.detail ?? null },
  { name: "failed_stage", value: ({ candidate }) => candidate.failure?.stage ?? null },
  { name: "failure_reason", value: ({ candidate }) => candidate.failure?.reason ?? null },
];

const descriptors: Column[] = [
  {
    name: "molecular_weight_dalton",
    value: ({ candidate }) => rounded(candidate.descriptors?.molecularWeight_dalton, 3),
  },
  { name: "heavy_atoms", value: ({ candidate }) => candidate.descriptors?.heavyAtoms ?? null },
  { name: "rotatable_bonds", value: ({ candidate }) => candidate.descriptors?.rotatableBonds ?? null },
  { name: "rings", value: ({ candidate }) => candidate.descriptors?.ringCount ?? null },
  { name: "h_bond_donors", value: ({ candidate }) => candidate.descriptors?.hydrogenBondDonors ?? null },
  {
    name: "h_bond_acceptors",
    value: ({ candidate }) => candidate.descriptors?.hydrogenBondAcceptors ?? null,
  },
  { name: "logp", value: ({ candidate }) => rounded(candidate.descriptors?.logP, 4) },
  { name: "tpsa_angstrom2", value: ({ candidate }) => rounded(candidate.descriptors?.tpsa_angstrom2, 2) },
  { name: "qed", value: ({ candidate }) => rounded(candidate.descriptors?.qed, 4) },
  { name: "sa_score", value: ({ candidate }) => rounded(candidate.descriptors?.saScore, 4) },
];

const origin: Column[] = [
  { name: "proposed_smiles", value: ({ candidate }) => candidate.proposal.smiles },
  { name: "nll_nat", value: ({ candidate }) => rounded(candidate.proposal.nll, 6) },
  { name: "model", value: ({ campaign }) => campaign.settings.generation.model },
  { name: "model_sha256", value: ({ campaign }) => campaign.modelHash },
  { name: "seed", value: ({ campaign }) => campaign.settings.generation.seed },
  { name: "temperature", value: ({ campaign }) => campaign.settings.generation.temperature },
  { name: "campaign", value: ({ campaign }) => campaign.settings.name },
  { name: "campaign_id", value: ({ campaign }) => campaign.id },
];

const method: Column[] = [
  { name: "geometry_method", value: ({ candidate }) => candidate.conformer?.method ?? null },
  { name: "geometry_seed", value: ({ candidate }) => candidate.conformer?.seed ?? null },
  {
    name: "force_field_energy_kcal_per_mol",
    value: ({ candidate }) => rounded(candidate.conformer?.forceFieldEnergy_kcal_per_mol, 4),
  },
  { name: "basis", value: ({ candidate }) => candidate.evaluation?.neutral.basis ?? null },
  { name: "active_space", value: ({ candidate }) => activeSpace(candidate) },
  {
    name: "ansatz",
    value: ({ candidate, campaign }) => (candidate.evaluation ? campaign.settings.evaluation.ansatz : null),
  },
  { name: "backend", value: ({ candidate }) => candidate.evaluation?.neutral.backend ?? null },
  { name: "quantum_core_build", value: ({ candidate }) => candidate.evaluation?.neutral.build ?? null },
];

const review: Column[] = [
  { name: "verdict", value: ({ candidate }) => candidate.review?.verdict ?? null },
  { name: "verdict_reason", value: ({ candidate }) => candidate.review?.reason || null },
  { name: "reviewer", value: ({ candidate }) => candidate.review?.reviewer ?? null },
  { name: "reviewed_at", value: ({ candidate }) => candidate.review?.at ?? null },
  { name: "comment", value: ({ candidate }) => candidate.review?.comment || null },
  { name: "program", value: ({ program }) => program },
];

/** "4e,4o" as chosen for this molecule. */
function activeSpace({ evaluation }: CandidateDetail): string | null {
  const space = evaluation?.neutral.activeSpace;
  return space ? `${space.nelec}e,${space.norb}o` : null;
}

/** All columns, in the order in which they are exported. */
export const COLUMNS: readonly Column[] = [
  ...identity,
  ...energies,
  ...convergence,
  ...descriptors,
  ...origin,
  ...method,
  ...review,
];
