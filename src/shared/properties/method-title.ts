/** By which method a campaign's numbers are made, as people write it. */
import type { ActiveSpaceRequest, ActiveSpaceSize } from "../quantum/active-space.ts";
import { activeSpaceTitle } from "../quantum/active-space-text.ts";
import type { BasisFunctions } from "../quantum/basis-functions.ts";
import { type Ansatz, ansatzTitle } from "../quantum/vqe.ts";
import { computedPart } from "./composite-property.ts";
import { declarationOf, type NamedProperty } from "./find.ts";
import { METHOD_TITLES, type PropertyValue, rankedValue } from "./property.ts";
import type { PropertySettings } from "./settings.ts";

/** What a campaign asks for. */
export interface AskedProperty extends NamedProperty {
  readonly propertySettings?: PropertySettings;
}

/** The number that such a campaign ranks by. */
export const rankedBy = (asked: AskedProperty): PropertyValue =>
  rankedValue(declarationOf(asked), asked.propertySettings);

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
  const inSpace = method === "casci" ? ` in ${space}` : "";
  return `${METHOD_TITLES[method]}${inSpace}, ${how}`;
}

/** Whether anything of such a campaign is computed in an active space, by CASCI and VQE. */
export function asksActiveSpace(asked: AskedProperty): boolean {
  if (asked.definition?.kind === "composite")
    return asked.definition.parts.some((part) => {
      const computed = computedPart(part);
      return computed !== undefined && asksActiveSpace(computed);
    });
  if (!declarationOf(asked).values.some(({ method }) => method === "vqe")) return false;
  return rankedBy(asked).method !== "mp2" || asked.propertySettings?.activeSpace === true;
}

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

/**
 * One standard deviation of the number that is ranked by, in the unit that is shown; null where none was measured in that basis set, in that
 * active space or at such geometries.
 */
export function deviationOf(asked: AskedProperty & AskedLevel): number | null {
  const { method, deviations, relaxes = false } = rankedBy(asked);
  if (asked.functions || (asked.relaxed && !relaxes)) return null;
  return needsSpace(method) && !isMeasuredSpace(asked.activeSpace)
    ? null
    : (deviations?.[asked.basis] ?? null);
}
