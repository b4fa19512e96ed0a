import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { hartreeFock, oneElectronIntegrals } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { ChosenSpace } from "#core/quantum/space/active-space.ts";
import { withNeededOrbitals } from "#core/quantum/space/needed-orbitals.ts";
import type { ActiveSpaceRequest } from "#shared/quantum/active-space.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { koopmansWarning } from "#shared/quantum/koopmans.ts";
import { toElectronVolt } from "#shared/units.ts";
import { evaluateVerticalIonisation } from "../../vertical-ionisation.ts";
import { resources } from "../chemistry-reference.ts";

const HYDROGEN_SULPHIDE = {
  symbols: ["S", "H", "H"],
  coordinates_angstrom: [0, 0, 0.1035, 0, 0.9616, -0.8276, 0, -0.9616, -0.8276],
};
/** In the plane x = 0: its highest occupied orbital is the lone pair in the plane, not of π symmetry. */
const FORMALDEHYDE = {
  symbols: ["O", "C", "H", "H"],
  coordinates_angstrom: [0, 0, 1.205, 0, 0, 0, 0, 0.9429, -0.5876, 0, -0.9429, -0.5876],
};
const PI: ActiveSpaceRequest = { rule: "avas", targets: ["C 2px", "O 2px"], threshold: 0.2 };

const request = (geometry: EnergyRequest["geometry"], activeSpace: ActiveSpaceRequest): EnergyRequest => ({
  ...{ geometry, charge: 0, multiplicity: 1, basis: "6-31g", method: "casci", activeSpace },
  ...{ ansatz: "uccsd", maxIterations: 300 },
});

async function ionisation(asked: EnergyRequest) {
  const result = await evaluateEnergy({ ...asked, ions: ["cation"] }, { resources });
  const [ion] = result.ions;
  const energy = ion!.casci.energy_hartree - result.casci!.energy_hartree;
  return { result, energy_ev: toElectronVolt(energy), koopmans_ev: toElectronVolt(ion!.koopmans_hartree) };
}

describe("an ionisation in AVAS orbitals", () => {
  it("leaves the chemical core out: H2S in the 3p of sulphur", async () => {
    const { result, energy_ev } = await ionisation(
      request(HYDROGEN_SULPHIDE, { rule: "avas", targets: ["S 3p"], threshold: 0.2 }),
    );
    expect(Math.abs(energy_ev - 10.29)).toBeLessThan(0.05);
    expect(Math.min(...result.activeSpace!.orbitals)).toBeGreaterThanOrEqual(5);
  });

  it("adds the highest occupied orbital where the rule leaves it out", async () => {
    const alone = await evaluateEnergy(request(FORMALDEHYDE, PI), { resources });
    expect(alone.activeSpace).toMatchObject({ nelec: 2, norb: 2 });
    const { result, energy_ev, koopmans_ev } = await ionisation(request(FORMALDEHYDE, PI));
    expect(result.activeSpace).toMatchObject({ nelec: 4, norb: 3, orbitals: [6, 7, 8] });
    expect(result.activeSpace!.reason).toContain(
      "highest occupied orbital, which an ionisation empties, 100 %",
    );
    // The hole is in an orbital that correlates with π alone: near Koopmans, and far from the π ionisation.
    expect(Math.abs(energy_ev - koopmans_ev)).toBeLessThan(1);
  });

  it("adds the lowest empty orbital for an attachment", async () => {
    const hydrogens: ActiveSpaceRequest = { rule: "avas", targets: ["H 1s"], threshold: 0.2 };
    const asked = request(FORMALDEHYDE, hydrogens);
    const alone = await evaluateEnergy(asked, { resources });
    const { activeSpace, casci, ions } = await evaluateEnergy({ ...asked, ions: ["anion"] }, { resources });
    const { nelec, norb } = alone.activeSpace!;
    expect(activeSpace).toMatchObject({ nelec, norb: norb + 1 });
    expect(activeSpace!.reason).toContain("lowest empty orbital, which an attachment fills, 100 %");
    const affinity = casci!.energy_hartree - ions[0]!.casci.energy_hartree;
    expect(Math.abs(toElectronVolt(affinity - ions[0]!.koopmans_hartree))).toBeLessThan(1);
  });

  it("leaves a window of Hartree–Fock orbitals as it was asked for", async () => {
    const { result } = await ionisation(request(FORMALDEHYDE, { nelec: 4, norb: 4 }));
    expect(result.activeSpace).toMatchObject({ nelec: 4, norb: 4, orbitals: [6, 7, 8, 9] });
  });
});

