/** Exact diagonalisation after SCF: integrals over the active orbitals and direct CI together, as CASCI of PySCF. */
import { ciProblems } from "../problems/chemistry.ts";
import { header, print } from "../vqe/table.ts";
import { best, type OwnTimes } from "./measure.ts";
import { runPeer } from "./peer.ts";
import { ratio, seconds, speedUps } from "./table.ts";

export async function ciSection(peers: boolean): Promise<void> {
  header(
    ...["FCI and CASCI after SCF", "determinants", "threads", "iterations", "wall s", "CPU s"],
    ...["PySCF wall s", "PySCF CPU s", "ratio", "ΔE Eh"],
  );
  const walls = new Map<string, number[]>();
  for (const threads of [1, 2]) {
    const peer = peers ? runPeer(ciProblems(), { threads }).byName : undefined;
    for (const problem of ciProblems()) {
      const own: OwnTimes = await best(problem, { threads });
      const other = peer?.get(own.name);
      print(
        ...[
          own.name,
          own.determinants!,
          threads,
          own.ciIterations!,
          seconds(own.casciWall),
          seconds(own.casciCpu),
        ],
        ...[seconds(other?.casciWall), seconds(other?.casciCpu), ratio(own.casciWall!, other?.casciWall)],
        other ? (own.casciEnergy! - other.casciEnergy!).toExponential(0) : "–",
      );
      walls.set(own.name, [...(walls.get(own.name) ?? []), own.casciWall!]);
    }
  }
  speedUps([...walls].map(([name, [one, two]]) => [name, one!, two!]));
}
