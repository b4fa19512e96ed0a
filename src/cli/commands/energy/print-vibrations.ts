/** What `ansatz energy` prints of vibrations, and what it says where they are of no minimum. */

import { isotopeWords } from "#shared/molecule/isotopes.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { fixed, print } from "../../output.ts";
import { row } from "./row.ts";

const PER_LINE = 8;

/** Imaginary ones as negative numbers. */
function printFrequencies(frequencies: readonly number[]): void {
  for (let first = 0; first < frequencies.length; first += PER_LINE) {
    const line = frequencies.slice(first, first + PER_LINE).map((wave) => fixed(wave, 1).padStart(9));
    print(`${(first === 0 ? "vibrations" : "").padEnd(14)}${line.join("")}${first === 0 ? "   cm⁻¹" : ""}`);
  }
}

/** What is wrong with a geometry whose vibrations were asked for, and what helps; empty at a minimum. */
export function vibrationRemarks({ vibrations }: EnergyResult): string[] {
  if (!vibrations || vibrations.outcome === "minimum") return [];
  if (vibrations.outcome === "not-converged")
    return [
      "No vibrations: the geometry is not where the energy is stationary, or a field beside it did not converge. Relax it first: --optimize.",
    ];
  const imaginary = vibrations.frequencies_per_cm.filter((wave) => wave < 0).length;
  const lowest = Math.abs(vibrations.frequencies_per_cm[0] ?? 0);
  return [
    `The geometry is a saddle, not a minimum: ${imaginary} imaginary ${imaginary === 1 ? "frequency" : "frequencies"}, the largest ${fixed(lowest, 0)}i cm⁻¹. ` +
      "Relax again from the geometry a little down this vibration (vibrations.downhill in --json, printed below without it). No thermal terms.",
  ];
}

export function printVibrations(request: EnergyRequest, result: EnergyResult): void {
  const { vibrations } = result;
  if (!vibrations) return;
  const { frequencies_per_cm, terms, downhill, symmetryNumber, conditions } = vibrations;
  printFrequencies(frequencies_per_cm);
  if (conditions.isotopes) row("isotopes", isotopeWords(conditions.isotopes, request.geometry), "");
  if (downhill) print(formatXyz(downhill, "down the lowest vibration", result).trimEnd());
  const energy = methodEnergy(request, result);
  if (!terms || energy === null) return;
  const { temperature_kelvin: temperature, pressure_pascal } = conditions;
  row("zero point", fixed(terms.zeroPoint_hartree, 10), "Eh");
  row(
    "enthalpy",
    fixed(energy + terms.enthalpy_hartree, 10),
    `Eh   at ${temperature} K, symmetry number ${symmetryNumber}`,
  );
  row(
    "Gibbs energy",
    fixed(energy + terms.gibbs_hartree, 10),
    `Eh   at ${temperature} K and ${pressure_pascal} Pa${conditions.quasiHarmonic ? ", soft vibrations as rotors" : ""}`,
  );
}
