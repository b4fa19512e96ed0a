/** The report's page of methods: what was done with which settings, and what the numbers are not. */

import type {
  Campaign,
  CampaignSettings,
  ComponentChoice,
  FilterSettings,
} from "#shared/campaign/campaign.ts";
import { directionOf, rungTitle, topRung } from "#shared/campaign/rungs.ts";
import { sourceWords } from "#shared/campaign/sources/sources.ts";
import { DESCRIPTORS, type DescriptorBound, OPTIONAL_BOUNDS } from "#shared/molecule/descriptor-lists.ts";
import { declarationOf } from "#shared/properties/find.ts";
import {
  asksActiveSpace,
  asksVqe,
  functionalsOf,
  isSolvated,
  rankedBy,
} from "#shared/properties/method-title.ts";
import { inSentence } from "#shared/properties/property.ts";
import { activeSpaceTitle } from "#shared/quantum/active-space-text.ts";
import { basisTitle } from "#shared/quantum/basis-functions.ts";
import { ansatzTitle } from "#shared/quantum/vqe.ts";

interface MethodParagraph {
  title: string;
  text: string;
}

/** The rules that are off unless asked for. */
function optionalRules(filter: FilterSettings): string {
  const asked = [
    ...filter.rules.map((rule) => (rule === "lipinski" ? "Lipinski's rule of five" : "Veber's rule")),
    ...OPTIONAL_BOUNDS.map((bound) => {
      const value = filter[bound.setting];
      return value === null ? false : boundInWords(bound, value);
    }),
  ].filter((text) => text !== false);
  return asked.length === 0 ? "" : ` Also asked for: ${asked.join(", ")}.`;
}

/** "logP at most 3", "TPSA at most 90 Å²", "at most 5 rotatable bonds". */
function boundInWords({ id, side }: DescriptorBound, value: number): string {
  const { title, unit, values } = DESCRIPTORS[id];
  const end = `${side === "min" ? "at least" : "at most"} ${value}${unit === undefined ? "" : ` ${unit}`}`;
  if (values === "real") return `${title} ${end}`;
  return `${end} ${title.replace(/^[A-Z](?=[a-z])/, (initial) => initial.toLowerCase())}`;
}

/** The cheaper levels below the campaign's own, and what becomes of numbers by them; none where there are no rungs. */
function rungParagraphs(settings: CampaignSettings): MethodParagraph[] {
  if (settings.rungs.length === 0) return [];
  const levels = settings.rungs.map(({ keep }, rung) => {
    const best = directionOf(settings, rung) === "maximise" ? "highest" : "lowest";
    return `${rungTitle(settings, rung)}, of which the ${keep} with the ${best} values went up`;
  });
  const top = rungTitle(settings, topRung(settings));
  return [
    {
      title: "Rungs",
      text: `All were computed first at ${levels.join("; then ")}; then ${top}, the level that Energy tells. Candidates of a dearer rung stand before those that stayed below, whose numbers are by the level beside them.`,
    },
  ];
}

/** What is said of the molecule's other conformers. */
function otherShapes(evaluation: CampaignSettings["evaluation"]): string {
  const { conformers = 1 } = evaluation;
  const isInGas = !isSolvated(evaluation);
  return conformers > 1
    ? `Numbers are averaged over up to ${conformers} shapes of each that MMFF94 could make, its lowest minima within 5 kcal/mol, by the shares that the molecule's energies give them at 298.15 K${isInGas ? "; solvent is not looked at" : ""}`
    : `Other conformers ${isInGas ? "and solvent " : ""}are not looked at`;
}

function chosenHow({ acquisition, evaluation }: CampaignSettings): string {
  const { strategy, batchSize } = acquisition;
  const most = `At most ${evaluation.maxEvaluations} molecules were evaluated`;
  if (strategy === "none") return `${most}, the first that passed the filter.`;
  return `${most}, ${batchSize} at a time, chosen by ${strategy} over a Gaussian process that learned from the notebook's evaluations by the same settings.`;
}

const COMPONENTS: Readonly<Record<Extract<ComponentChoice, string>, string>> = {
  "as-given": "none is chosen",
  "largest-organic": "the largest organic one",
  cation: "the largest cation",
  anion: "the largest anion",
};

