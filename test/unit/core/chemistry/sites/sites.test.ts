import { describe, expect, it } from "vitest";
import { type BondBreak, bondBreaks } from "#core/chemistry/sites/bond-breaks.ts";
import { ionPoses } from "#core/chemistry/sites/ion-poses.ts";
import { markedBond } from "#core/chemistry/sites/marked-bond.ts";
import { probePoses } from "#core/chemistry/sites/probe-poses.ts";
import { protomers } from "#core/chemistry/sites/protonation.ts";
import { type Tautomer, tautomers } from "#core/chemistry/sites/tautomers.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { CARBON_DIOXIDE, ion, type Probe, WATER } from "#core/quantum/properties/probes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { conformer } from "../open.ts";

const rdkit = await loadRdkit();

type Vector = [number, number, number];
const at = ({ coordinates_angstrom: x }: Geometry, atom: number): Vector =>
  x.slice(3 * atom, 3 * atom + 3) as Vector;
const distance = (a: Vector, b: Vector): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
/** Degrees, at the second atom. */
function angle(geometry: Geometry, a: number, b: number, c: number): number {
  const [x, y, z] = [a, b, c].map((atom) => at(geometry, atom)) as [Vector, Vector, Vector];
  const [p, q, r] = [distance(x, y), distance(z, y), distance(x, z)];
  return (Math.acos((p * p + q * q - r * r) / (2 * p * q)) * 180) / Math.PI;
}
const formula = ({ symbols }: Geometry): string => [...symbols].sort().join("");

describe("protomers", () => {
  it.each([
    ["O", "O"],
    ["N", "N"],
    ["CC", ""],
    ["CO", "O"],
    ["CC(C)=O", "O"],
    ["CC#N", "N"],
    ["C=C", "Cπ"],
    ["c1ccccc1", "Cπ"],
    ["c1ccncc1", "Cπ Cπ Cπ N"],
    ["Oc1ccccc1", "Cπ Cπ Cπ Cπ O"],
    // Beside either of the carbonyl's neighbours, with the methoxyl group turned aside, and at its oxygen.
    ["COC=O", "O O O O"],
    // Methyl groups of an amide that change places are no other start.
    ["CN(C)C=O", "N O O"],
    ["COC(=O)OC", "O O O"],
    ["C[N+](=O)[O-]", "O O"],
    ["[C-]#[O+]", "C O"],
  ])("of %s are at %s", (smiles, expected) => {
    const { molblock, geometry } = conformer(smiles);
    const sites = protomers(molblock).map(
      ({ atom, site }) => geometry.symbols[atom]! + (site === "pi" ? "π" : ""),
    );
    expect(sites.sort().join(" ")).toBe(expected);
  });

  it("keep the molecule where it is and add a proton at a bond's length from its atom, away from all others", () => {
    const { molblock, geometry } = conformer("CC(N)=O");
    const found = protomers(molblock);
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const { atom, geometry: ion } of found) {
      const proton = geometry.symbols.length;
      expect(ion.symbols).toEqual([...geometry.symbols, "H"]);
      expect(ion.coordinates_angstrom.slice(0, 3 * proton)).toEqual(geometry.coordinates_angstrom);
      const away = geometry.symbols.map((_, k) => distance(at(ion, k), at(ion, proton)));
      expect(away[atom]).toBeCloseTo(geometry.symbols[atom] === "N" ? 1.03 : 0.95, 2);
      expect(Math.min(...away.filter((_, k) => k !== atom))).toBeGreaterThan(1.3);
    }
  });

  it("have room for the proton at a carbonate's C=O, whose methoxyl groups both point there", () => {
    const { molblock, geometry } = conformer("COC(=O)OC");
    const isBonded = (a: number, b: number) => a !== b && distance(at(geometry, a), at(geometry, b)) < 1.6;
    const oxygen = geometry.symbols.findIndex(
      (symbol, k) => symbol === "O" && geometry.symbols.filter((_, l) => isBonded(k, l)).length === 1,
    );
    const proton = geometry.symbols.length;
    const nearestCarbon = protomers(molblock)
      .filter(({ geometry: ion }) => distance(at(ion, proton), at(geometry, oxygen)) < 1.1)
      .map(({ geometry: ion }) =>
        Math.min(
          ...ion.symbols.flatMap((symbol, k) =>
            symbol === "C" && distance(at(ion, k), at(geometry, oxygen)) > 1.5
              ? [distance(at(ion, k), at(ion, proton))]
              : [],
          ),
        ),
      );
    expect(Math.min(...nearestCarbon)).toBeLessThan(2.6);
    expect(Math.max(...nearestCarbon)).toBeGreaterThan(3);
    for (const { geometry: ion } of protomers(molblock))
      for (const k of ion.symbols.keys())
        for (const l of ion.symbols.keys())
          if (l < k) expect(distance(at(ion, k), at(ion, l))).toBeGreaterThan(0.9);
  });

  it("of a carbonyl lie in its plane, 120° from the bond", () => {
    const { molblock } = conformer("C=O");
    const { geometry } = protomers(molblock)[0]!;
    expect(angle(geometry, 0, 1, 4)).toBeCloseTo(120, 0);
    const [c, o, h1, h2, proton] = [0, 1, 2, 3, 4].map((atom) => at(geometry, atom)) as Vector[];
    const volume = (a: Vector, b: Vector, d: Vector): number =>
      a[0] * (b[1] * d[2] - b[2] * d[1]) +
      a[1] * (b[2] * d[0] - b[0] * d[2]) +
      a[2] * (b[0] * d[1] - b[1] * d[0]);
    const from = (x: Vector): Vector => [x[0] - c![0], x[1] - c![1], x[2] - c![2]];
    expect(Math.abs(volume(from(o!), from(h1!), from(proton!)))).toBeLessThan(0.05);
    expect(Math.abs(volume(from(o!), from(h2!), from(proton!)))).toBeLessThan(0.05);
  });

  it("of pyridine's nitrogen lie in the ring's plane, on the axis", () => {
    const { molblock, geometry } = conformer("c1ccncc1");
    const nitrogen = geometry.symbols.indexOf("N");
    const ion = protomers(molblock).find(({ atom }) => atom === nitrogen)!.geometry;
    const around = geometry.symbols.flatMap((_, k) =>
      k !== nitrogen && distance(at(geometry, k), at(geometry, nitrogen)) < 1.5 ? [k] : [],
    );
    const angles = around.map((neighbour) => angle(ion, neighbour, nitrogen, geometry.symbols.length));
    for (const each of angles) expect(each).toBeGreaterThan(118);
    expect(angles[0]! + angles[1]! + angle(ion, around[0]!, nitrogen, around[1]!)).toBeCloseTo(360, 0);
  });
});

