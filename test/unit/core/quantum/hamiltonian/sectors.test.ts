import { describe, expect, it } from "vitest";
import { exactMinimiser } from "#core/quantum/backends/exact.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { referenceDeterminants } from "#core/quantum/hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { electronAttached, ionised } from "#core/quantum/hamiltonian/sectors.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { minimiseOverReferences } from "#core/quantum/states/reference-vqe.ts";
import { openReference, referenceEntries } from "../chemistry-reference.ts";
import { applyHamiltonian, fromVector, randomHamiltonian, toVector } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Chemical accuracy, Hartree. */
const CHEMICAL_ACCURACY = 1.6e-3;
const ROUNDING = 1e-9;
/** Residual of an eigenvector whose energy is right to about its square. */
const RESIDUAL = 1e-5;

const organics = referenceEntries("organics_casci_ionisation.json").filter(({ basis }) => basis === "sto-3g");

const exactEnergy = (h: ActiveHamiltonian): number => solveCasci(h).states[0]!.energy_hartree;

describe("an electron more or less in the same orbitals", () => {
  it("changes the electrons of one spin only", () => {
    const h = randomHamiltonian(4, [2, 2], 1);
    expect(ionised(h).nelec).toEqual([2, 1]);
    expect(electronAttached(h).nelec).toEqual([3, 2]);
    expect(ionised(randomHamiltonian(2, [1, 1], 1)).nelec).toEqual([1, 0]);
    expect(electronAttached(h).twoBodyTensor).toBe(h.twoBodyTensor);
  });

  it("is refused where there is none to take, or no room for it", () => {
    expect(() => ionised(randomHamiltonian(2, [1, 0], 1))).toThrow(/no β electron to take away/);
    expect(() => electronAttached(randomHamiltonian(2, [2, 2], 1))).toThrow(/All 2 active orbitals hold/);
  });

  it("has exact states that are eigenvectors by ladder operators", () => {
    const h = { ...electronAttached(uccsdEntries[3]!.hamiltonian), coreEnergy: 0 };
    const { energy_hartree, coefficients } = solveCasci(h).states[0]!;
    const image = toVector(applyHamiltonian(h, fromVector(coefficients, h.norb, h.nelec)), h.norb, h.nelec);
    for (const [k, value] of image.entries())
      expect(Math.abs(value - energy_hartree * coefficients[k]!)).toBeLessThan(RESIDUAL);
  });
});

describe("the references of an attached electron", () => {
  it("put it into each low empty orbital", () => {
    const flat = {
      ...electronAttached(randomHamiltonian(4, [2, 2], 1)),
      twoBodyTensor: new Float64Array(256),
    };
    flat.oneBodyTensor.fill(0);
    for (const [p, energy] of [-2, -1, 0, 0.05].entries()) flat.oneBodyTensor[5 * p] = energy;
    expect(referenceDeterminants(flat)).toEqual([
      [0b0111, 0b0011],
      [0b1011, 0b0011],
    ]);
  });
});

describe("VQE of an attached electron", () => {
  it.each(organics)(
    "of $id is within chemical accuracy of exact diagonalisation and never below",
    async (entry) => {
      using system = await openReference(entry);
      const scf = hartreeFock(system);
      const space = frontierActiveSpace(scf, { nelec: 4, norb: 4 });
      const anion = electronAttached(activeSpaceHamiltonian(system, scf, space));
      const { run } = await minimiseOverReferences(anion, exactMinimiser, {});
      expect(run.outcome).toBe("converged");
      const error = run.energy_hartree - exactEnergy(anion);
      expect(error).toBeGreaterThan(-ROUNDING);
      expect(error).toBeLessThan(CHEMICAL_ACCURACY);
    },
  );
});
