/** Binding to an ion or a small molecule: what its properties share. */
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

/** What differs from one that is bound to the next. */
interface Bound<Id extends string, Stem extends string>
  extends Pick<PropertyDeclaration, "title" | "name" | "symbol" | "objective" | "basis" | "states" | "cost"> {
  readonly id: Id;
  /** Of its keys in records, which never change: "lithiumAffinity". */
  readonly stem: Stem;
  /** Of its columns in exported tables: "lithium_affinity". */
  readonly column: string;
  /** "Li⁺". */
  readonly formula: string;
  /** "all lone pairs, between them and over π bonds" */
  readonly starts: string;
  readonly expectedError: PropertyDeclaration["expectedError"];
  readonly warning?: PropertyDeclaration["warning"];
}

export const ION_PLACES = "all lone pairs, between them and over π bonds";
export const PROBE_PLACES = "all lone pairs, polar hydrogens and π electrons";
/** Of an ion. */
export const ION_COST =
  "Relaxations of the molecule and of every place for the ion, and some six MP2 energies: from a minute for three heavy atoms to half an hour for eight.";
/** Of a molecule. */
export const PROBE_COST =
  "Relaxations of the molecule, the probe and every place for it, and some eight MP2 energies: from half a minute for one heavy atom to half an hour for eight.";

/** The declaration of a property that says how strongly a molecule holds something. */
export function bindingProperty<const Id extends string, const Stem extends string>({
  stem,
  column,
  formula,
  starts,
  warning,
  ...own
}: Bound<Id, Stem>) {
  const value = {
    treatment: "MP2 at Hartree–Fock/6-31G* geometries, counterpoise",
    remark: "with counterpoise correction",
  };
  return {
    plural: own.title.replace(/y$/, "ies"),
    abbreviation: `${formula} affinity`,
    field: `${stem}_hartree` as const,
    unit: "kcal/mol",
    digits: 1,
    better: "maximise",
    settings: {},
    values: [
      {
        key: `${stem}_hartree`,
        method: "mp2",
        title: `${formula}(MP2)`,
        document: `${stem}Mp2`,
        column: `${column}_mp2`,
        ...value,
      },
      {
        key: `${stem}HartreeFock_hartree`,
        method: "hartree-fock",
        title: `${formula}(HF)`,
        document: `${stem}HartreeFock`,
        column: `${column}_hf`,
        ...value,
        treatment: "Hartree–Fock at the same geometries",
      },
    ],
    estimate: {
      value: `${stem}HartreeFock_hartree`,
      name: "that of Hartree–Fock energies",
      document: "hartreeFockRankCorrelation",
    },
    warning: warning ?? leftOutWarning(own.states),
    definition: `of the molecule and ${formula} apart less that of the complex, electronic, positive where it is bound`,
    lead: `every place for ${formula} relaxed by Hartree–Fock, the lowest complex by MP2, with counterpoise correction.`,
    method: () =>
      `electronic energy of the molecule and ${formula} less that of their complex, MP2 at Hartree–Fock/6-31G* geometries with counterpoise correction, the lowest complex among starts at ${starts}`,
    ...own,
  } as const satisfies PropertyDeclaration;
}