describe("tautomers", () => {
  /** The SMILES of each form, RDKit reading bonds and hydrogens. */
  function smilesOf({ graph }: Tautomer): string {
    const { geometry, bonds, atoms } = graph;
    const column = (n: number | string, width: number): string => String(n).padStart(width);
    const lines = [
      ...[
        "",
        "",
        "",
        `${column(atoms.length, 3)}${column(bonds.length, 3)}  0  0  0  0  0  0  0  0999 V2000`,
      ],
      ...geometry.symbols.map((symbol) => `    0.0000    0.0000    0.0000 ${symbol.padEnd(3)} 0  0`),
      ...bonds.map(({ atoms: [a, b], order }) => [a + 1, b + 1, order, 0].map((n) => column(n, 3)).join("")),
      "M  END",
    ];
    using mol = rdkit.get_mol(lines.join("\n"), JSON.stringify({ removeHs: true }));
    return mol!.get_smiles();
  }
  it.each([
    ["CC(C)=O", ["C=C(C)O"]],
    ["C=C(C)O", ["CC(C)=O"]],
    ["NC=O", ["N=CO"]],
    ["Oc1ccccn1", ["O=C1C=CC=CN1", "O=C1C=CCC=N1", "O=C1CC=CC=N1"]],
    ["O=c1cccc[nH]1", ["O=C1C=CCC=N1", "O=C1CC=CC=N1", "Oc1ccccn1"]],
    ["Cc1c[nH]cn1", ["Cc1cnc[nH]1"]],
    ["CC(=O)CC(C)=O", ["CC(=O)C=C(C)O"]],
    // Nothing to shift, or to itself.
    ["CO", []],
    ["CC=CC", []],
    ["NC(N)=N", []],
  ])("of %s are %s", (smiles, expected) => {
    const found = new Set(tautomers(conformer(smiles).molblock).map(smilesOf));
    using mol = rdkit.get_mol(smiles);
    const canonical = expected.map((each) => rdkit.get_mol(each)!.get_smiles());
    for (const each of canonical) expect([...found]).toContain(each);
    if (canonical.length !== 1) expect(found.size).toBe(canonical.length);
    expect(found.has(mol!.get_smiles())).toBe(false);
  });

  it("keep every atom but the hydrogen that moves, which is at a bond's length from where it went", () => {
    const { molblock, geometry } = conformer("NC=O");
    const [first] = tautomers(molblock);
    expect(first!.name).toBe("H4 from N1 to O3");
    const { geometry: moved } = first!.graph;
    expect(moved.symbols).toEqual(geometry.symbols);
    for (const atom of [0, 1, 2, 4, 5]) expect(at(moved, atom)).toEqual(at(geometry, atom));
    expect(distance(at(moved, 3), at(moved, 2))).toBeCloseTo(0.95, 2);
  });
});

