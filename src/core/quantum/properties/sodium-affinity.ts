import { cationAffinityProtocol } from "./cation-affinity.ts";

export const sodiumAffinityProtocol = cationAffinityProtocol(
  { symbol: "Na", charge: 1 },
  { mp2: "sodiumAffinity_hartree", hartreeFock: "sodiumAffinityHartreeFock_hartree" },
);
