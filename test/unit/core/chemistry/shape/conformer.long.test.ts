import { it } from "vitest";
import { isFoundBySecondWay } from "./second-way.ts";

// Of these OpenChemLib gave none, or another isomer; energies of the best of 40 by RDKit 2026.09 (ETKDG, MMFF94).
it.each([
  ["OC12CC(C1)C2", 44.5314],
  ["C123CC1(C2)C3", 5.9722],
  ["C1[C@H]2CNC[C@@H]1C3=CC=CC(=O)N3C2", 24.0748],
  ["CC[P@@](C)c1ccccc1", 14.7648],
])("conformers of %s are found by a second way, at the energy of RDKit's", isFoundBySecondWay);
