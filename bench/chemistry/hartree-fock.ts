/** RHF of three molecules in three basis sets, and by density fitting, on one thread and on two. */
import { fittedProblems, hartreeFockProblems, type Problem } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { best, type OwnTimes, type Times } from "./measure.ts";
import { runPeer } from "./peer.ts";
import { ratio, seconds, speedUps } from "./table.ts";

const COLUMNS = [
  "functions",
  "threads",
  "iterations",
  "wall s",
  "CPU s",
  "PySCF wall s",
  "PySCF CPU s",
  "ratio",
];

function row(own: OwnTimes, threads: number, peer: Times | undefined): void {
  print(
    ...[own.name, own.nBasis, threads, own.iterations, seconds(own.wall), seconds(own.cpu)],
    ...[seconds(peer?.wall), seconds(peer?.cpu), ratio(own.wall, peer?.wall)],
    peer ? (own.energy - peer.energy).toExponential(0) : "–",
    ...(own.fittingError === undefined ? [] : [own.fittingError.toExponential(1)]),
  );
}

async function table(problems: Problem[], peers: boolean): Promise<[OwnTimes, OwnTimes][]> {
  const runs: OwnTimes[][] = [];
  for (const threads of [1, 2]) {
    const peer = peers ? runPeer(problems, { threads }).byName : undefined;
    const measured: OwnTimes[] = [];
    for (const problem of problems) {
      const own = await best(problem, { threads });
      row(own, threads, peer?.get(own.name));
      measured.push(own);
    }
    runs.push(measured);
  }
  return runs[0]!.map((one, i) => [one, runs[1]![i]!]);
}

export async function hartreeFockSection(peers: boolean): Promise<void> {
  header("RHF", ...COLUMNS, "ΔE Eh");
  const pairs = await table(hartreeFockProblems(), peers);
  speedUps(pairs.map(([one, two]) => [one.name, one.wall, two.wall]));
  header("RHF with density fitting", ...COLUMNS, "ΔE Eh", "fitting error Eh");
  await table(fittedProblems(), peers);
}
