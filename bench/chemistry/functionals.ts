/** RKS of benzene with its gradient on one thread, both programs on spheres of 50 × 302 (H) and 75 × 302 points (C) before pruning. */
import { compare } from "../compare/rows.ts";
import { functionalTasks } from "../problems/comparison.ts";

export function functionalSection(peers: boolean): void {
  const tasks = functionalTasks().filter(({ name }) => /^benzene .* 6-31g\*$/.test(name));
  compare("RKS", tasks, { peers, threads: [1] });
}
