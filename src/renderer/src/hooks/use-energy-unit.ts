import { type EnergyUnitChoice, energyUnitOf } from "../text/energy-unit.ts";
import { useStored } from "./use-stored.ts";

/** The unit that energies are read in, remembered by this installation; the same in every part of the page. */
export function useEnergyUnit(): [choice: EnergyUnitChoice, remember: (choice: EnergyUnitChoice) => void] {
  const [stored, remember] = useStored("energy-unit");
  return [energyUnitOf(stored), remember];
}
