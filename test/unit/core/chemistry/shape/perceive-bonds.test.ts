import { describe, expect, it } from "vitest";
import { embed } from "#core/chemistry/shape/conformer.ts";
import { perceiveBonds } from "#core/chemistry/shape/perceive-bonds.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const rdkit = await loadRdkit();

/** Atoms of a molecule in space, with the charge and spin of its SMILES. */
function inSpace(smiles: string) {
  const made = embed(rdkit, smiles, { seed: 1 });
  if (made.outcome === "failed") throw new Error(made.detail);
  using mol = rdkit.get_mol(smiles)!;
  const { atoms } = readGraph(mol);
  const charge = atoms.reduce((sum, atom) => sum + atom.charge, 0);
  const multiplicity = atoms.reduce((sum, atom) => sum + atom.radicalElectrons, 1);
  return { ...made.conformer, charge, multiplicity };
}

describe("bonds found from atoms in space", () => {
  it.each([
    "O",
    "[H][H]",
    "[C-]#[O+]",
    "C=C=C",
    "CC#N",
    "C[N+](=O)[O-]",
    "CN=[N+]=[N-]",
    "CS(C)=O",
    "CS(C)(=O)=O",
    "O=P(O)(O)O",
    "OB(O)c1ccccc1",
    "c1ccncc1",
    "c1cc[nH]c1",
    "[O-][n+]1ccccc1",
    "CC(=O)[O-]",
    "C[NH3+]",
    "F[B-](F)(F)F",
    "F[P-](F)(F)(F)(F)F",
    "CS(=O)(=O)[NH-]",
    "[CH3]",
    "[OH]",
    "C/C=C/C",
    "C[C@H](O)F",
    "CC[P@](C)F",
  ])("are those of the SMILES that made them: %s", (smiles) => {
    const { geometry, isomer, charge, multiplicity } = inSpace(smiles);
    expect(perceiveBonds(rdkit, geometry, { charge, multiplicity })).toMatchObject({
      smiles: isomer?.canonicalSmiles,
    });
  });

  /** F, Cl and Br along three axes, each forward or backward, from P; the sign of the permutation times those of the axes. */
  const phosphines = [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 2, 1],
    [2, 1, 0],
    [1, 0, 2],
  ].flatMap((axes, k) =>
    [1, -1].flatMap((f) =>
      [1, -1].flatMap((cl) =>
        [1, -1].map((br) => ({
          axes,
          lengths: [1.57 * f, 2.04 * cl, 2.22 * br],
          hand: (k < 3 ? 1 : -1) * f * cl * br,
        })),
      ),
    ),
  );

  it("are those of one hand or the other wherever the corners of a pyramid lie", () => {
    const smilesOf = ({ axes, lengths }: (typeof phosphines)[number]): string => {
      const corners = axes.map((axis, k) => [0, 1, 2].map((one) => (one === axis ? lengths[k]! : 0)));
      const geometry = {
        symbols: ["P", "F", "Cl", "Br"],
        coordinates_angstrom: [0, 0, 0, ...corners.flat()],
      };
      const found = perceiveBonds(rdkit, geometry, { charge: 0, multiplicity: 1 });
      return "smiles" in found ? found.smiles : found.reason;
    };
    const byHand = Map.groupBy(phosphines, ({ hand }) => hand);
    const found = [1, -1].map((hand) => [...new Set(byHand.get(hand)!.map(smilesOf))]);
    // Seen from F forward on x, Cl on y and Br on z go round counter-clockwise.
    expect(found).toEqual([["F[P@](Cl)Br"], ["F[P@@](Cl)Br"]]);
  });

  it("are those of a mesomer where several are as usual: N2O", () => {
    const { geometry } = inSpace("N#[N+][O-]");
    const found = perceiveBonds(rdkit, geometry, { charge: 0, multiplicity: 1 });
    const inchi = (smiles: string) => rdkit.get_mol(smiles)?.get_inchi();
    expect("smiles" in found && inchi(found.smiles)).toBe(inchi("N#[N+][O-]"));
  });

  // Measured lengths of the molecules in the gas (NIST CCCBDB).
  it.each([
    ["Li", 1.564, "[F-].[Li+]"],
    ["Na", 1.926, "[F-].[Na+]"],
    ["K", 2.171, "[F-].[K+]"],
    ["Rb", 2.27, "[F-].[Rb+]"],
  ])("leave ions of the first group alone: %s beside F", (symbol, length, smiles) => {
    const geometry = { symbols: [symbol, "F"], coordinates_angstrom: [0, 0, 0, 0, 0, length] };
    expect(perceiveBonds(rdkit, geometry, { charge: 0, multiplicity: 1 })).toMatchObject({ smiles });
  });

  it("are two of beryllium with nothing unpaired: BeF2", () => {
    // Measured in the gas: linear, 1.373 Å (NIST CCCBDB).
    const geometry = {
      symbols: ["F", "Be", "F"],
      coordinates_angstrom: [0, 0, -1.373, 0, 0, 0, 0, 0, 1.373],
    };
    expect(perceiveBonds(rdkit, geometry, { charge: 0, multiplicity: 1 })).toMatchObject({
      smiles: "[F][Be][F]",
    });
  });

  it.each([
    ["H", 1, 1, "[H+]"],
    ["H", -1, 1, "[H-]"],
    ["H", 0, 2, "[H]"],
    ["F", -1, 1, "[F-]"],
    ["O", 0, 3, "[O]"],
    ["Mg", 2, 1, "[Mg+2]"],
  ])(
    "are none of one atom, %s of charge %i and multiplicity %i: %s",
    (symbol, charge, multiplicity, smiles) => {
      const geometry = { symbols: [symbol], coordinates_angstrom: [0, 0, 0] };
      expect(perceiveBonds(rdkit, geometry, { charge, multiplicity })).toMatchObject({ smiles });
    },
  );

  it("are not guessed of a transition metal", () => {
    const geometry = { symbols: ["Fe", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.6] };
    const found = perceiveBonds(rdkit, geometry, { charge: 0, multiplicity: 5 });
    expect(found).toEqual({ reason: "no bonds were found that fit 2 atoms, charge 0, 4 unpaired electrons" });
  });
});
