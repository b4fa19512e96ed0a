/** By which method a campaign's numbers are made, as people write it. */
import type { ActiveSpaceRequest, ActiveSpaceSize } from "../quantum/active-space.ts";
import { activeSpaceTitle } from "../quantum/active-space-text.ts";
import type { BasisFunctions } from "../quantum/basis-functions.ts";
import { isFunctional } from "../quantum/functionals.ts";
import { type Ansatz, ansatzTitle } from "../quantum/vqe.ts";
import { computedParts } from "./composite-property.ts";
import { declarationOf, type NamedProperty } from "./find.ts";
import {
  type FunctionalLevel,
  functionalLevel,
  functionalWords,
  levelOfFunctional,
  levelText,
} from "./functional-level.ts";
import { METHOD_TITLES, type PropertyValue, rankedValue } from "./property.ts";
import type { PropertySettings } from "./settings.ts";

/** What a campaign asks for. */
export interface AskedProperty extends NamedProperty {
  readonly propertySettings?: PropertySettings;
}

/** The number that such a campaign ranks by. */
export const rankedBy = (asked: AskedProperty): PropertyValue =>
  rankedValue(declarationOf(asked), asked.propertySettings);

/** undefined where another method is asked for. */
function functionalOf({ definition, propertySettings }: AskedProperty): FunctionalLevel | undefined {
  if (definition?.kind !== "formula") return functionalLevel(propertySettings);
  const { method, solvent } = definition;
  return isFunctional(method) ? levelOfFunctional(method, solvent) : undefined;
}

/** The functionals by which such a campaign computes anything: of a composite those of its parts. */
export function functionalsOf(asked: AskedProperty): FunctionalLevel[] {
  if (asked.definition?.kind === "composite") return computedParts(asked.definition).flatMap(functionalsOf);
  const level = functionalOf(asked);
  return level ? [level] : [];
}

/** Whether any of its energies is in a solvent. */
export function isSolvated(asked: AskedProperty): boolean {
  const { definition } = asked;
  if (definition?.kind === "composite") return computedParts(definition).some(isSolvated);
  if (definition?.kind === "formula") return definition.solvent !== undefined;
  return functionalOf(asked)?.solvent !== undefined;
}

/** "MP2/6-31g", "B3LYP-D3(BJ)/6-31g* in acetonitrile". @param basis as it is to be written */
export function levelName(asked: AskedProperty, basis: string): string {
  const level = functionalOf(asked);
  return level ? levelText(level, basis) : `${METHOD_TITLES[rankedBy(asked).method]}/${basis}`;
}

/** How a campaign treats the shape of its molecules. */
interface AskedShapes {
  readonly relaxed?: "hartree-fock";
  readonly conformers?: number;
}

/** "at Hartree–Fock/6-31G* geometries, averaged over up to 5 conformers"; undefined where numbers are of the geometry as it was made or given. */
export function shapesTitle({ relaxed, conformers = 1 }: AskedShapes): string | undefined {
  const said = [
    ...(relaxed ? ["at Hartree–Fock/6-31G* geometries"] : []),
    ...(conformers > 1 ? [`averaged over up to ${conformers} conformers`] : []),
  ];
  return said.length > 0 ? said.join(", ") : undefined;
}

/** "UCCSD-VQE in (4e,4o)", "MP2", and how the states and the shapes were treated. */
export function methodTitle(
  asked: AskedProperty &
    AskedShapes & { readonly ansatz: Ansatz; readonly activeSpace: ActiveSpaceRequest | null },
): string {
  const { method, treatment } = rankedBy(asked);
  const space = activeSpaceTitle(asked.activeSpace);
  const how = [treatment, shapesTitle(asked)].filter((part) => part !== undefined).join(", ");
  if (method === "vqe") return `${ansatzTitle(asked.ansatz)}-VQE in ${space}, ${how}`;
  const level = functionalOf(asked);
  if (level) return `${functionalWords(level)}, ${how}`;
  const title = METHOD_TITLES[method];
  if (method === "casci") return `${title} in ${space}, ${how}`;
  return how.startsWith(`${title} at`) ? how : `${title}, ${how}`;
}

/** Methods within an active space by which such a campaign computes anything. */
export function methodsInSpace(asked: AskedProperty): ReadonlySet<PropertyValue["method"]> {
  if (asked.definition?.kind === "composite")
    return new Set(computedParts(asked.definition).flatMap((part) => [...methodsInSpace(part)]));
  const { method: ranked } = rankedBy(asked);
  // Beside MP2 alone.
  const isBeside = ranked !== "functional" && asked.propertySettings?.activeSpace === true;
  const isAsked = needsSpace(ranked) || isBeside;
  const methods = declarationOf(asked).values.map(({ method }) => method);
  return new Set(isAsked ? methods.filter(needsSpace) : []);
}

/** Whether anything of such a campaign is computed in an active space, by CASCI or VQE. */
export const asksActiveSpace = (asked: AskedProperty): boolean => methodsInSpace(asked).size > 0;

/** Whether anything of such a campaign is computed by VQE, beside CASCI. */
export const asksVqe = (asked: AskedProperty): boolean => methodsInSpace(asked).has("vqe");

/** Whether the errors of CASCI and VQE were measured in active spaces of that size. */
export const isMeasuredSize = ({ nelec, norb }: ActiveSpaceSize): boolean => nelec === 4 && norb === 4;

/** In which active space the errors of CASCI and VQE were measured. */
const isMeasuredSpace = (asked: ActiveSpaceRequest | null): boolean =>
  asked !== null &&
  "nelec" in asked &&
  (!("rule" in asked) || asked.rule === "frontier") &&
  isMeasuredSize(asked);

/** Whether what is computed by a method is computed in an active space. */
export const needsSpace = (method: PropertyValue["method"]): boolean =>
  method === "casci" || method === "vqe";

/** What of a campaign's level errors depend on. */
interface AskedLevel extends AskedShapes {
  readonly basis: string;
  readonly functions?: BasisFunctions | null;
  readonly activeSpace: ActiveSpaceRequest | null;
}

/** A number with all that its error depends on but the molecule. */
export type AskedNumber = AskedProperty & AskedLevel;

/**
 * One standard deviation of the number that is ranked by, in the unit that is shown; null where none was measured in that basis set, in that
 * active space or at such geometries.
 *
 * @param isGiven whether the molecule's geometry was given, not made
 */
export function deviationOf(asked: AskedNumber, { isGiven = false } = {}): number | null {
  const { method, deviations, givenDeviations, relaxes = false } = rankedBy(asked);
  if (asked.functions || (asked.relaxed && !relaxes)) return null;
  const measured = isGiven && !relaxes ? givenDeviations : deviations;
  return needsSpace(method) && !isMeasuredSpace(asked.activeSpace) ? null : (measured?.[asked.basis] ?? null);
}
