/** RKS of benzene with its gradient on one thread, both programs on spheres of 50 × 302 (H) and 75 × 302 points (C) before pruning. */
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { functionalProblems, type Problem } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { resources, timed } from "./measure.ts";
import { runPeer } from "./peer.ts";
import { ratio, seconds } from "./table.ts";

async function measure({ symbols, coordinates_angstrom, basis, functional }: Problem) {
  using system = openSystem({
    ...{ geometry: { symbols, coordinates_angstrom }, charge: 0, multiplicity: 1, threads: 1 },
    basis: await loadBasisSet(resources, basis),
  });
  const field = timed(() =>
    hartreeFock(system, { functional: { name: functional!, grid: "medium" }, stability: "none" }),
  );
  const gradient = timed(() => nuclearGradient(system, field.result));
  return { scf: field.result, energy: field.cpu, gradient: gradient.cpu };
}

export async function functionalSection(peers: boolean): Promise<void> {
  header(
    ...["RKS, one thread, CPU s", "iterations", "energy", "gradient", "PySCF energy", "PySCF gradient"],
    ...["ratio of energies", "of gradients", "ΔE Eh"],
  );
  const problems = functionalProblems();
  const peer = peers ? runPeer(problems, { threads: 1 }).byName : undefined;
  for (const problem of problems) {
    const { scf, energy, gradient } = await measure(problem);
    const theirs = peer?.get(problem.name);
    print(
      ...[problem.name, scf.iterations, seconds(energy), seconds(gradient)],
      ...[seconds(theirs?.cpu), seconds(theirs?.gradientCpu)],
      ...[ratio(energy, theirs?.cpu), ratio(gradient, theirs?.gradientCpu)],
      theirs ? (scf.energy_hartree - theirs.energy).toExponential(0) : "–",
    );
  }
}
