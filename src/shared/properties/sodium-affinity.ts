/** How strongly a molecule holds a sodium ion. */
import { CATION_AFFINITY_STATES } from "./cation-affinity-states.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

export const sodiumAffinity = {
  id: "sodium-affinity",
  title: "Sodium ion affinity",
  plural: "Sodium ion affinities",
  name: "sodium affinity",
  symbol: "NaA",
  abbreviation: "Na⁺ affinity",
  objective: "sodium",
  field: "sodiumAffinity_hartree",
  unit: "kcal/mol",
  digits: 1,
  better: "maximise",
  settings: {},
  basis: "6-31+g*",
  states: CATION_AFFINITY_STATES,
  values: [
    {
      key: "sodiumAffinity_hartree",
      method: "mp2",
      title: "Na⁺(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries, counterpoise",
      document: "sodiumAffinityMp2",
      column: "sodium_affinity_mp2",
      remark: "with counterpoise correction",
    },
    {
      key: "sodiumAffinityHartreeFock_hartree",
      method: "hartree-fock",
      title: "Na⁺(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "sodiumAffinityHartreeFock",
      column: "sodium_affinity_hf",
      remark: "with counterpoise correction",
    },
  ],
  estimate: {
    value: "sodiumAffinityHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(CATION_AFFINITY_STATES),
  definition:
    "of the molecule and Na⁺ apart less that of the complex, electronic, positive where it is bound",
  lead: "every place for the ion relaxed by Hartree–Fock, the lowest complex by MP2, with counterpoise correction.",
  method: () =>
    "electronic energy of the molecule and Na⁺ less that of their complex, MP2 at Hartree–Fock/6-31G* geometries with counterpoise correction, the lowest complex among starts at all lone pairs, between them and over π bonds",
  expectedError: {
    sentence: "1 to 2 kcal/mol",
    mean: 0.2,
    testSet: "CCSD(T) values of water and ammonia, by which its basis was chosen",
  },
  cost: "Relaxations of the molecule and of every place for the ion, and some six MP2 energies: from a minute for three heavy atoms to half an hour for eight.",
} as const satisfies PropertyDeclaration;
