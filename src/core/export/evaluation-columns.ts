/** What was computed of a candidate, and how. Empty where an earlier version did not keep it. */
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import { koopmansWarning } from "#shared/quantum/koopmans.ts";
import type { VqeResult } from "#shared/quantum/state-result.ts";
import { ELECTRON_VOLT_PER_HARTREE, KCAL_PER_MOL_PER_HARTREE } from "#shared/units.ts";
import { type Cell, type Column, type ExportRow, rounded, scaled } from "./cells.ts";

const MILLI = 1000;

/** One column of the neutral's VQE and one of the cation's. */
const ofBoth = (name: string, value: (vqe: VqeResult) => Cell): Column[] => [
  {
    name: `vqe_neutral_${name}`,
    value: ({ candidate: { evaluation } }) =>
      evaluation?.neutral.vqe ? value(evaluation.neutral.vqe) : null,
  },
  {
    name: `vqe_cation_${name}`,
    value: ({ candidate: { evaluation } }) => (evaluation?.cation ? value(evaluation.cation.vqe) : null),
  },
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
    name: "mp2_neutral_hartree",
    value: ({ candidate }) => rounded(candidate.evaluation?.neutral.mp2?.energy_hartree, 10),
  },
  {
    name: "koopmans_ie_ev",
    value: ({ candidate }) => scaled(candidate.evaluation?.koopmans_hartree, ELECTRON_VOLT_PER_HARTREE, 6),
  },
  {
    name: "koopmans_warning",
    value: ({ candidate: { evaluation } }) =>
      koopmansWarning(evaluation?.vertical_hartree, evaluation?.koopmans_hartree),
  },
];

const convergence: Column[] = [
  { name: "evaluation", value: ({ candidate }) => candidate.evaluation?.outcome ?? null },
  { name: "scf", value: ({ candidate }) => candidate.evaluation?.neutral.hartreeFock.outcome ?? null },
  { name: "vqe_neutral", value: ({ candidate }) => candidate.evaluation?.neutral.vqe?.outcome ?? null },
  { name: "vqe_cation", value: ({ candidate }) => candidate.evaluation?.cation?.vqe.outcome ?? null },
  ...ofBoth("gradient_norm", ({ gradientNorm }) => gradientNorm),
];

const method: Column[] = [
  { name: "basis", value: ({ candidate }) => candidate.evaluation?.neutral.basis ?? null },
  {
    name: "dropped_functions",
    value: ({ candidate }) => candidate.evaluation?.neutral.hartreeFock.droppedFunctions ?? null,
  },
  { name: "active_space", value: activeSpace },
  { name: "active_space_rule", value: activeSpaceRule },
  {
    name: "largest_discarded_occupation",
    value: ({ candidate }) =>
      rounded(candidate.evaluation?.neutral.activeSpace?.largestDiscardedOccupation, 6),
  },
  {
    name: "ansatz",
    value: ({ candidate, campaign }) => (candidate.evaluation ? campaign.settings.evaluation.ansatz : null),
  },
  { name: "backend", value: ({ candidate }) => candidate.evaluation?.neutral.backend ?? null },
  ...ofBoth("shots", ({ shots }) => shots),
  ...ofBoth("stated_error_hartree", ({ statedError_hartree: error }) => rounded(error, 10)),
  ...ofBoth("seed", ({ seed }) => seed),
  { name: "quantum_core_build", value: ({ candidate }) => candidate.evaluation?.neutral.build ?? null },
];

/** "4e,4o" as chosen for this molecule. */
function activeSpace({ candidate: { evaluation } }: ExportRow): Cell {
  const space = evaluation?.neutral.activeSpace;
  return space ? `${space.nelec}e,${space.norb}o` : null;
}

/** The rule that chose it, as people write it. */
function activeSpaceRule({ candidate: { evaluation } }: ExportRow): Cell {
  const rule = evaluation?.neutral.activeSpace?.rule;
  return rule ? `${rule.rule} ${activeSpaceTitle(rule)}` : null;
}

/** Energies, and how each calculation ended. */
export const ENERGY_COLUMNS: readonly Column[] = [...energies, ...convergence];

export const METHOD_COLUMNS: readonly Column[] = method;
