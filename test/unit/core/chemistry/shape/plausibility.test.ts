import { describe, expect, it } from "vitest";
import { geometryOddities, implausibility } from "#core/chemistry/shape/plausibility.ts";
import { spatialGraph, withHydrogens } from "#core/chemistry/shape/spatial-graph.ts";
import { electronDomains, valenceElectrons } from "#core/chemistry/shape/vsepr.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";

const rdkit = await loadRdkit();

function graphOf(smiles: string) {
  using mol = rdkit.get_mol(smiles)!;
  using full = withHydrogens(rdkit, mol);
  return spatialGraph(full);
}

const degree = Math.PI / 180;
/** Two bonds from the middle atom, which is the second of the SMILES. */
const bent = (length: number, angle: number) => [
  ...[length, 0, 0, 0, 0, 0],
  ...[length * Math.cos(angle * degree), length * Math.sin(angle * degree), 0],
];
const TETRAHEDRON = [
  [1, 1, 1],
  [-1, -1, 1],
  [-1, 1, -1],
  [1, -1, -1],
];
/** With the metal in the plane, so far from both oxygens, Å. */
const formateOf = (length: number): number[] => {
  const metal = 0.55 + Math.sqrt(length ** 2 - 1.12 ** 2);
  return [0, 1.12, 0.55, 0, 0, 0, 0, -1.12, 0.55, 0, 0, metal, 0, 0, -1.1];
};

/** SF4 with the sulfur second, r the mean measured bond. */
const tetrahedralSf4 = (): number[] => {
  const [first, ...others] = TETRAHEDRON.map((corner) => corner.map((x) => (x * 1.58) / Math.sqrt(3)));
  return [...first!, 0, 0, 0, ...others.flat()];
};
/** The measured one: axial 1.646 Å and 173°, equatorial 1.545 Å and 101.6° (NIST CCCBDB). */
const SEE_SAW = [...[1.643, 0, 0.1, 0, 0, 0], ...[-1.643, 0, 0.1, 0, 1.197, -0.976], ...[0, -1.197, -0.976]];

describe("Plausibility", () => {
  it.each([
    ["[C-]#[O+]", [0, 0, 0, 0, 0, 1.128], undefined],
    ["[C-]#[O+]", [0, 0, 0, 0, 0, 1.396], /C1–O2 is 1.40 Å long, expected about 1.13 Å/],
    // As MMFF94 has it; the length of its single bond. Measured: 1.535 Å (NIST CCCBDB).
    ["[C-]#[S+]", [0, 0, 0, 0, 0, 1.798], undefined],
    ["[Li]F", [0, 0, 0, 0, 0, 1.564], undefined],
    ["FF", [0, 0, 0, 0, 0, 1.412], undefined],
    ["FF", [0, 0, 0, 0, 0, 1.8], /F1–F2 is 1.80 Å/],
    ["O=[Si]=O", bent(1.51, 180), undefined],
    ["O=[Si]=O", bent(1.51, 109), /Si2 has 2 bonds and no lone pair: expected a linear one, got 109°/],
    // The d functions of calcium bend its fluoride; magnesium's is linear.
    ["F[Ca]F", bent(2.1, 150), undefined],
    ["F[Mg]F", bent(1.75, 150), /Mg2 has 2 bonds and no lone pair: expected a linear one/],
    ["O=C=O", bent(1.16, 180), undefined],
    ["O=S=O", bent(1.43, 119.3), undefined],
    ["O=S=O", bent(1.43, 55), /O1 and O3 have no bond but are 1.32 Å apart/],
    ["F[Xe]F", bent(1.977, 180), undefined],
    ["O=CO[Na]", formateOf(2.2), undefined],
    // Of groups 1 and 2 as near to both oxygens; beryllium to the one that it is bonded to.
    ["O=CO[Li]", formateOf(1.87), undefined],
    ["O=CO[K]", formateOf(2.5), undefined],
    ["O=CO[BeH]", [...formateOf(1.55), 0, 0, 2.95], /O1 and Be4 have no bond/],
    ["O=CO[Na]", formateOf(1.8), /O1 and Na4 have no bond but are 1.80 Å apart/],
    ["F[Xe]F", bent(1.977, 109), /Xe2 has 2 bonds and 3 lone pairs: expected a linear one/],
    ["FOF", bent(1.41, 103), undefined],
    ["FS(F)(F)F", SEE_SAW, undefined],
    [
      "FS(F)(F)F",
      tetrahedralSf4(),
      /S2 has 4 bonds and 1 lone pair: expected two bonds opposite to each other, got 109°/,
    ],
  ] as const)("of %s (%j): %s", (smiles, xyz, wrong) => {
    const found = implausibility(graphOf(smiles), xyz);
    if (wrong === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wrong);
  });

  // Lengths of MMFF94 that are those of single bonds, and the longest right one of the same bonds: 1.535, 1.889, 1.54, 2.03 (a diphosphene) and 1.67 Å measured.
  it.each([
    ["[C-]#[S+]", 1.798, 1.535, /C1–S2 is 1.80 Å long, expected about 1.55 Å/],
    ["S=S", 2.06, 1.889, /S1–S2 is 2.06 Å long/],
    ["N=S", 1.715, 1.54, /N1–S2 is 1.72 Å long/],
    ["[P]=[P]", 2.18, 2.03, /P1–P2 is 2.18 Å long/],
    ["[C]=[P]", 1.79, 1.67, /C1–P2 is 1.79 Å long/],
  ] as const)(
    "of %s at a minimum of MMFF94 is judged more strictly: %s Å",
    (smiles, wrong, right, message) => {
      const at = (length: number) =>
        implausibility(graphOf(smiles), [0, 0, 0, 0, 0, length, 0.95, 0, -0.4], "MMFF94");
      expect(at(wrong)).toMatch(message);
      expect(at(right)).toBeUndefined();
    },
  );

  it.each([
    [
      "water in Å",
      { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0.757, 0.587, 0, -0.757, 0.587] },
      undefined,
    ],
    [
      "water in bohr",
      { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0, 0, 1.43, 1.11, 0, -1.43, 1.11] },
      /O1 and H2, are 1.81 Å apart.*in Å\?/,
    ],
    [
      "water in nm",
      { symbols: ["O", "H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0.0757, 0.0587, 0, -0.0757, 0.0587] },
      /not plausible: O1 and H2 are 0.10 Å/,
    ],
    ["an atom", { symbols: ["O"], coordinates_angstrom: [0, 0, 0] }, undefined],
    ["helium dimer", { symbols: ["He", "He"], coordinates_angstrom: [0, 0, 0, 0, 0, 2.97] }, undefined],
  ])("of a file's geometry: %s", (_, geometry, odd) => {
    const found = geometryOddities(geometry);
    if (odd === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(odd)]);
  });
});

