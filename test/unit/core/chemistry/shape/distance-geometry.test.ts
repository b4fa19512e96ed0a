import { describe, expect, it } from "vitest";
import { distanceWay } from "#core/chemistry/shape/conformer-ways.ts";
import { distanceGeometries } from "#core/chemistry/shape/distance-geometry.ts";
import { isomerOf } from "#core/chemistry/shape/isomer.ts";
import { spatialGraph, withHydrogens } from "#core/chemistry/shape/spatial-graph.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { mmff94Energy, mmff94Minimise } from "#core/chemistry/toolkit/openchemlib.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { uniformNumbers } from "#shared/random.ts";

const rdkit = await loadRdkit();

/** The isomers of the first starts of a SMILES, each after MMFF94, with their energies in kcal/mol. */
function minima(smiles: string, count: number): { isomer: string; energy: number }[] {
  using asked = rdkit.get_mol(smiles)!;
  const way = distanceWay(rdkit, asked, { random: uniformNumbers(1) });
  const found: { isomer: string; energy: number }[] = [];
  for (const start of way.starts()) {
    if (mmff94Minimise(start) !== "converged") continue;
    using embedded = way.readBack(start)!;
    const isomer = isomerOf(rdkit, embedded.get_v2Kmolblock(), asked);
    if (isInvalid(isomer)) throw new Error(isomer.reason);
    found.push({ isomer: isomer.canonicalSmiles, energy: mmff94Energy(start)! });
    if (found.length === count) break;
  }
  return found;
}

const canonical = (smiles: string): string => {
  using mol = rdkit.get_mol(smiles)!;
  return mol.get_smiles();
};

describe("Distance geometry", () => {
  it.each([
    ["C1C2CC1C2"],
    ["C123CC1(C2)C3"],
    ["C1[C@H]2CNC[C@@H]1C3=CC=CC(=O)N3C2"],
    ["C1CCC/C=C/CC1"],
    ["C1CCC/C=C\\CC1"],
    ["CC[P@@](C)c1ccccc1"],
    ["CC[P@](C)c1ccccc1"],
    ["C[S@](=O)CC"],
    ["C[S@@](=O)CC"],
    ["C[P@](=O)(O)CC"],
    ["C[N@+]([O-])(CC)c1ccccc1"],
    ["C[C@](F)(Cl)Br"],
    ["C[C@@](F)(Cl)Br"],
    ["C[C@H](F)[C@H](Cl)[C@@H](F)C"],
    ["C[C@@H]1CC[C@H](C)CC1"],
    ["C[C@H]1CC[C@H](C)CC1"],
    ["C/C=C/C=C\\C"],
    ["C/C(=N\\O)CC"],
    ["C/C(=N/O)CC"],
    ["F/N=N\\F"],
    ["[H]/N=C/C"],
    ["C1CC[C@@]2(C1)C[C@H]2C"],
    ["O=C1CC[C@]2(CC1)CCCC2=O"],
    ["C12C3C4C1C5C2C3C45"],
    ["CC1=CC[C@H]2C[C@@H]1C2(C)C"],
    ["C[C@@]12CC[C@@H](C1)C(C)(C)C2=O"],
    ["CN1[C@H]2CC[C@@H]1[C@H]([C@H](C2)O)C(=O)OC"],
  ])("gives %s the stereo that it has", (smiles) => {
    const found = minima(smiles, 3);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ isomer }) => isomer)).toContain(canonical(smiles));
  });

  it("has the same bits for the same seed and others for another", () => {
    using mol = rdkit.get_mol("CC(O)C1CCOC1")!;
    using full = withHydrogens(rdkit, mol);
    const graph = spatialGraph(full);
    const first = (seed: number) =>
      distanceGeometries(graph, { random: uniformNumbers(seed), count: 1 }).next().value;
    expect(first(7)).toEqual(first(7));
    expect(first(8)).not.toEqual(first(7));
  });
});
