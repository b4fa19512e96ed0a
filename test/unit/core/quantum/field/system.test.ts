import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem, withElectrons } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { checkActiveSpace } from "#core/quantum/space/active-space-size.ts";
import { referenceBasis, resources } from "../chemistry-reference.ts";

const open = async (symbols: string[], coordinates_angstrom: number[], rest = {}) =>
  openSystem({
    geometry: { symbols, coordinates_angstrom },
    charge: 0,
    multiplicity: 1,
    basis: await referenceBasis("sto-3g"),
    ...rest,
  });

it.each([
  ["pure", 18, 14],
  ["cartesian", 19, 15],
] as const)(
  "water in 6-31G* with %s d functions has %i of them, %i on oxygen",
  async (functions, all, own) => {
    const basis = await loadBasisSet(resources, "6-31g*", functions);
    using system = await open(["H", "O", "H"], [0.76, 0.59, 0, 0, 0, 0, -0.76, 0.59, 0], { basis });
    expect(system.nBasis).toBe(all);
    expect([...system.functionAtoms]).toEqual([0, 0, ...new Array<number>(own).fill(1), 2, 2]);
  },
);

describe("a system that cannot be computed is refused with the reason", () => {
  it.each([
    [
      "overlapping atoms",
      ["H", "H"],
      [0, 0, 0, 0, 0, 0.05],
      {},
      /Atoms 1 \(H\) and 2 \(H\) overlap.*0\.1 Å.*0\.0500 Å/,
    ],
    ["coordinates that are no numbers", ["H", "H"], [0, 0, 0, 0, 0, Number.NaN], {}, /Atom 2.*finite.*NaN/],
    ...[1e154, 1e300, -100_001].map((far): [string, string[], number[], object, RegExp] => [
      `a coordinate of ${far} Å`,
      ["H", "H"],
      [0, 0, 0, 0, 0, far],
      {},
      /Atom 2 \(H\): expected coordinates within ±100000 Å, got 0, 0, /,
    ]),
    ["missing coordinates", ["H", "H"], [0, 0, 0], {}, /6 coordinates, got 3/],
    ["an unknown element", ["Xx"], [0, 0, 0], {}, /Atom 1: expected an element from H to Xe, got "Xx"/],
    ["an element without functions", ["Xe"], [0, 0, 0], {}, /STO-3G has no functions for Xe/],
    [
      "an odd number of electrons in a singlet",
      ["H"],
      [0, 0, 0],
      {},
      /1 electrons .* multiplicity 1.*even multiplicity/,
    ],
    ["more unpaired electrons than there are", ["H"], [0, 0, 0], { multiplicity: 4 }, /multiplicity 4/],
    ["more electrons taken than there are", ["H"], [0, 0, 0], { charge: 2 }, /charge of at most 1, got 2/],
    ["more electrons than functions", ["He"], [0, 0, 0], { charge: -2 }, /2 electrons of one spin/],
    ...(
      [
        ["1e-8 Å from a nucleus", [0, 0, 1e-8], 1, /charge 1 lies on atom 1 \(H\).*0\.1 Å, got 1\.0e-8 Å/],
        ["on a nucleus", [0, 0, 0.74], -0.5, /charge 1 lies on atom 2 \(H\)/],
        ["of 1e308 e", [0, 0, 5], 1e308, /charge 1: expected a charge within ±1000000 e, got 1e\+308/],
        ["that is no number", [0, 0, 5], Number.NaN, /charge 1: expected a charge within .*, got NaN/],
        [
          "infinitely far",
          [0, 0, 1 / 0],
          1,
          /charge 1: expected coordinates within ±100000 Å, got 0, 0, Infinity/,
        ],
        ["without a place", [], 1, /1 point charges need 3 coordinates, got 0/],
      ] as const
    ).map(([what, coordinates_angstrom, charge, message]): [string, string[], number[], object, RegExp] => [
      `a point charge ${what}`,
      ["H", "H"],
      [0, 0, 0, 0, 0, 0.74],
      { pointCharges: { coordinates_angstrom, charges: [charge] } },
      message,
    ]),
    ["matrices beyond the memory", ["Ar"], [0, 0, 0], { memoryBytes: 1000 }, /need .* GiB for matrices/],
  ])("%s", async (_, symbols, coordinates, rest, message) => {
    await expect(open(symbols, coordinates, rest)).rejects.toThrow(message);
  });

  it("but a point charge may lie on a ghost, and one of 0 e anywhere", async () => {
    const rest = { ghosts: [1], charge: 0, multiplicity: 2 };
    const at = (charge: number, z: number) => ({ coordinates_angstrom: [0, 0, z], charges: [charge] });
    const energy = async (pointCharges: object) => {
      using system = await open(["H", "H"], [0, 0, 0, 0, 0, 0.74], { ...rest, pointCharges });
      return hartreeFock(system).energy_hartree;
    };
    const alone = await energy(at(0, 0));
    // a proton on the ghost makes H₂⁺ of it
    using ion = await open(["H", "H"], [0, 0, 0, 0, 0, 0.74], { charge: 1, multiplicity: 2 });
    expect(await energy(at(1, 0.74))).toBeCloseTo(hartreeFock(ion).energy_hartree, 9);
    expect(alone).toBeLessThan(-0.46);
  });

  it("an unknown basis set, with those that are known", async () => {
    await expect(loadBasisSet(resources, "7-31g")).rejects.toThrow(
      /Unknown basis set "7-31g".*sto-3g, minix, 6-31g/,
    );
  });

  it("a linearly dependent basis", async () => {
    using system = await open(["H", "H"], [0, 0, 0, 0, 0, 1], { multiplicity: 1 });
    const once = hartreeFock(system);
    const { elements, ...dependent } = await referenceBasis("sto-3g");
    const doubled = {
      ...dependent,
      elements: { H: [...elements.H!, ...elements.H!] },
    };
    using twice = await open(["H", "H"], [0, 0, 0, 0, 0, 1], { basis: doubled });
    const found = hartreeFock(twice);
    expect([found.outcome, found.droppedFunctions]).toEqual(["converged", 2]);
    expect(found.energy_hartree).toBeCloseTo(once.energy_hartree, 10);
    using quartet = await open(["H", "H"], [0, 0, 0, 0, 0, 1], {
      multiplicity: 4,
      charge: -1,
      basis: doubled,
    });
    expect(() => hartreeFock(quartet)).toThrow(/linearly dependent: expected at least 3 .*got 2/);
  });

  it("an active space that does not fit", async () => {
    using system = await open(["H", "H"], [0, 0, 0, 0, 0, 0.74]);
    const scf = hartreeFock(system);
    expect(frontierActiveSpace(scf, { nelec: 2, norb: 2 }).orbitals).toEqual([0, 1]);
    expect(() => frontierActiveSpace(scf, { nelec: 4, norb: 4 })).toThrow(
      /\(4e,4o\) does not fit: expected at most 2/,
    );
    expect(() => frontierActiveSpace(scf, { nelec: 2, norb: 3 })).toThrow(/expected at most 2 orbitals/);
    expect(() => frontierActiveSpace(scf, { nelec: 1, norb: 2 })).toThrow(/whole pairs/);
  });
});

