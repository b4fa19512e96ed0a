/** A density functional as the level of a property's energies, with dispersion where that was fitted to it, in a solvent where one is named. */
import { z } from "zod";
import { type DispersionName, hasD3bj, withDispersion } from "../quantum/dispersion.ts";
import { FUNCTIONALS, type FunctionalName, isFunctional } from "../quantum/functionals.ts";
import {
  type Continuum,
  continuumOf,
  SOLVENTS,
  SolventName,
  type SolventRequest,
  solventTitle,
} from "../quantum/solvents.ts";
import type { PropertyDeclaration, PropertyValue } from "./property.ts";

export const FUNCTIONAL_NAMES = Object.keys(FUNCTIONALS) as [FunctionalName, ...FunctionalName[]];

const BY_FUNCTIONAL = `${FUNCTIONAL_NAMES.join(", ")}: differences of Kohn–Sham energies, each state in orbitals of its own, with D3(BJ) where it was fitted to the functional`;

const methodSetting = z
  .enum(["mp2", ...FUNCTIONAL_NAMES])
  .default("mp2")
  .meta({
    title: "Ranked by",
    description: `mp2: differences of MP2 energies; ${BY_FUNCTIONAL}`,
  });

/** Of properties that are differences of MP2 energies, or of a functional's. */
export const LEVEL_SETTINGS = { method: methodSetting } as const;
export const LEVEL_BEFORE = { method: "mp2" } as const;

export const SOLVENT_SETTING = z
  .enum(["none", ...SolventName.options])
  .default("none")
  .meta({
    title: "Solvent",
    description:
      "a continuum (C-PCM) around every state whose energy a functional gives; none: the gas phase",
  });

/** The same in a solvent. */
export const SOLVATED_SETTINGS = { ...LEVEL_SETTINGS, solvent: SOLVENT_SETTING } as const;
export const SOLVATED_BEFORE = { ...LEVEL_BEFORE, solvent: "none" } as const;

/** With the active space as a third choice. */
export const IONISATION_METHOD = z
  .enum(["mp2", "vqe", ...FUNCTIONAL_NAMES])
  .default("mp2")
  .meta({
    title: "Ranked by",
    description: `mp2: differences of MP2 energies, each state in orbitals of its own; vqe: within the active space alone; ${BY_FUNCTIONAL}`,
  });

type Settings = Readonly<Record<string, unknown>>;

export interface FunctionalLevel {
  readonly functional: FunctionalName;
  readonly dispersion?: DispersionName;
  readonly solvent?: SolventRequest;
}

/** A functional with its dispersion. */
export const levelOfFunctional = (
  functional: FunctionalName,
  solvent?: SolventRequest | undefined,
): FunctionalLevel => ({
  functional,
  ...(hasD3bj(functional) && { dispersion: "d3bj" }),
  ...(solvent && { solvent }),
});

/** undefined where the settings name another method. */
export function functionalLevel({ method, solvent }: Settings = {}): FunctionalLevel | undefined {
  if (typeof method !== "string" || !isFunctional(method)) return undefined;
  const name = SolventName.safeParse(solvent);
  return levelOfFunctional(method, name.success ? { name: name.data } : undefined);
}

/** What is wrong with settings that the schema of each lets pass; null where nothing is. */
export const levelProblem = (settings: Settings): string | null =>
  settings.solvent === undefined || settings.solvent === "none" || functionalLevel(settings)
    ? null
    : `expected a density functional as method beside the solvent ${settings.solvent}, got ${settings.method}: take one of ${FUNCTIONAL_NAMES.join(", ")}, or solvent none`;

/** "B3LYP-D3(BJ)". */
const functionalTitle = ({ functional, dispersion }: FunctionalLevel): string =>
  withDispersion(FUNCTIONALS[functional].title, dispersion && { model: dispersion });

const continuum = ({ solvent }: FunctionalLevel): Continuum | undefined => solvent && continuumOf(solvent);

/** "B3LYP-D3(BJ)/6-31g* in acetonitrile". */
export function levelText(level: FunctionalLevel, basis: string): string {
  const around = continuum(level);
  const name = around?.name ? SOLVENTS[around.name].title : `ε = ${around?.dielectric}`;
  return `${functionalTitle(level)}/${basis}${around ? ` in ${name}` : ""}`;
}

/** As a paper would write it: "B3LYP-D3(BJ) (RKS and UKS, grid fine) in acetonitrile (C-PCM, ε = 35.688; spheres of 1.2 times Bondi's radii)". */
export function functionalWords(level: FunctionalLevel): string {
  const around = continuum(level);
  const where = around
    ? ` in ${solventTitle(around).replace(/\)$/, "; spheres of 1.2 times Bondi's radii)")}`
    : " in the gas phase";
  return `${functionalTitle(level)} (RKS of closed shells, UKS of open ones, grid fine)${where}`;
}

/** How energies are made: by the functional that is set, or as is said of MP2. */
export function energiesBy(settings: Settings | undefined, mp2: string): string {
  const level = functionalLevel(settings);
  return level ? functionalWords(level) : mp2;
}

/** The number of such a property by whichever functional is set. @param names of its members, "verticalIonisation", "vertical_ie", "IE" */
export const functionalValue = (
  { key, document, column, symbol }: { key: string; document: string; column: string; symbol: string },
  others: Pick<PropertyValue, "treatment"> & Partial<Pick<PropertyValue, "remark" | "relaxes">>,
) =>
  ({
    key,
    method: "functional",
    title: `${symbol}(DFT)`,
    document: `${document}Functional`,
    column: `${column}_functional`,
    ...others,
  }) as const satisfies PropertyDeclaration["values"][number];
