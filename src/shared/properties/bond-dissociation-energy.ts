/** What it takes to break a bond that is marked, or a molecule's weakest. */
import { z } from "zod";
import { energiesBy, functionalValue, LEVEL_BEFORE, LEVEL_SETTINGS } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

const STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "molecule-rigid", title: "Molecule as it was proposed, MP2", symbol: "E(M, rigid)" },
  { name: "rigid", isNumbered: true, title: "Fragment as it is in the molecule", symbol: "E(R, rigid)" },
  { name: "fragment", isNumbered: true, isMinimum: true, title: "Fragment", symbol: "E(R)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "fragment-energy", isNumbered: true, title: "Fragment, MP2", symbol: "E(R, MP2)" },
] as const satisfies PropertyDeclaration["states"];

export const bondDissociationEnergy = {
  id: "bond-dissociation-energy",
  title: "Bond dissociation energy",
  plural: "Bond dissociation energies",
  name: "bond energy",
  symbol: "De",
  abbreviation: "bond energy",
  objective: "bond",
  field: "bondDissociation_hartree",
  unit: "kcal/mol",
  digits: 1,
  better: "maximise",
  settings: {
    ...LEVEL_SETTINGS,
    bonds: z.enum(["weakest", "all"]).default("weakest").meta({
      title: "Bonds",
      description:
        "The energy of the weakest bond, or of each, which costs a relaxation of both fragments of each",
    }),
  },
  before: { bonds: "weakest", ...LEVEL_BEFORE },
  takesMarks: true,
  basis: "6-31+g**",
  states: STATES,
  values: [
    {
      key: "bondDissociation_hartree",
      method: "mp2",
      title: "De(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries",
      document: "bondDissociationMp2",
      column: "bond_dissociation_mp2",
      deviations: { "6-31+g**": 11.1 },
      relaxes: true,
      remark: "of the marked or the weakest bond",
    },
    {
      key: "bondDissociationHartreeFock_hartree",
      method: "hartree-fock",
      title: "De(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "bondDissociationHartreeFock",
      column: "bond_dissociation_hf",
      remark: "of the marked or the weakest bond",
    },
    functionalValue(
      {
        key: "bondDissociationFunctional_hartree",
        document: "bondDissociation",
        column: "bond_dissociation",
        symbol: "De",
      },
      {
        treatment: "at Hartree–Fock/6-31G* geometries",
        relaxes: true,
        remark: "of the marked or the weakest bond",
      },
    ),
  ],
  estimate: {
    value: "bondDissociationHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(STATES),
  definition:
    "of the two fragments less that of the molecule, electronic, at the bond that is marked or the weakest one",
  lead: "the bond that is marked, or the weakest single bond outside rings, molecule and fragments relaxed by Hartree–Fock, energies by MP2.",
  method: (_, __, settings) =>
    `electronic energy (De) of both fragments less that of the molecule at the bond that is marked or else the weakest single bond outside rings, ${energiesBy(settings, "MP2 from RHF or UHF orbitals")} at Hartree–Fock/6-31G* geometries; zero-point and thermal terms are not in it`,
  expectedError: {
    sentence: "3 to 10 kcal/mol, more where fragments need several determinants",
    mean: 8.8,
    testSet: "74 bond energies of W4 theory, at its geometries",
  },
  cost: "An MP2 energy of both fragments of each bond, then relaxations and MP2 energies of the fragments of the three weakest: from a minute for two heavy atoms to an hour for eight.",
} as const satisfies PropertyDeclaration;