describe("an active space that is too large", () => {
  it.each([
    [{ nelec: 16, norb: 16 }, "(14e,14o)"],
    [{ nelec: 40, norb: 40 }, "(14e,14o)"],
    [{ nelec: 2, norb: 60 }, "(2e,31o)"],
  ])("%j is refused with one that fits", (size, fitting) => {
    const molecule = { nelec: [40, 40] as const, nOrbitals: 120 };
    expect(() => checkActiveSpace(size, molecule)).toThrow(
      expect.objectContaining({
        code: "not-supported",
        message: expect.stringContaining(`${fitting} would fit`),
      }),
    );
    const [, nelec, norb] = /(\d+)e,(\d+)o/.exec(fitting)!;
    expect(() => checkActiveSpace({ nelec: Number(nelec), norb: Number(norb) }, molecule)).not.toThrow();
  });
});

describe("a calculation", () => {
  it.each([2 ** 31, 2 ** 32, -1, 1.5, Number.NaN])(
    "refuses a limit of %d iterations",
    async (maxIterations) => {
      using system = await open(["H", "H"], [0, 0, 0, 0, 0, 0.74]);
      expect(() => hartreeFock(system, { maxIterations })).toThrow(/expected an integer up to 10000, got/);
    },
  );

  it("stops with AbortError when its control block asks", async () => {
    const control = createControlBlock();
    requestCancel(control);
    using system = await open(["H", "H"], [0, 0, 0, 0, 0, 0.74], { control });
    expect(() => hartreeFock(system)).toThrow(expect.objectContaining({ name: "AbortError" }));
  });

  it("reports its iterations in the control block", async () => {
    const control = createControlBlock();
    using system = await open(["O", "H", "H"], [0, 0, 0.12, 0, 0.76, -0.47, 0, -0.76, -0.47], { control });
    const scf = hartreeFock(system);
    expect([...control]).toEqual([0, scf.iterations, 100, 2]);
  });
});

describe("a system with other electrons", () => {
  const water = [
    ["O", "H", "H"],
    [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
  ] as const;
  const openWater = (rest: object) => open([...water[0]], [...water[1]], rest);

  it("has the bits of one that was opened by itself, whatever was computed before in the same integrals", async () => {
    using cation = await openWater({ charge: 1, multiplicity: 2 });
    using molecule = withElectrons(cation, { charge: 0, multiplicity: 1 });
    using alone = await openWater({ charge: 1, multiplicity: 2 });
    using moleculeAlone = await openWater({});
    expect(hartreeFock(molecule)).toEqual(hartreeFock(moleculeAlone));
    const found = hartreeFock(cation);
    expect(found.storedIntegralBytes).toBeGreaterThan(0);
    expect(found).toEqual(hartreeFock(alone));
  });

  it("goes on when the other is closed", async () => {
    using cation = await openWater({ charge: 1, multiplicity: 2 });
    const molecule = withElectrons(cation, { charge: 0, multiplicity: 1 });
    const before = hartreeFock(cation);
    molecule[Symbol.dispose]();
    expect(hartreeFock(cation)).toEqual(before);
  });

  it("is refused where the electrons do not go with the spin, or have no room", async () => {
    using system = await openWater({});
    expect(() => withElectrons(system, { charge: 1, multiplicity: 1 })).toThrow(
      /even multiplicity .*; the least is --multiplicity 2\.$/,
    );
    expect(() => withElectrons(system, { charge: -8, multiplicity: 1 })).toThrow(/9 electrons of one spin/);
  });
});
