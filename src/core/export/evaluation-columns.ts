/** What was computed of a candidate, and how. Empty where an earlier version did not keep it. */
import { basisOfNumber, levelOf } from "#shared/campaign/rungs.ts";
import { type Evaluation, moleculeResult, stateOf } from "#shared/properties/evaluation.ts";
import { isSameProperty } from "#shared/properties/find.ts";
import { functionalWords } from "#shared/properties/functional-level.ts";
import { functionalsOf } from "#shared/properties/method-title.ts";
import {
  type PropertyDeclaration,
  type PropertyState,
  type PropertyValue,
  shownAs,
} from "#shared/properties/property.ts";
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { VqeResult } from "#shared/quantum/state-result.ts";
import { KCAL_PER_MOL_PER_HARTREE } from "#shared/units.ts";
import { type Cell, type Column, rounded, scaled } from "./cells.ts";

const MILLI = 1000;

/** Whether anything is computed in an active space, by CASCI and VQE, and by a density functional. */
export interface Computed {
  readonly hasSpace: boolean;
  readonly hasFunctional: boolean;
}

/** A column of a candidate that was evaluated. */
const evaluated = (name: string, value: (evaluation: Evaluation) => Cell): Column => ({
  name,
  value: ({ candidate: { evaluation } }) => evaluation && value(evaluation),
});

/** A column of the campaign's own property: empty where a cheaper rung's number is of another one. */
const ofProperty = (name: string, value: (evaluation: Evaluation) => Cell): Column => ({
  name,
  value: ({ candidate: { evaluation }, campaign: { settings } }) =>
    evaluation && isSameProperty(evaluation, settings.evaluation) ? value(evaluation) : null,
});

/** A column of the molecule as it was proposed. */
const ofMolecule = (name: string, value: (molecule: EnergyResult) => Cell): Column =>
  evaluated(name, (evaluation) => value(moleculeResult(evaluation)));

/** A column of each state's VQE. */
const ofEach = (states: readonly PropertyState[], name: string, value: (vqe: VqeResult) => Cell): Column[] =>
  states.map((state) =>
    ofProperty(`vqe_${state.name}${name}`, (evaluation) => {
      const { vqe } = stateOf(evaluation, state.name);
      return vqe && value(vqe);
    }),
  );

/** A number of the property as it is shown and, unless it is an estimate, as it is kept. */
function valueColumns(property: PropertyDeclaration, value: PropertyValue): Column[] {
  const { key, column } = value;
  const { stored, fromStored, suffix } = shownAs(property, value);
  const shown = ofProperty(`${column}_${suffix.toLowerCase()}`, ({ values }) => {
    const number = values[key] ?? null;
    return number === null ? null : rounded(fromStored(number), 6);
  });
  // A number that is kept as it is shown has one column.
  if (key === property.estimate?.value || stored === suffix || stored === "value") return [shown];
  return [shown, ofProperty(`${column}_${stored}`, ({ values }) => rounded(values[key], 10))];
}

const differences: Column[] = [
  {
    name: "vqe_minus_casci_millihartree",
    value: ({ candidate }) => scaled(candidate.vqeMinusCasci_hartree, MILLI, 6),
  },
  {
    name: "vqe_minus_casci_kcal_per_mol",
    value: ({ candidate }) => scaled(candidate.vqeMinusCasci_hartree, KCAL_PER_MOL_PER_HARTREE, 6),
  },
];

function energies(property: PropertyDeclaration, { hasSpace, hasFunctional }: Computed): Column[] {
  const { states, values, estimate, warning } = property;
  const isEstimate = ({ key }: PropertyValue) => key === estimate?.value;
  const columnsOf = (some: readonly PropertyValue[]) =>
    some
      .filter(({ method }) => method !== "functional" || hasFunctional)
      .flatMap((value) => valueColumns(property, value));
  return [
    ...columnsOf(values.filter((value) => !isEstimate(value))),
    ...(hasSpace ? differences : []),
    ofMolecule(`mp2_${states[0].name}_hartree`, ({ mp2 }) => rounded(mp2?.energy_hartree, 10)),
    ...columnsOf(values.filter(isEstimate)),
    ...(warning
      ? [
          ofProperty(warning.column, ({ values: numbers, states, alternatives }) =>
            warning.of(numbers, states, alternatives),
          ),
        ]
      : []),
  ];
}

const convergence = ({ states }: PropertyDeclaration, hasSpace: boolean): Column[] => [
  evaluated("evaluation", ({ outcome }) => outcome),
  ofMolecule("scf", ({ hartreeFock }) => hartreeFock.outcome),
  ...(hasSpace
    ? [
        ...ofEach(states, "", ({ outcome }) => outcome),
        ...ofEach(states, "_gradient_norm", ({ gradientNorm }) => gradientNorm),
      ]
    : []),
];

/** Energies, and how each calculation ended. */
export const energyColumns = (property: PropertyDeclaration, computed: Computed): Column[] => [
  ...energies(property, computed),
  ...convergence(property, computed.hasSpace),
];

/** "B3LYP-D3(BJ) (RKS …) in acetonitrile (C-PCM, …)"; of a composite those of its parts, each once. */
const functionalColumn: Column = {
  name: "functional",
  value({ candidate, campaign: { settings } }) {
    const levels = functionalsOf(levelOf(settings, candidate.rung ?? 0));
    if (!candidate.evaluation || levels.length === 0) return null;
    return [...new Set(levels.map(functionalWords))].join("; ");
  },
};

const spaceColumns = ({ states }: PropertyDeclaration): Column[] => [
  ofMolecule("active_space", activeSpace),
  ofMolecule("active_space_rule", activeSpaceRule),
  ofMolecule("largest_discarded_occupation", ({ activeSpace: space }) =>
    rounded(space?.largestDiscardedOccupation, 6),
  ),
  {
    name: "ansatz",
    value: ({ candidate, campaign }) =>
      candidate.evaluation ? levelOf(campaign.settings, candidate.rung ?? 0).ansatz : null,
  },
  ofMolecule("backend", ({ backend }) => backend),
  ...ofEach(states, "_shots", ({ shots }) => shots),
  ...ofEach(states, "_stated_error_hartree", ({ statedError_hartree: error }) => rounded(error, 10)),
  ...ofEach(states, "_seed", ({ seed }) => seed),
];

export const methodColumns = (
  property: PropertyDeclaration,
  { hasSpace, hasFunctional }: Computed,
): Column[] => [
  { name: "basis", value: ({ candidate, campaign }) => basisOfNumber(campaign.settings, candidate) },
  ...(hasFunctional ? [functionalColumn] : []),
  ofMolecule("dropped_functions", ({ hartreeFock }) => hartreeFock.droppedFunctions),
  ...(hasSpace ? spaceColumns(property) : []),
  ofMolecule("route", ({ diagnostic }) => diagnostic?.route ?? null),
  ofMolecule("route_reason", ({ diagnostic }) => diagnostic?.reason ?? null),
  ofMolecule("quantum_core_build", ({ build }) => build),
];

/** "4e,4o" as chosen for this molecule. */
const activeSpace = ({ activeSpace: space }: EnergyResult): Cell =>
  space ? `${space.nelec}e,${space.norb}o` : null;

/** The rule that chose it, as people write it. */
function activeSpaceRule({ activeSpace: space }: EnergyResult): Cell {
  const rule = space?.rule;
  return rule ? `${rule.rule} ${activeSpaceTitle(rule)}` : null;
}