describe("Covalent radii", () => {
  // Measured lengths, Å (NIST CCCBDB).
  it.each([
    ["C", "C", 1, 1.536],
    ["C", "C", 2, 1.339],
    ["C", "C", 3, 1.203],
    ["C", "C", 1.5, 1.397],
    ["C", "O", 3, 1.128],
    ["N", "N", 3, 1.098],
    ["S", "F", 1, 1.561],
    ["P", "Cl", 1, 2.04],
    ["Si", "O", 2, 1.51],
    ["Br", "Br", 1, 2.281],
    ["Kr", "F", 1, 1.88],
    ["Na", "Cl", 1, 2.361],
    ["I", "I", 1, 2.666],
  ])("of %s and %s, order %d: %d Å within 9 %%", (a, b, order, measured) => {
    const z = (symbol: string): number => ELEMENT_SYMBOLS.indexOf(symbol) + 1;
    expect(Math.abs(expectedBondLength(z(a), z(b), order) / measured - 1)).toBeLessThan(0.09);
  });
});

describe("Electron pairs", () => {
  it.each([
    ["H", 1],
    ["Be", 2],
    ["C", 4],
    ["Ne", 8],
    ["S", 6],
    ["Ga", 3],
    ["Kr", 8],
    ["Xe", 8],
    ["Ni", undefined],
    ["Zn", undefined],
  ])("of %s: %s valence electrons", (symbol, electrons) => {
    expect(valenceElectrons(ELEMENT_SYMBOLS.indexOf(symbol) + 1)).toBe(electrons);
  });

  it.each([
    ["FS(F)(F)F", 1, { bonded: 4, lonePairs: 1 }],
    ["O", 0, { bonded: 2, lonePairs: 2 }],
    ["[C-]#[O+]", 0, { bonded: 1, lonePairs: 1 }],
    ["C[S@](=O)CC", 1, { bonded: 3, lonePairs: 1 }],
    ["[NH4+]", 0, { bonded: 4, lonePairs: 0 }],
    ["[CH3]", 0, undefined],
  ])("of %s, atom %i", (smiles, atom, domains) => {
    expect(electronDomains(graphOf(smiles).atoms[atom]!)).toEqual(domains);
  });
});
