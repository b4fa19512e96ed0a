import { describe, expect, it } from "vitest";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { activeSpaceHamiltonian, chooseActiveSpace } from "#core/quantum/space/active-space.ts";
import { valenceOrbitals } from "#core/quantum/space/avas.ts";
import { excitationOrbitals } from "#core/quantum/space/excitation-orbitals.ts";
import type { ActiveSpaceRequest } from "#shared/quantum/active-space.ts";
import { resources } from "../chemistry-reference.ts";

const FORMALDEHYDE = {
  symbols: ["O", "C", "H", "H"],
  coordinates_angstrom: [0, 0, 1.205, 0, 0, 0, 0, 0.9429, -0.5876, 0, -0.9429, -0.5876],
};
const NITROGEN = { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.1] };
const HYDROXYL = { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.97] };

async function opened(geometry: typeof NITROGEN, basis: string, multiplicity = 1) {
  const system = openSystem({
    geometry,
    charge: 0,
    multiplicity,
    basis: await loadBasisSet(resources, basis),
  });
  return { system, scf: hartreeFock(system, { kind: multiplicity === 1 ? "rhf" : "rohf" }) };
}

/** PySCF 2.14.0: TDA of all singlets and triplets up to 0.05 Hartree above the third, the cores frozen, eigenvalues of the mean of X Xᵀ and Xᵀ X. */
const CASES = [
  {
    ...{ name: "formaldehyde", geometry: FORMALDEHYDE, nelec: 12, norb: 10 },
    leaving: [0.29571799, 0.29181049, 0.26634287, 0.1435059, 0.00168013, 0.00094262],
    coming: [0.97987921, 0.01196046, 0.0071134, 0.00104693],
  },
  {
    ...{ name: "nitrogen", geometry: NITROGEN, nelec: 10, norb: 8 },
    leaving: [0.39966536, 0.299860395, 0.299860395, 0.00061384861, 0],
    coming: [0.499834421, 0.499834421, 0.000331158334],
  },
];

describe("orbitals of low excitations", () => {
  it.each(CASES)("of $name lose and win the electrons of an independent program", async (one) => {
    const { system, scf } = await opened(one.geometry, "sto-3g");
    using _ = system;
    const orbitals = Array.from({ length: one.norb }, (_, k) => k + 2);
    const hamiltonian = activeSpaceHamiltonian(system, scf, { nelec: one.nelec, orbitals });
    const { leaving, coming } = excitationOrbitals(hamiltonian, 3);
    for (const [k, weight] of one.leaving.entries()) expect(leaving[k]).toBeCloseTo(weight, 7);
    for (const [k, weight] of one.coming.entries()) expect(coming[k]).toBeCloseTo(weight, 7);
  });

  it.each([
    ["formaldehyde", FORMALDEHYDE, 8, { nelec: 8, norb: 5 }],
    ["formaldehyde", FORMALDEHYDE, 3, { nelec: 4, norb: 3 }],
    ["nitrogen", NITROGEN, 8, { nelec: 6, norb: 5 }],
  ])("are the space of %s in a set with diffuse functions too", async (_, geometry, most, size) => {
    const { system, scf } = await opened(geometry, "6-31++g**");
    using __ = system;
    const request: ActiveSpaceRequest = { rule: "excitations", threshold: 0.05, most };
    const { space } = await chooseActiveSpace(system, scf, { request, resources });
    expect(space).toMatchObject(size);
    expect(space.reason).toMatch(/valence orbitals that the lowest 3 singlets and triplets/);
  });

  it("are among the d orbitals of a transition metal too", async () => {
    const { system, scf } = await opened(
      { symbols: ["Sc", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.8] },
      "sto-3g",
    );
    using _ = system;
    const { pairs, empty } = await valenceOrbitals(system, scf, resources);
    // 3d, 4s, 4p of scandium and 1s of hydrogen: ten orbitals, of Cartesian d functions eleven.
    expect(pairs).toBe(2);
    expect(empty).toBeGreaterThanOrEqual(8);
  });

  it("are of closed shells alone", async () => {
    const { system, scf } = await opened(HYDROXYL, "sto-3g", 2);
    using _ = system;
    const request: ActiveSpaceRequest = { rule: "excitations", threshold: 0.05, most: 8 };
    await expect(chooseActiveSpace(system, scf, { request, resources })).rejects.toThrow(
      /expected a closed shell, got 1 unpaired electrons/,
    );
  });
});