it("the orbital that was missing becomes one active column, and all stay orthonormal", async () => {
  const basis = await loadBasisSet(resources, "sto-3g");
  using system = openSystem({ geometry: FORMALDEHYDE, charge: 0, multiplicity: 1, basis });
  const scf = hartreeFock(system);
  const { nBasis } = system;
  const { overlap } = oneElectronIntegrals(system);
  const inner = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, x, i) => sum + x * b.reduce((s, y, j) => s + overlap[i * nBasis + j]! * y, 0), 0);
  const column = (c: Float64Array, k: number) =>
    Float64Array.from({ length: nBasis }, (_, i) => c[i * nBasis + k]!);
  const [first] = scf.orbitals;
  const homo = scf.nelec[0] - 1;
  // The orbitals below and above the middle pair turned among themselves, so that none is canonical.
  const turned = first.slice();
  const turn = (p: number, q: number) => {
    for (let row = 0; row < turned.length; row += nBasis) {
      const [x, y] = [turned[row + p]!, turned[row + q]!];
      [turned[row + p], turned[row + q]] = [0.8 * x + 0.6 * y, 0.8 * y - 0.6 * x];
    }
  };
  for (let k = 0; k < homo - 1; k++) turn(k, homo);
  turn(homo + 1, homo + 3);
  turn(homo + 1, homo + 4);
  // Of two electrons in the orbital below the highest and the one above the lowest empty.
  const order = Array.from({ length: nBasis }, (_, k) => k).filter((k) => k !== homo - 1 && k !== homo + 2);
  order.splice(homo, 0, homo - 1, homo + 2);
  const arranged = turned.map((_, at) => turned[at - (at % nBasis) + order[at % nBasis]!]!);
  const space = { nelec: 2, norb: 2, orbitals: [homo, homo + 1], naturalOccupations: [1.9, 0.1] };
  const chosen = { space, orbitals: { nelec: scf.nelec, orbitals: [arranged] } } as unknown as ChosenSpace;
  for (const [kind, missing, expected] of [
    [
      "cation",
      homo,
      { nelec: 4, norb: 3, orbitals: [homo - 1, homo, homo + 1], naturalOccupations: [2, 1.9, 0.1] },
    ],
    [
      "anion",
      homo + 1,
      { nelec: 2, norb: 3, orbitals: [homo, homo + 1, homo + 2], naturalOccupations: [1.9, 0.1, 0] },
    ],
  ] as const) {
    const found = withNeededOrbitals(chosen, [kind], { system, scf });
    expect(found.space).toMatchObject(expected);
    const all = found.orbitals.orbitals[0];
    for (let p = 0; p < nBasis; p++)
      for (let q = 0; q <= p; q++)
        expect(inner(column(all, p), column(all, q))).toBeCloseTo(p === q ? 1 : 0, 8);
    const held = expected.orbitals.reduce(
      (sum, k) => sum + inner(column(all, k), column(first, missing)) ** 2,
      0,
    );
    expect(held).toBeCloseTo(1, 8);
  }
});

describe("excited states in a space that lacks a frontier orbital", () => {
  const reasonOf = async (activeSpace: ActiveSpaceRequest, asked: Partial<EnergyRequest>) =>
    (await evaluateEnergy({ ...request(FORMALDEHYDE, activeSpace), ...asked }, { resources })).activeSpace!
      .reason;
  const HOMO =
    /highest occupied orbital lies outside: states that empty it, which may be lower, are not found/;
  const LUMO = /lowest empty orbital lies outside/;

  // n→π*, the lowest, 3.8 eV measured, is none of a space of π orbitals: its singlet is at 14 eV.
  it("are said to be incomplete: the lone pair of formaldehyde beside π", async () => {
    expect(await reasonOf(PI, { states: 2 })).toMatch(HOMO);
    expect(await reasonOf(PI, { states: 2 })).not.toMatch(LUMO);
    expect(await reasonOf(PI, { spinStates: [{ multiplicity: 3, count: 1 }] })).toMatch(HOMO);
    expect(await reasonOf(PI, {})).not.toMatch(HOMO);
  });

  it("in listed orbitals too, but not in a window or where the rule takes both", async () => {
    const listed = await reasonOf({ rule: "orbitals", orbitals: [5, 9] }, { states: 2 });
    expect(listed).toMatch(HOMO);
    expect(listed).toMatch(LUMO);
    expect(await reasonOf({ nelec: 2, norb: 2 }, { states: 2 })).not.toMatch(/lies outside/);
    const both: ActiveSpaceRequest = { rule: "avas", targets: ["C 2p", "O 2p"], threshold: 0.2 };
    expect(await reasonOf(both, { states: 2 })).not.toMatch(/lies outside/);
  });
});

it("a campaign's ionisation holds the highest occupied orbital too", async () => {
  const { method: _, charge: __, multiplicity: ___, ...asked } = request(FORMALDEHYDE, PI);
  const { neutral, verticalCasci_hartree, koopmans_hartree } = await evaluateVerticalIonisation(asked, {
    resources,
  });
  expect(neutral.activeSpace).toMatchObject({ nelec: 4, norb: 3 });
  expect(Math.abs(toElectronVolt(verticalCasci_hartree! - koopmans_hartree!))).toBeLessThan(1);
});

it("a value far from Koopmans' estimate is marked with both values", () => {
  const eV = 1 / toElectronVolt(1);
  expect(koopmansWarning(26.27 * eV, 10.66 * eV)).toContain(
    "26.27 eV is far from Koopmans' estimate of 10.66 eV",
  );
  expect(koopmansWarning(-4 * eV, -1 * eV, "anion")).toContain("Electron affinity of −4.00 eV");
  expect(koopmansWarning(10.29 * eV, 10.66 * eV)).toBeNull();
  expect(koopmansWarning(null, 10.66 * eV)).toBeNull();
});
