/**
 * Potentials of couples that differ by one electron. E = (E(oxidised) − E(reduced)) / e − E(absolute) of the reference electrode, both states
 * by a functional in the solvent: each where Hartree–Fock/6-31G* or HF-3c relaxes it to in the gas phase, or both at the molecule's geometry.
 * Cost: that of an adiabatic ionisation energy or affinity in a solvent, or of a vertical one.
 */
import {
  REFERENCE_ELECTRODES,
  type ReferenceElectrodeName,
} from "#shared/properties/reference-electrodes.ts";
import { toElectronVolt } from "#shared/units.ts";
import type { StateResults } from "../evaluate/states.ts";
import { adiabaticProtocol } from "./adiabatic.ts";
import { energyDifference, found, impossible, impossibleIonisation, notBound } from "./conclude.ts";
import { ionEnergy, ionStates, moleculeEnergy, moleculeState } from "./ion-states.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";

interface Couple {
  readonly key: string;
  readonly ion: "cation" | "anion";
}

/** What removing an electron takes, or adding one gives, at the molecule's geometry. */
function vertical(candidate: Candidate, { key, ion }: Couple, results: StateResults): Round | Conclusion {
  const name = `vertical-${ion}`;
  const openShell = ion === "cation" ? "hole" : "electron";
  if (!("neutral" in results))
    return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, name, openShell) } };
  const [own, other] = [moleculeEnergy(results), ionEnergy(candidate, name, results)];
  const value = ion === "cation" ? energyDifference(other, own) : energyDifference(own, other);
  if (ion === "anion" && value !== null && value <= 0) return notBound(key, ion);
  const why = ion === "cation" ? impossibleIonisation(value, candidate) : null;
  return why === null ? found({ [key]: value }, [value]) : impossible({}, key, why);
}

/** Of an energy per electron, V. */
function against({ settings }: Candidate): (energy_hartree: number) => number {
  const { absolute_volt } = REFERENCE_ELECTRODES[settings.reference as ReferenceElectrodeName];
  return (energy) => toElectronVolt(energy) - absolute_volt;
}

export function redoxProtocol(couple: Couple): Protocol {
  const { key, ion } = couple;
  // Settings name a functional always.
  const relaxed = adiabaticProtocol({ keys: { mp2: key, hartreeFock: key, functional: key }, ion });
  return {
    next(candidate, results) {
      const isVertical = candidate.settings.nuclei === "vertical";
      const step = isVertical ? vertical(candidate, couple, results) : relaxed.next(candidate, results);
      if ("states" in step) return step;
      const potential = against(candidate);
      const energy = step.values[key] ?? null;
      const alternatives = step.alternatives?.map((one) => ({
        ...one,
        value: one.value === null ? null : potential(one.value),
      }));
      return {
        ...step,
        values: { [key]: energy === null ? null : potential(energy) },
        ...(alternatives && { alternatives }),
      };
    },
  };
}