function keptMolecules({ species, component, elements }: CampaignSettings["filter"]): string {
  if (species === undefined)
    return `Kept were single neutral closed-shell molecules of ${elements.join(", ")}`;
  const chosen =
    component === undefined || typeof component === "string"
      ? COMPONENTS[component ?? "as-given"]
      : component.smiles;
  return `Kept were molecules, ions and radicals of the elements up to xenon; of several components ${chosen}; those`;
}

/** What is done in the active space, after the energy's definition; empty where nothing is. */
function activeSpaceSteps(evaluation: CampaignSettings["evaluation"]): string {
  if (!asksActiveSpace(evaluation)) return "";
  const { ansatz, backend, maxIterations } = evaluation;
  return asksVqe(evaluation)
    ? ` VQE: ansatz ${ansatzTitle(ansatz)}, backend ${backend}, at most ${maxIterations} iterations. CASCI: exact diagonalisation in the same space.`
    : " CASCI: exact diagonalisation in the active space.";
}

const ERROR_OF_VQE =
  "VQE and CASCI answer the same small problem: their difference is the error of the quantum step alone, and where it is small the quantum step adds no accuracy. ";

/** What the errors are of, up to how large they commonly are. */
function errorsOf(evaluation: CampaignSettings["evaluation"]): string {
  if (!asksActiveSpace(evaluation))
    return `The errors of basis, ${functionalsOf(evaluation).length > 0 ? "functional" : "missing correlation"}, geometry and ${isSolvated(evaluation) ? "the model of the solvent" : "gas phase"} are commonly`;
  const sources = "basis, active space, missing correlation outside it, geometry and gas phase";
  return asksVqe(evaluation)
    ? `${ERROR_OF_VQE}The errors of ${sources} are larger, commonly`
    : `The errors of ${sources} are commonly`;
}

export function methodParagraphs({ settings, modelHash }: Campaign): MethodParagraph[] {
  const { generation, filter, embedding, evaluation, ranking } = settings;
  const { title, method, expectedError } = declarationOf(evaluation);
  return [
    {
      title: "Proposals",
      text: sourceWords(generation).method(generation, modelHash),
    },
    {
      title: "Filter",
      text: `${keptMolecules(filter)} with ${filter.minHeavyAtoms} to ${filter.maxHeavyAtoms} heavy atoms, rings of ${filter.minRingSize} to ${filter.maxRingSize} atoms, an SA score of at most ${filter.maxSaScore} (doi:10.1186/1758-2946-1-8) and no alert of: ${filter.alerts.join(", ") || "none asked for"}.${optionalRules(filter)} ${filter.species === "any" ? "Duplicates by canonical SMILES, charge, multiplicity and given geometry" : "Duplicates by InChIKey"} were dropped. Descriptors are RDKit's; QED after doi:10.1038/nchem.1243. An alert is a hint, not a finding, and its absence is no proof of safety.`,
    },
    {
      title: "Geometry",
      text: `One conformer a molecule, seed ${embedding.seed}: a start by OpenChemLib or, where that gives none, by distance geometry, then its MMFF94 minimum or, where MMFF94 has no parameters, its Hartree–Fock minimum; which of them stands beside each energy.${evaluation.relaxed ? " From there each was relaxed by Hartree–Fock/6-31G* before anything else was computed." : ""} ${otherShapes(evaluation)}; where a proposal left stereo unspecified the program chose one isomer: SMILES, InChIKey and energy are of that isomer, and the others are not looked at.`,
    },
    {
      title: "Energy",
      text: `${title}: ${method(activeSpaceTitle(evaluation.activeSpace), rankedBy(evaluation).method, evaluation.propertySettings)}, basis ${basisTitle(evaluation.basis, evaluation.functions)}.${activeSpaceSteps(evaluation)} ${chosenHow(settings)}`,
    },
    ...rungParagraphs(settings),
    {
      title: "How far to trust it",
      text: `${errorsOf(evaluation)} ${expectedError.sentence}, and alike for related molecules: trust the order within a series more than the value.`,
    },
    {
      title: "Ranking",
      text: `By ${inSentence(title)}, ${ranking.direction === "maximise" ? "highest" : "lowest"} first; equal values share a rank. Molecules without a converged energy are listed apart and have no rank.`,
    },
  ];
}
