/**
 * What the program must know of a property to offer, compute, show, rank and export it. A property is one declaration of this
 * type and one protocol (core/quantum/properties); everything else is a map over the registry.
 */
import type { z } from "zod";
import type { Diagnostic } from "../quantum/diagnostic.ts";
import type { Mp2Result, Optimisation } from "../quantum/energy-result.ts";
import type { HartreeFockResult } from "../quantum/field-result.ts";
import { isFunctional } from "../quantum/functionals.ts";
import type { CasciResult } from "../quantum/state-result.ts";
import {
  fromElectronVolt,
  fromKcalPerMol,
  fromKjPerMol,
  toElectronVolt,
  toKcalPerMol,
  toKjPerMol,
} from "../units.ts";

/** Units in which values are shown; names of columns and members end in `suffix`. Values are kept in the unit named `stored`. */
export const UNITS = {
  eV: {
    stored: "hartree",
    quantity: "energy",
    quantities: "energies",
    fromStored: toElectronVolt,
    toStored: fromElectronVolt,
    suffix: "eV",
  },
  "kJ/mol": {
    stored: "hartree",
    quantity: "energy",
    quantities: "energies",
    fromStored: toKjPerMol,
    toStored: fromKjPerMol,
    suffix: "kJ_per_mol",
  },
  "kcal/mol": {
    stored: "hartree",
    quantity: "energy",
    quantities: "energies",
    fromStored: toKcalPerMol,
    toStored: fromKcalPerMol,
    suffix: "kcal_per_mol",
  },
  V: {
    stored: "volt",
    quantity: "potential",
    quantities: "potentials",
    fromStored: (value: number) => value,
    toStored: (value: number) => value,
    suffix: "volt",
  },
  dimensionless: {
    stored: "dimensionless",
    quantity: "number",
    quantities: "numbers",
    fromStored: (value: number) => value,
    toStored: (value: number) => value,
    suffix: "dimensionless",
  },
} as const;
export type ShownUnit = keyof typeof UNITS;
/** Those of energies. */
export const ENERGY_UNITS = ["eV", "kJ/mol", "kcal/mol"] as const satisfies readonly ShownUnit[];
export type EnergyUnit = (typeof ENERGY_UNITS)[number];
export type StoredUnit = (typeof UNITS)[ShownUnit]["stored"];

/** A state of the molecule that the property is made of; its protocol says how it is computed, and whether it is needed. */
export interface PropertyState {
  /** As results and records name it: part of the record's hash, so never changed. */
  readonly name: string;
  /** As many as the protocol asks for, numbered from 1: "protomer-1". */
  readonly isNumbered?: true;
  /** Relaxed by the property to a minimum at which its numbers are: exports have its geometry. */
  readonly isMinimum?: true;
  /** Over a column: "Cation". */
  readonly title: string;
  /** Of its energy: "E⁺". */
  readonly symbol: string;
}

/** Methods that numbers come from, as people write them, from the cheapest to the dearest. */
export const METHOD_TITLES = {
  "hartree-fock": "Hartree–Fock",
  functional: "density functional",
  mp2: "MP2",
  casci: "CASCI",
  vqe: "VQE",
  nevpt2: "NEVPT2",
  routed: "MP2, or NEVPT2 where one determinant fails",
  desirability: "desirability",
  descriptor: "descriptor",
} as const;

/** How a number is shown. */
export interface ShownAs {
  /** As people write it; empty where there is none. */
  readonly unit: string;
  /** Ends of names in documents and columns: as it is shown, as it is kept. */
  readonly suffix: string;
  readonly stored: string;
  readonly digits: number;
  fromStored(value: number): number;
}

