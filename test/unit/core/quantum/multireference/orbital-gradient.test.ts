import { describe, expect, it } from "vitest";
import { densityMatrices, energyOf } from "#core/quantum/ci/density-matrices.ts";
import { sectorOf, solveSpinStates } from "#core/quantum/ci/spin-states.ts";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { orbitalDerivatives, orbitalIntegrals } from "#core/quantum/multireference/orbital-gradient.ts";
import { rotated, rotationPairs } from "#core/quantum/multireference/orbital-rotation.ts";
import { openWater, referenceBasis } from "../chemistry-reference.ts";

describe("the energy of an active space", () => {
  it("has the derivatives by its orbitals that differences give", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const scf = hartreeFock(system);
    const space = { orbitals: scf.orbitals[0], nCore: 3, norb: 4 };
    const n = scf.orbitalEnergies_hartree[0].length;
    const rotations = rotationPairs(n, space);
    const integrals = orbitalIntegrals(system, space);
    const nelec = sectorOf(4, 3);
    const [triplet] = solveSpinStates(
      { ...integrals.hamiltonian, nelec },
      [{ multiplicity: 3, count: 1 }],
      {},
    );
    const state = { norb: 4, nelec, coefficients: triplet!.solution.states[0]!.coefficients };
    const found = densityMatrices(state);
    const densities = { one: found.alpha.map((x, k) => x + found.beta[k]!), two: found.two };
    const { gradient } = orbitalDerivatives(system, space, { integrals, densities, rotations });
    const step = 1e-4;
    const energyAlong = (pair: number, angle: number): number => {
      const parameters = new Float64Array(rotations.pairs.length);
      parameters[pair] = angle;
      const turned = { ...space, orbitals: rotated(space.orbitals, rotations, parameters) };
      return energyOf({ ...orbitalIntegrals(system, turned).hamiltonian, nelec }, found);
    };
    // Core with active, core with empty, active with empty.
    for (const pair of [0, 5, 11, 14, 20, rotations.pairs.length - 1]) {
      const difference = (energyAlong(pair, step) - energyAlong(pair, -step)) / (2 * step);
      expect(Math.abs(gradient[pair]! - difference)).toBeLessThan(1e-6);
    }
  });

  it("is of orbitals whose turn ends where it is cancelled", () => {
    const rotations = rotationPairs(5, { nCore: 1, norb: 2 });
    const control = createControlBlock();
    requestCancel(control);
    const turn = () => rotated(new Float64Array(25), rotations, new Float64Array(8), { control });
    expect(turn).toThrow(expect.objectContaining({ name: "AbortError" }));
  });

  it("is of orbitals that stay orthonormal under any turn", () => {
    const rotations = rotationPairs(5, { nCore: 1, norb: 2 });
    expect(rotations.pairs).toHaveLength(1 * 2 + 1 * 2 + 2 * 2);
    const unit = Float64Array.from({ length: 25 }, (_, k) => Number(k % 6 === 0));
    const turned = rotated(
      unit,
      rotations,
      Float64Array.from(rotations.pairs, (_, k) => 3 * Math.sin(k + 1)),
    );
    for (let p = 0; p < 5; p++)
      for (let q = 0; q < 5; q++) {
        let sum = 0;
        for (let x = 0; x < 5; x++) sum += turned[x * 5 + p]! * turned[x * 5 + q]!;
        expect(sum).toBeCloseTo(Number(p === q), 13);
      }
  });
});
