/** Ions of two charges take an electron from most molecules, once they are apart. */
import { toKcalPerMol } from "../units.ts";
import { ION_STATES } from "./binding-states.ts";
import { leftOutWarning } from "./left-out.ts";
import type { DiagnosedState, PropertyDeclaration } from "./property.ts";

type Warning = NonNullable<PropertyDeclaration["warning"]>;
type States = Readonly<Record<string, DiagnosedState>>;

/** By MP2, Hartree; NaN where it was not reached. */
const energyOf = (state: DiagnosedState | undefined): number => state?.mp2?.energy_hartree ?? Number.NaN;

const inKcal = (hartree: number): string => `${Math.abs(toKcalPerMol(hartree)).toFixed(0)} kcal/mol`;

/** @param reduced the ion with an electron more, e.g. "Mg⁺" */
function chargeTransfer(
  bound: number,
  states: States,
  [ion, reduced]: readonly [string, string],
): string | null {
  const shared = energyOf(states["molecule-oxidised"]) + energyOf(states["ion-reduced"]);
  const lower = energyOf(states["molecule-energy"]) + energyOf(states["ion-energy"]) - shared;
  if (!(lower > 0)) return null;
  const rest = bound - lower;
  const against = rest > 0 ? `is bound by ${inKcal(rest)}` : `lies ${inKcal(rest)} higher and may part`;
  return `Apart, the molecule's cation and ${reduced} lie ${inKcal(lower)} below the molecule and ${ion}, to which the number refers; against them the complex ${against}.`;
}

/**
 * What was left out of the lowest complex, and whether molecule and ion apart would rather share the charge.
 *
 * @param key of the value by MP2 @param ions with two charges and with one, for people
 */
export function dicationWarning(key: string, ions: readonly [string, string]): Warning {
  const leftOut = leftOutWarning(ION_STATES);
  return {
    document: "bindingWarning",
    column: "binding_warning",
    of(numbers, { "ion-energy": ion, "ion-reduced": reduced, "molecule-oxidised": oxidised, ...search }) {
      const bound = numbers[key] ?? null;
      if (bound === null) return null;
      const apart = { "ion-energy": ion, "ion-reduced": reduced, "molecule-oxidised": oxidised };
      const known = Object.entries(apart).flatMap(([name, state]) => (state ? [[name, state]] : []));
      const told = [
        leftOut.of(numbers, search),
        chargeTransfer(bound, { ...search, ...Object.fromEntries(known) }, ions),
      ].filter((sentence) => sentence !== null);
      return told.length > 0 ? told.join(" ") : null;
    },
  };
}
