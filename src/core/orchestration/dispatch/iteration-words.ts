/** How far a calculation is, for people. */
import type { Iterations } from "#core/quantum/control-block.ts";

/** What the engine's names of its phases stand for, where they are not words. */
const WORDS: Readonly<Record<string, string>> = {
  scf: "SCF",
  transformation: "integral transformation",
  nevpt2: "NEVPT2",
  coupledCluster: "CCSD",
  triples: "(T)",
  ci: "CI",
  vqe: "VQE",
  mp2: "MP2",
  stability: "stability test",
};

/** "SCF, iteration 4"; what has not reached its first iteration is named alone. */
export function iterationWords({ phase, iteration }: Pick<Iterations, "phase" | "iteration">): string {
  const name = WORDS[phase] ?? phase;
  return iteration === 0 ? name : `${name}, iteration ${iteration}`;
}