/** A number of the property by one method. */
export interface PropertyValue {
  /** As results and records name it, the stored unit last: part of the record's hash, so never changed. */
  readonly key: string;
  /** The method whose states it is made of. */
  readonly method: keyof typeof METHOD_TITLES;
  /** Over a column, without the unit: "IE(VQE)". */
  readonly title: string;
  /** In JSON documents, without the unit: "verticalIonisation". */
  readonly document: string;
  /** In exported tables, without the unit: "vertical_ie_vqe". */
  readonly column: string;
  /** How the states were treated, after the level in a table's heading: "neutral and cation in the neutral's orbitals". */
  readonly treatment: string;
  /** Beside the number, where it is not the difference of the energies in its row. */
  readonly remark?: string;
  /** How it is made, where the name of the method does not say it. */
  readonly note?: string;
  /**
   * Standard deviation of its errors against a set, by basis set as it was published: what is left of them when their mean is taken away,
   * which no ranking feels. From the half of the set for choosing, where that has ten molecules, and checked on the other (docs/science.md,
   * Error bars). In the unit that is shown; of other basis sets it is not known. By CASCI and VQE: in (4e,4o). At geometries as they are
   * made of SMILES, or taken to be the same there as at given ones (docs/science.md says which).
   */
  readonly deviations?: Readonly<Record<string, number>>;
  /** The same at geometries that are given: measured at the set's own, by theory or experiment. Of a property that relaxes there is no difference. */
  readonly givenDeviations?: Readonly<Record<string, number>>;
  /** Whether the property relaxes what it computes, so that its errors are those of relaxed geometries, wherever a molecule started. */
  readonly relaxes?: true;
  /** Of a number that is shown otherwise than those of the property are: of a part. */
  readonly shown?: ShownAs;
}

/** A number that costs nothing more, to compare the computed order with. */
export interface PropertyEstimate {
  /** Key of its value: it may be missing from a converged result. */
  readonly value: string;
  /** In a sentence: "Koopmans' estimate". */
  readonly name: string;
  /** Of the rank correlation in JSON documents: "koopmansRankCorrelation". */
  readonly document: string;
}

/** Numbers of one result by the key of their value, in the stored unit; null where a calculation did not converge. */
export type PropertyNumbers = Readonly<Record<string, number | null>>;

/** What of a state tells how far to trust its numbers. */
export interface DiagnosedState {
  readonly multiplicity?: number;
  readonly casci: CasciResult | null;
  readonly hartreeFock?: HartreeFockResult;
  readonly mp2?: Mp2Result | null;
  readonly optimisation?: Optimisation | null;
  readonly diagnostic?: Diagnostic;
}

export interface PropertyDeclaration {
  /** In settings and records: part of every result's key, so never changed. */
  readonly id: string;
  /** "Vertical ionisation energy". */
  readonly title: string;
  /** "Vertical ionisation energies". */
  readonly plural: string;
  /** In a sentence, as short as can be: "ionisation energy". */
  readonly name: string;
  /** "IE". */
  readonly symbol: string;
  /** Over a column where one property stands beside others: "vertical IE". */
  readonly abbreviation: string;
  /** One word for `--steer`: "ionisation". */
  readonly objective: string;
  /** In JSON documents and searches, what candidates are ranked by, the stored unit last: "verticalIonisation_hartree". */
  readonly field: string;
  readonly unit: ShownUnit;
  /** Decimals in lists; tables of one molecule show one more, reports two. */
  readonly digits: number;
  readonly better: "maximise" | "minimise";
  /**
   * What it asks for besides the level of theory (basis, active space, VQE), which all properties share: numbers, choices and
   * switches, each with a default for new campaigns and, after it, `meta({ title, description })`. None is taken away or narrowed.
   *
   * A choice called `method` names the method of the number that candidates are ranked by, or the functional (functional-level.ts).
   */
  readonly settings: Readonly<Record<string, z.ZodDefault<z.ZodNumber | z.ZodEnum | z.ZodBoolean>>>;
  /** What campaigns and records mean that lack a setting, for they are of before it: of each that was added later. */
  readonly before?: Readonly<Record<string, number | string | boolean>>;
  /** The basis set of new campaigns that name none. */
  readonly basis: string;
  /** The first is the molecule as it was proposed, in orbitals of its own; states that share orbitals follow the state that they are of. */
  readonly states: readonly [PropertyState, ...PropertyState[]];
  /** The first is what candidates are ranked by, unless the settings name the method of another. */
  readonly values: readonly [PropertyValue, ...PropertyValue[]];
  readonly estimate?: PropertyEstimate;
  /** What to say of numbers that may be wrong, for people. */
  readonly warning?: {
    /** In JSON documents: the same in all properties that warn of the same. */
    readonly document: string;
    /** In exported tables. */
    readonly column: string;
    /** null where there is nothing to say. @param alternatives what the number was chosen from; absent where there was no choice */
    of(
      numbers: PropertyNumbers,
      states: Readonly<Record<string, DiagnosedState>>,
      alternatives?: readonly { readonly name: string; readonly isLeftOut?: true }[],
    ): string | null;
  };
  /** Completes "Vertical ionisation energy: [energy]": "of the cation less that of the neutral". */
  readonly definition: string;
  /** Completes "The vertical ionisation energy: ", over the settings of a campaign. */
  readonly lead: string;
  /** The definition in full for a report. @param activeSpace as people write it @param method of the number that is ranked by */
  method(
    activeSpace: string,
    method: PropertyValue["method"],
    settings?: Readonly<Record<string, unknown>>,
  ): string;
  /** How far values may be from measured ones. */
  readonly expectedError: {
    /** Completes "The errors of basis, active space, … are larger, commonly ". */
    readonly sentence: string;
    /** Mean absolute error over the set, in the unit that is shown; null where nothing was compared. */
    readonly mean: number | null;
    /** The molecules and values that it was compared with; null where there were none. */
    readonly testSet: string | null;
  };
  /** Whether atom maps of a SMILES say which bond it is of: a map that marks none is refused. */
  readonly takesMarks?: true;
  /** Whether a person says what it is (definition.ts): without a definition this is no more than what all such properties share. */
  readonly isDefined?: true;
  /** Other ids that people may write. */
  readonly aliases?: readonly string[];
  /** What a molecule costs, as a sentence. */
  readonly cost: string;
}

