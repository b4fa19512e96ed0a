/** One nuclear gradient by the Fock builds that it costs, in processor time. */

import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { matrixBytes, openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { gradientProblems, type Problem } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { resources } from "./measure.ts";
import { runPeer } from "./peer.ts";
import { seconds } from "./table.ts";

function cpu<T>(work: () => T): { result: T; ms: number } {
  const begin = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(begin);
  return { result, ms: (user + system) / 1e3 };
}

async function measure({ symbols, coordinates_angstrom, basis: name }: Problem) {
  const basis = await loadBasisSet(resources, name);
  const options = { geometry: { symbols, coordinates_angstrom }, charge: 0, multiplicity: 1, basis };
  using system = openSystem(options);
  const { nBasis } = system;
  // one iteration builds twice: the field of the starting density, and that of the first orbitals
  const builds = cpu(() => {
    // with memory for the matrices alone every build makes its integrals anew
    using direct = openSystem({ ...options, memoryBytes: matrixBytes(nBasis) });
    return hartreeFock(direct, { stability: "none", maxIterations: 1 });
  });
  const scf = hartreeFock(system, { stability: "none" });
  const gradient = cpu(() => nuclearGradient(system, scf));
  return { nBasis, build: builds.ms / 2, gradient: gradient.ms };
}

export async function gradientSection(peers: boolean): Promise<void> {
  header(
    "RHF gradient, one thread, CPU s",
    ...["functions", "Fock build", "gradient", "builds a gradient", "PySCF Fock build", "PySCF gradient"],
  );
  const problems = gradientProblems();
  const peer = peers ? runPeer(problems, { threads: 1 }).byName : undefined;
  for (const problem of problems) {
    const { nBasis, build, gradient } = await measure(problem);
    const theirs = peer?.get(problem.name);
    print(
      ...[problem.name, nBasis, seconds(build), seconds(gradient), (gradient / build).toPrecision(2)],
      ...[seconds(theirs?.buildCpu), seconds(theirs?.gradientCpu)],
    );
  }
}
