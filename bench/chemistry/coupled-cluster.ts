/** CCSD(T) after SCF on one thread and on two: integrals over orbitals, amplitudes and triples together. */
import { load } from "../compare/rows.ts";
import { coupledClusterProblems } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { best, type OwnTimes } from "./measure.ts";
import { runPeer } from "./peer.ts";
import { ratio, seconds, speedUps } from "./table.ts";

export async function coupledClusterSection(peers: boolean): Promise<void> {
  header(
    ...["CCSD(T) after SCF, frozen core", "functions", "threads", "iterations", "wall s", "CPU s"],
    ...["PySCF wall s", "PySCF CPU s", "CPU ratio", "ΔE Eh", "load"],
  );
  const walls = new Map<string, number[]>();
  for (const threads of [1, 2]) {
    const peer = peers ? runPeer(coupledClusterProblems(), { threads }).byName : undefined;
    for (const problem of coupledClusterProblems()) {
      const own: OwnTimes = await best(problem, { threads });
      const other = peer?.get(own.name);
      print(
        ...[
          own.name,
          own.nBasis,
          threads,
          own.ccsdIterations!,
          seconds(own.ccsdtWall),
          seconds(own.ccsdtCpu),
        ],
        ...[seconds(other?.ccsdtWall), seconds(other?.ccsdtCpu), ratio(own.ccsdtCpu!, other?.ccsdtCpu)],
        other ? (own.ccsdtEnergy! - other.ccsdtEnergy!).toExponential(0) : "–",
        load(),
      );
      walls.set(own.name, [...(walls.get(own.name) ?? []), own.ccsdtWall!]);
    }
  }
  speedUps([...walls].map(([name, [one, two]]) => [name, one!, two!]));
}