describe("broken bonds", () => {
  const pieces = ({ fragments }: BondBreak): string =>
    fragments
      .map(
        ({ geometry, charge, multiplicities }) =>
          `${formula(geometry)} ${charge} ${multiplicities.join("/")}`,
      )
      .sort()
      .join(" + ");
  it.each([
    ["CO", ["CHHH 0 2 + HO 0 2", "CHHHO 0 2 + H 0 2", "CHHHO 0 2 + H 0 2"]],
    ["CC", ["CCHHHHH 0 2 + H 0 2", "CHHH 0 2 + CHHH 0 2"]],
    ["[CH3]", ["CHH 0 3/1 + H 0 2"]],
    // A ring's own bonds leave one piece.
    ["C1CC1", ["CCCHHHHH 0 2 + H 0 2"]],
    // N⁺–O⁻ is a double bond in the other resonance structure.
    ["C[N+](=O)[O-]", ["CHHH 0 2 + NOO 0 2", "CHHNOO 0 2 + H 0 2"]],
  ])("of %s leave neutral radicals", (smiles, expected) => {
    const found = bondBreaks(conformer(smiles).molblock).map(pieces).sort();
    expect(found).toEqual([...expected].sort());
  });

  it.each([
    ["C=O", "[CH2:1]=[O:2]", ["CHH 0 3/1 + O 0 3/1"]],
    ["C=O", "[CH2:1]=O", undefined],
    ["CO", "C[OH:1]", undefined],
    ["CCO", "C[CH2:2][OH:1]", ["CCHHHHH 0 2 + HO 0 2"]],
    ["CCO", "[OH:1][CH2:2]C", ["CCHHHHH 0 2 + HO 0 2"]],
    ["CCO", "CC[O:1][H:2]", ["CCHHHHHO 0 2 + H 0 2"]],
    ["CCO", "C([H:2])([H])[CH2:1]O", undefined],
    ["C#N", "[CH:1]#[N:2]", ["CH 0 4/2 + N 0 4/2"]],
    ["C1CC1", "[CH2:1]1C[CH2:2]1", []],
    ["CCO", "[CH3:1][NH2:2]", undefined],
  ])("of %s as %s marks it, of any order", (smiles, mapped, expected) => {
    const { molblock } = conformer(smiles);
    const marked = markedBond(rdkit, mapped, molblock);
    expect(marked && bondBreaks(molblock, { marked }).map(pieces)).toEqual(expected);
  });

  /** Ground states: NH ³Σ⁻ → N ⁴S, CH ⁴Σ⁻ → C ³P, O₂ ³Σg⁻ → 2 O ³P, MnH ⁷Σ⁺ → Mn ⁶S. */
  it.each([
    ["[NH]", 0, 3, "H 0 2 + N 0 4/2"],
    ["[CH]", 0, 4, "C 0 5/3/1 + H 0 2"],
    ["[O][O]", 0, 3, "O 0 3/1 + O 0 3/1"],
    // Unpaired by what is said of the molecule alone.
    ["CC", 0, 3, "CHHH 0 4/2 + CHHH 0 4/2"],
    // A fluorine atom has room for one.
    ["CF", 0, 3, "CHHH 0 4/2 + F 0 2"],
  ])(
    "of %s with charge %i and multiplicity %i leave pieces in their ground spins: %s",
    (smiles, charge, multiplicity, expected) => {
      const found = bondBreaks(conformer(smiles).molblock, { electrons: { charge, multiplicity } });
      expect(found.map(pieces)).toContain(expected);
    },
  );

  it.each([
    ["CO", 1, 2, ["CHHH 0 2 + HO 1 3/1", "CHHH 1 3/1 + HO 0 2"]],
    ["CO", 2, 1, ["CHHH 0 2 + HO 2 4/2", "CHHH 1 3/1 + HO 1 3/1", "CHHH 2 4/2 + HO 0 2"]],
    // Shells that are full take no more, and no electron of them is unpaired.
    ["CF", -1, 2, ["CHHH -1 3/1 + F 0 2", "CHHH 0 2 + F -1 1"]],
    ["[H][H]", 1, 2, ["H 0 2 + H 1 1"]],
    // Stated by the structure it stays where that has it.
    ["C[NH3+]", 1, 1, ["CHHH 0 2 + HHHN 1 2"]],
    ["C[O]", 0, 2, ["CHHH 0 2 + O 0 3/1"]],
  ])(
    "of %s with charge %i and multiplicity %i share what the structure does not state",
    (smiles, charge, multiplicity, expected) => {
      const found = bondBreaks(conformer(smiles).molblock, { electrons: { charge, multiplicity } });
      const heavy = found.filter(({ atoms }) => atoms.every((atom) => atom < 2));
      expect(heavy.map(pieces).sort()).toEqual(expected);
      for (const { added, fragments } of found) {
        expect(fragments[0].charge + fragments[1].charge).toBe(charge);
        if (added) expect(added[0] + added[1]).toBe(charge);
      }
    },
  );

  it.each([
    [1, 2, ["0 1"]],
    [2, 1, ["0 2", "1 1"]],
  ])(
    "between equal pieces share %i e with multiplicity %i once a way: dimethyl peroxide",
    (charge, multiplicity, expected) => {
      const found = bondBreaks(conformer("COOC").molblock, { electrons: { charge, multiplicity } });
      const between = found.filter(({ atoms }) => atoms.join() === "1,2");
      expect(between.map(({ added }) => added!.toSorted().join(" ")).sort()).toEqual(expected);
      // Carbon and oxygen are none of each other's mirror image.
      const beside = found.filter(({ atoms }) => atoms.join() === "0,1");
      expect(beside).toHaveLength(charge + 1);
    },
  );

  it("leave the same atom wherever it came from", () => {
    const atoms = bondBreaks(conformer("CO").molblock)
      .flatMap(({ fragments }) => fragments)
      .filter(({ geometry }) => geometry.symbols.length === 1);
    expect(atoms).toHaveLength(2);
    for (const { geometry } of atoms)
      expect(geometry).toEqual({ symbols: ["H"], coordinates_angstrom: [0, 0, 0] });
  });
});

