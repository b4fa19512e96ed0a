/** The energy of the lowest triplet above the singlet ground state, in the ground state's geometry. */
import { z } from "zod";
import { decimal } from "../decimals.ts";
import { toElectronVolt } from "../units.ts";
import type { PropertyDeclaration } from "./property.ts";

const inElectronVolt = (hartree: number | null): string =>
  hartree === null ? "no number" : `${decimal(toElectronVolt(hartree), 2)} eV`;

export const tripletEnergy = {
  id: "triplet-energy",
  title: "Vertical triplet energy",
  plural: "Vertical triplet energies",
  name: "triplet energy",
  symbol: "T₁",
  abbreviation: "T₁ − S₀",
  objective: "triplet",
  field: "tripletEnergy_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: {
    method: z.enum(["routed", "mp2"]).default("routed").meta({
      title: "Ranked by",
      description:
        "routed: CASSCF with NEVPT2 where the diagnostic says that an active space is needed, MP2 elsewhere; mp2: MP2 of all",
    }),
  },
  before: { method: "mp2" },
  basis: "def2-svp",
  states: [
    { name: "singlet", title: "Singlet", symbol: "E(S₀)" },
    { name: "triplet", title: "Triplet", symbol: "E(T₁)" },
    { name: "both", title: "Both by CASSCF with NEVPT2", symbol: "E(S₀, T₁)" },
  ],
  values: [
    {
      key: "tripletEnergy_hartree",
      method: "mp2",
      title: "T₁(MP2)",
      treatment: "singlet and triplet in orbitals of their own",
      document: "tripletEnergyMp2",
      column: "triplet_energy_mp2",
      deviations: { "def2-svp": 0.43 },
      givenDeviations: { "def2-svp": 0.28 },
    },
    {
      key: "tripletEnergyNevpt2_hartree",
      method: "nevpt2",
      title: "T₁(NEVPT2)",
      treatment:
        "singlet and two triplets in one active space and one set of orbitals, the lowest triplet taken",
      document: "tripletEnergyNevpt2",
      column: "triplet_energy_nevpt2",
      note: "Of molecules whose diagnostic says that an active space is needed",
    },
    {
      key: "tripletEnergyRouted_hartree",
      method: "routed",
      title: "T₁",
      treatment: "by the diagnostic of the singlet",
      document: "tripletEnergyRouted",
      column: "triplet_energy",
    },
  ],
  warning: {
    document: "routeWarning",
    column: "route_warning",
    // A part of a composite has the number that is ranked by alone.
    of: ({ tripletEnergy_hartree: mp2, tripletEnergyRouted_hartree }, { singlet, both }) => {
      const { route, activeSpace } = singlet?.diagnostic ?? {};
      if (tripletEnergyRouted_hartree === undefined || !activeSpace) return null;
      if (route === "beyond-this-machine")
        return `One determinant fails, and an active space of (${activeSpace.nelec}e,${activeSpace.norb}o) is beyond exact diagonalisation here: the number is MP2's.`;
      if (!both) return null;
      const beside = mp2 === undefined ? "" : `; MP2 gives ${inElectronVolt(mp2)}`;
      return `One determinant fails: the number is NEVPT2's, ${inElectronVolt(tripletEnergyRouted_hartree)}${beside}.`;
    },
  },
  definition: "of the lowest triplet less that of the singlet, in the singlet's geometry",
  lead: "singlet and triplet by MP2, each in orbitals of its own; where the diagnostic asks for an active space, by CASSCF with NEVPT2.",
  method: (_, method) => {
    const byMp2 =
      "energy of the lowest triplet less that of the singlet, both at the singlet's geometry, by MP2 (core not correlated), the singlet in RHF and the triplet in UHF orbitals of its own: an electron moved between the three highest occupied and three lowest empty orbitals, the lowest by MP2 taken";
    if (method === "mp2") return byMp2;
    return `${byMp2}; of molecules of which an occupied natural orbital of UHF lacks more than 0.12 of 2 electrons by NEVPT2 on CASSCF states, the singlet and two triplets in orbitals optimised for their mean, in the active space that these occupations ask for, (4e,4o) at least`;
  },
  expectedError: {
    sentence: "0.3 eV, mostly too high",
    mean: 0.33,
    testSet: "16 lowest valence triplets of QUEST (theoretical best estimates, doi:10.1021/acs.jctc.5c00975)",
  },
  cost: "Two RHF and up to six UHF fields with MP2; of molecules that need an active space CASSCF from five or more starts, and NEVPT2.",
} as const satisfies PropertyDeclaration;
