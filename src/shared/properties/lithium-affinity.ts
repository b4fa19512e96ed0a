/** How strongly a molecule holds a lithium ion. */
import { CATION_AFFINITY_STATES } from "./cation-affinity-states.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

export const lithiumAffinity = {
  id: "lithium-affinity",
  title: "Lithium ion affinity",
  plural: "Lithium ion affinities",
  name: "lithium affinity",
  symbol: "LiA",
  abbreviation: "Li⁺ affinity",
  objective: "lithium",
  field: "lithiumAffinity_hartree",
  unit: "kcal/mol",
  digits: 1,
  better: "maximise",
  settings: {},
  basis: "6-31+g*",
  states: CATION_AFFINITY_STATES,
  values: [
    {
      key: "lithiumAffinity_hartree",
      method: "mp2",
      title: "Li⁺(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries, counterpoise",
      document: "lithiumAffinityMp2",
      column: "lithium_affinity_mp2",
      remark: "with counterpoise correction",
    },
    {
      key: "lithiumAffinityHartreeFock_hartree",
      method: "hartree-fock",
      title: "Li⁺(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "lithiumAffinityHartreeFock",
      column: "lithium_affinity_hf",
      remark: "with counterpoise correction",
    },
  ],
  estimate: {
    value: "lithiumAffinityHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(CATION_AFFINITY_STATES),
  definition:
    "of the molecule and Li⁺ apart less that of the complex, electronic, positive where it is bound",
  lead: "every place for the ion relaxed by Hartree–Fock, the lowest complex by MP2, with counterpoise correction.",
  method: () =>
    "electronic energy of the molecule and Li⁺ less that of their complex, MP2 at Hartree–Fock/6-31G* geometries with counterpoise correction, the lowest complex among starts at all lone pairs, between them and over π bonds",
  expectedError: {
    sentence: "1 to 2 kcal/mol",
    mean: 0.5,
    testSet: "CCSD(T) values of water, ammonia and hydrogen fluoride, by which its basis was chosen",
  },
  cost: "Relaxations of the molecule and of every place for the ion, and some six MP2 energies: from a minute for three heavy atoms to half an hour for eight.",
} as const satisfies PropertyDeclaration;
