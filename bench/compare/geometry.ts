/** Aspirin's geometry by HF-3c from where its force field leaves it: the way that redox potentials go. */
import { embed } from "#core/chemistry/shape/conformer.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { requestedDispersion } from "#core/quantum/dispersion/requested-dispersion.ts";
import { optimiseGeometry } from "#core/quantum/geometry/optimise.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { resources, timed } from "../chemistry/measure.ts";
import { seconds } from "../chemistry/table.ts";
import { header, print } from "../vqe/table.ts";
import { type Asked, load } from "./rows.ts";

const ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O";

export async function geometrySection({ threads }: Pick<Asked, "threads">): Promise<void> {
  const found = embed(await loadRdkit(), ASPIRIN, { seed: 1 });
  if (found.outcome === "failed") throw new Error("aspirin has no geometry to begin from");
  const { geometry } = found.conformer;
  const basis = await loadBasisSet(resources, "minix");
  const dispersion = await requestedDispersion(
    { dispersion: "hf-3c", method: "rhf", basis: "minix" },
    resources,
  );
  header("HF-3c geometry", "threads", "outcome", "steps", "energy Eh", "wall s", "CPU s", "load");
  for (const count of threads) {
    const system = { geometry, charge: 0, multiplicity: 1, basis, dispersion, threads: count };
    const { result, wall, cpu } = timed(() => optimiseGeometry({ system, scf: { kind: "rhf" } }));
    print(
      ...["aspirin", count, result.outcome, result.steps, result.energy_hartree.toFixed(6)],
      ...[seconds(wall), seconds(cpu), load()],
    );
  }
}