describe("poses of an ion", () => {
  it.each([
    ["O", 1],
    ["CC#N", 1],
    ["C=C", 1],
    // No lone pair and no π bond: around it.
    ["CC", 3],
  ])("at %s: %i", (smiles, expected) => {
    expect(ionPoses(conformer(smiles).molblock, "Li")).toHaveLength(expected);
  });

  it("reach both oxygens that can hold the ion together, and a π face", () => {
    const near = (smiles: string, symbol: string, reach: number): number => {
      const { molblock, geometry } = conformer(smiles);
      const counts = ionPoses(molblock, "Na").map(
        ({ at: ion }) =>
          geometry.symbols.filter((s, k) => s === symbol && distance(at(geometry, k), ion as Vector) < reach)
            .length,
      );
      return Math.max(...counts);
    };
    expect(near("O=CC=O", "O", 2.6)).toBeGreaterThanOrEqual(1);
    expect(near("c1ccccc1", "C", 2.75)).toBeGreaterThanOrEqual(2);
  });
});

describe("poses of a probe", () => {
  const poses = (smiles: string, probe: Probe) => {
    const { molblock, geometry } = conformer(smiles);
    const n = geometry.symbols.length;
    return probePoses(molblock, probe).map(({ geometry: both }) => {
      const pairs = geometry.symbols.flatMap((a, i) =>
        probe.geometry.symbols.map((b, j) => ({
          pair: `${a}…${b}`,
          away: distance(at(both, i), at(both, n + j)),
        })),
      );
      const [nearest] = pairs.sort((x, y) => x.away - y.away);
      return { both, n, nearest: nearest! };
    });
  };
  const meetings = (smiles: string, probe: Probe): string[] =>
    [...new Set(poses(smiles, probe).map(({ nearest }) => nearest.pair))].sort();

  it.each([
    // Water gives a hydrogen and takes one.
    ["O", WATER, ["H…O", "O…H"]],
    ["N", WATER, ["H…O", "N…H"]],
    ["CN(C)C", WATER, ["N…H"]],
    ["C=O", WATER, ["C…O", "O…H"]],
    ["C=C", WATER, ["C…H"]],
    // Nothing else attracts: its hydrogens.
    ["C", WATER, ["H…O"]],
    ["O", CARBON_DIOXIDE, ["H…O", "O…C"]],
    ["O", ion("Li", 1), ["O…Li"]],
    ["O", ion("Cl", -1), ["H…Cl"]],
  ])("at %s of %o bring together what attracts", (smiles, probe, expected) => {
    expect(meetings(smiles, probe)).toEqual(expected);
  });

  it("leave the molecule where it was and the probe's shape as it is, with room, the same every time", () => {
    const { geometry } = conformer("CC(N)=O");
    const found = poses("CC(N)=O", WATER);
    expect(found.length).toBeGreaterThan(4);
    for (const { both, n, nearest } of found) {
      expect(both.coordinates_angstrom.slice(0, 3 * n)).toEqual(geometry.coordinates_angstrom);
      const bonds = [1, 2].map((h) => distance(at(both, n), at(both, n + h)));
      for (const bond of bonds) expect(bond).toBeCloseTo(0.957, 3);
      expect(angle(both, n + 1, n, n + 2)).toBeCloseTo(104.5, 0);
      expect(nearest.away).toBeGreaterThan(1.6);
      expect(nearest.away).toBeLessThan(3);
    }
    expect(poses("CC(N)=O", WATER).map(({ both }) => both)).toEqual(found.map(({ both }) => both));
  });
});
