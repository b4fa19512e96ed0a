import { cationAffinityProtocol } from "./cation-affinity.ts";

export const lithiumAffinityProtocol = cationAffinityProtocol(
  { symbol: "Li", charge: 1 },
  { mp2: "lithiumAffinity_hartree", hartreeFock: "lithiumAffinityHartreeFock_hartree" },
);
