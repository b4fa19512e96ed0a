/** A person's own property: what its definition says, as a declaration. */

import { isFunctional } from "../quantum/functionals.ts";
import { continuumOf, solventTitle } from "../quantum/solvents.ts";
import { type FormulaDefinition, relaxationOf, statesInOrder } from "./formula-definition.ts";
import { functionalValue, functionalWords, levelOfFunctional } from "./functional-level.ts";
import {
  inSentence,
  type PropertyDeclaration,
  type PropertyState,
  type PropertyValue,
  type StoredUnit,
} from "./property.ts";

/** What all such properties share. */
export const ownFormula = {
  id: "own-formula",
  title: "Own property, by a formula",
  plural: "Own properties",
  name: "own property",
  symbol: "P",
  abbreviation: "own property",
  objective: "own",
  field: "ownProperty_hartree",
  unit: "kJ/mol",
  digits: 1,
  better: "maximise",
  isDefined: true,
  settings: {},
  basis: "6-31g*",
  states: [{ name: "candidate", title: "Candidate", symbol: "E" }],
  values: [
    {
      key: "ownProperty_hartree",
      method: "mp2",
      title: "P(MP2)",
      treatment: "each state in orbitals of its own",
      document: "ownPropertyMp2",
      column: "own_property_mp2",
    },
    {
      key: "ownPropertyHartreeFock_hartree",
      method: "hartree-fock",
      title: "P(HF)",
      treatment: "each state in orbitals of its own",
      document: "ownPropertyHartreeFock",
      column: "own_property_hartree_fock",
    },
    functionalValue(
      {
        key: "ownPropertyFunctional_hartree",
        document: "ownProperty",
        column: "own_property",
        symbol: "P",
      },
      { treatment: "each state in orbitals of its own" },
    ),
  ],
  definition: "by the formula of its definition",
  lead: "states and a formula that a file names.",
  method: () => "a formula over the energies of states, which a definition names",
  expectedError: { sentence: "as those of the reaction that the formula states", mean: null, testSet: null },
  cost: "A Hartree–Fock field with MP2 for each state, and a relaxation for each that asks for one.",
} as const satisfies PropertyDeclaration;

const [MP2, HARTREE_FOCK, FUNCTIONAL] = ownFormula.values;

/** "hydride-affinity" as "hydrideAffinity". */
export const camelCase = (id: string): string =>
  id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a definition's property is called; its symbol is that of all such where it names none. */
export const calledBy = (
  { id, title, symbol }: { id: string; title: string; symbol?: string | undefined },
  { symbol: usual, stored }: { symbol: string; stored: StoredUnit },
) => ({
  title,
  plural: title,
  name: inSentence(title),
  symbol: symbol ?? usual,
  abbreviation: inSentence(title),
  field: `${camelCase(id)}_${stored}`,
});

function statesOf(definition: FormulaDefinition): [PropertyState, ...PropertyState[]] {
  const states = statesInOrder(definition).flatMap(([name, { geometry }]): PropertyState[] => {
    const energy = { name, title: name, symbol: `E(${name})` };
    if (geometry === "candidate") return [energy];
    return [{ name: relaxationOf(name), title: `${name}, relaxed`, symbol: `E(${name}, relaxed)` }, energy];
  });
  // A definition has a state of the candidate.
  return states as [PropertyState, ...PropertyState[]];
}

function valuesOf({ id, title, method }: FormulaDefinition): [PropertyValue, ...PropertyValue[]] {
  const named = (value: PropertyValue, suffix: string): PropertyValue => ({
    ...value,
    title: `${title}(${suffix})`,
    document: value.document.replace("ownProperty", camelCase(id)),
    column: value.column.replace("own_property", id.replaceAll("-", "_")),
  });
  if (isFunctional(method)) return [named(FUNCTIONAL, "DFT")];
  const field = named(HARTREE_FOCK, "HF");
  return method === "mp2" ? [named(MP2, "MP2"), field] : [field];
}

/** The declaration that a definition stands for. */
export function formulaProperty(definition: FormulaDefinition): PropertyDeclaration & { id: "own-formula" } {
  const { unit, better, basis, formula, method, states, solvent } = definition;
  const described = Object.entries(states).map(([name, state]) => `${name}: ${describedState(state)}`);
  const alone = method === "mp2" ? "MP2 (core not correlated) and Hartree–Fock" : "Hartree–Fock";
  const level = isFunctional(method)
    ? functionalWords(levelOfFunctional(method, solvent))
    : solvent
      ? `${alone} in ${solventTitle(continuumOf(solvent))}`
      : alone;
  return {
    ...ownFormula,
    ...calledBy(definition, { symbol: ownFormula.symbol, stored: "hartree" }),
    unit,
    digits: unit === "eV" ? 2 : 1,
    better,
    basis,
    states: statesOf(definition),
    values: valuesOf(definition),
    definition: `${formula}`,
    lead: `${formula} by ${level}.`,
    method: () => `${formula} by ${level}, each state in orbitals of its own; ${described.join("; ")}`,
  };
}

/** "the candidate, charge −1, relaxed by Hartree–Fock/6-31G*". */
function describedState({
  smiles,
  reaction,
  charge,
  multiplicity,
  geometry,
}: FormulaDefinition["states"][string]): string {
  return [
    reaction === undefined ? (smiles ?? "the candidate") : `what ${reaction} makes of the candidate`,
    ...(charge === 0 ? [] : [`charge ${charge > 0 ? "+" : "−"}${Math.abs(charge)}`]),
    ...(multiplicity === undefined ? [] : [`multiplicity ${multiplicity}`]),
    geometry === "relaxed" ? "relaxed by Hartree–Fock/6-31G*" : "in its geometry as it was made",
  ].join(", ");
}