/** How one of its numbers is shown. */
export function shownAs(
  { unit, digits }: Pick<PropertyDeclaration, "unit" | "digits">,
  value?: Pick<PropertyValue, "shown">,
): ShownAs {
  if (value?.shown) return value.shown;
  const { suffix, stored, fromStored } = UNITS[unit];
  return { unit: unit === "dimensionless" ? "" : unit, suffix, stored, digits, fromStored };
}

/** Over a column: "IE / eV". @param unit empty where there is none */
export const headWithUnit = (title: string, unit: string, between = "/"): string =>
  unit === "" || unit === "dimensionless" ? title : `${title}${between}${unit}`;

/** What `field` says without the unit: "verticalIonisation". */
export const documentName = ({ field, unit }: Pick<PropertyDeclaration, "field" | "unit">): string =>
  field.slice(0, -`_${UNITS[unit].stored}`.length);

/** The number that candidates are ranked by: of every functional the same. @param settings of the property, absent where it has none */
export function rankedValue(
  { values }: Pick<PropertyDeclaration, "values">,
  { method: asked }: Readonly<Record<string, unknown>> = {},
): PropertyValue {
  const wanted = typeof asked === "string" && isFunctional(asked) ? "functional" : asked;
  return values.find(({ method }) => method === wanted) ?? values[0];
}

/** Of one of its numbers, by its key: "IE(VQE)". */
export const titleOfValue = ({ values }: Pick<PropertyDeclaration, "values">, key: string): string =>
  values.find((value) => value.key === key)?.title ?? key;

/** Whether a property has a state of that name. */
export const isStateOf = ({ states }: Pick<PropertyDeclaration, "states">, name: string): boolean =>
  states.some((state) => (state.isNumbered ? stateNumber(state, name) !== null : state.name === name));

/** The number in a name such as "protomer-1" of a numbered state; null for another name. */
export function stateNumber({ name: prefix }: PropertyState, name: string): number | null {
  const digits = name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : "";
  return /^[1-9]\d*$/.test(digits) ? Number(digits) : null;
}

/** A title within a sentence: "vertical ionisation energy", "QED". */
export const inSentence = (title: string): string =>
  title.replace(/^[A-Z](?![A-Z])/, (initial) => initial.toLowerCase());
