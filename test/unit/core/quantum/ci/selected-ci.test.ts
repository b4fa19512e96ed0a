/** Selected CI against exact diagonalisation of the same integrals, which the native tests check against ladder operators. */
import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { selectedDeterminants, selectedMemory_bytes, solveSelectedCi } from "#core/quantum/ci/selected-ci.ts";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { evaluateHamiltonian } from "#core/quantum/evaluate/hamiltonian-energy.ts";
import { selectedOf } from "#core/quantum/evaluate/selected.ts";
import { formatFcidump } from "#core/quantum/hamiltonian/fcidump.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { DEFAULT_VQE } from "#shared/quantum/vqe.ts";

/** A chain of sites that repel an electron pair, and each other less with distance. */
function chain(norb: number, nelec: readonly [number, number]): ActiveHamiltonian {
  const oneBodyTensor = new Float64Array(norb ** 2);
  const twoBodyTensor = new Float64Array(norb ** 4);
  for (let p = 0; p < norb; p++) {
    if (p > 0) oneBodyTensor[p * norb + p - 1] = oneBodyTensor[(p - 1) * norb + p] = -0.4;
    oneBodyTensor[p * norb + p] = -1 - 0.01 * p;
    for (let r = 0; r < norb; r++)
      twoBodyTensor[((p * norb + p) * norb + r) * norb + r] = 0.6 / (1 + Math.abs(p - r));
  }
  return { norb, nelec, coreEnergy: 0.5, oneBodyTensor, twoBodyTensor };
}

const context = { threads: 1 };

describe("Selected CI", () => {
  it.each([
    [6, [3, 3], 1],
    [6, [3, 3], 3],
    [7, [4, 2], 2],
  ] as const)("of %i orbitals is exact where everything is selected", (norb, nelec, nroots) => {
    const hamiltonian = chain(norb, nelec);
    const exact = solveCasci(hamiltonian, { nroots, tolerance: 1e-7 });
    const found = solveSelectedCi(hamiltonian, { nroots });
    expect(found).toMatchObject({ outcome: "converged", end: "complete" });
    found.states.forEach((state, k) => {
      expect(Math.abs(state.variational_hartree - exact.states[k]!.energy_hartree)).toBeLessThan(2e-9);
      expect(state.spinSquare).toBeCloseTo(exact.states[k]!.spinSquare, 6);
    });
  });

  it("lies above with fewer determinants, and gives the same bits on two threads", () => {
    const hamiltonian = chain(8, [4, 4]);
    const [exact] = solveCasci(hamiltonian).states;
    const run = (threads: number) => solveSelectedCi(hamiltonian, { threads, maxDeterminants: 500 });
    const found = run(1);
    expect(found.end).toBe("determinants");
    expect(found.determinants).toBe(found.states[0]!.coefficients.length);
    expect(found.determinants).toBe(found.rounds.at(-1)!.determinants);
    expect(found.states[0]!.variational_hartree).toBeGreaterThan(exact!.energy_hartree);
    expect(found.states[0]!.spinSquare).toBeCloseTo(0, 6);
    expect(run(2)).toEqual(found);
  });

  it("has the states of the spin asked for alone", async () => {
    const hamiltonian = chain(2, [1, 1]);
    const { sci } = await selectedOf(hamiltonian, { states: 3, settings: {}, context });
    const { outcome, states } = sci;
    expect(outcome).toBe("converged");
    for (const { spinSquare } of states) expect(spinSquare).toBeCloseTo(0, 8);
    await expect(selectedOf(hamiltonian, { states: 4, settings: {}, context })).rejects.toThrow(
      /expected at most 3 with spin singlet/,
    );
    const beyond = solveSelectedCi(hamiltonian, { nroots: 4 });
    expect(beyond).toMatchObject({ outcome: "not-converged", states: { length: 3 } });
  });

  it("has the lowest states of every spin asked for", async () => {
    const hamiltonian = chain(4, [2, 2]);
    const asked = [1, 3, 5].map((multiplicity) => ({ multiplicity, count: 1 }));
    const { sci } = await selectedOf(hamiltonian, { states: asked, settings: {}, context });
    const { outcome, states } = sci;
    expect(outcome).toBe("converged");
    expect(states.map(({ multiplicity }) => multiplicity)).toEqual([1, 3, 5]);
    for (const [k, nelec] of (
      [
        [2, 2],
        [3, 1],
        [4, 0],
      ] as const
    ).entries()) {
      const [exact] = solveCasci({ ...hamiltonian, nelec }).states;
      expect(states[k]!.energy_hartree).toBeCloseTo(exact!.energy_hartree, 8);
    }
  });

  it("says what would help where determinants asked for do not fit, and cancels", async () => {
    const hamiltonian = chain(9, [4, 4]);
    const settings = { determinants: 15_000, memory_gib: 0.01 };
    await expect(selectedOf(hamiltonian, { states: 1, settings, context })).rejects.toThrow(
      /expected 15000 determinants to fit .* Allow more memory, ask for fewer determinants/,
    );
    const control = createControlBlock();
    requestCancel(control);
    expect(() => solveSelectedCi(hamiltonian, { control })).toThrow("cancelled");
  });

  it("says what would help where the lowest configuration has too many open shells", async () => {
    const sites = 24;
    const hamiltonian: ActiveHamiltonian = {
      ...{ norb: sites, nelec: [sites / 2, sites / 2], coreEnergy: 0 },
      oneBodyTensor: Float64Array.from({ length: sites ** 2 }, (_, k) =>
        Math.abs(Math.floor(k / sites) - (k % sites)) === 1 ? -1 : 0,
      ),
      twoBodyTensor: Float64Array.from({ length: sites ** 4 }, (_, k) =>
        k % (sites ** 3 + sites ** 2 + sites + 1) === 0 ? 4 : 0,
      ),
    };
    await expect(selectedOf(hamiltonian, { states: 1, settings: {}, context })).rejects.toThrow(
      /at most 300000 determinants, got 2704156 of 24 orbitals with one electron each\. Take delocalised orbitals/,
    );
  });

  it("of a file is that of the Hamiltonian, by every method, and of another spin where asked for", async () => {
    const hamiltonian = chain(4, [2, 2]);
    const { ansatz, seed } = DEFAULT_VQE;
    const asked = { fcidump: formatFcidump(hamiltonian), ansatz, seed, maxIterations: 200 };
    const run = (more: object) =>
      evaluateHamiltonian({ ...asked, method: "sci", ...more }, { resources: "", threads: 1 });
    const [exact] = solveCasci(hamiltonian).states;
    const sci = await run({});
    const fci = await run({ method: "fci" });
    const vqe = await run({ method: "vqe" });
    expect(sci.sci?.states[0]?.energy_hartree).toBeCloseTo(exact!.energy_hartree, 8);
    expect(fci.fci?.energy_hartree).toBeCloseTo(exact!.energy_hartree, 8);
    expect(vqe.vqe!.energy_hartree).toBeGreaterThan(exact!.energy_hartree - 1e-8);
    const triplet = await run({ multiplicity: 3 });
    expect(triplet.sci?.states[0]).toMatchObject({ multiplicity: 3, root: 1 });
    expect(triplet.sci?.states[0]?.spinSquare).toBeCloseTo(2, 6);
    await expect(run({ multiplicity: 2 })).rejects.toThrow(/expected one that 4 electrons in 4 orbitals/);
  });
});

describe("how large a space gets", () => {
  it("is what was asked for, at most all there are", () => {
    const small = { norb: 4, nelec: [2, 2] } as const;
    expect(selectedDeterminants(small)).toBe(36);
    expect(selectedDeterminants(small, { determinants: 10 })).toBe(10);
  });

  it("is held by the memory allowed: 1 GiB beside perturbation's and the integrals", () => {
    const sector = { norb: 20, nelec: [10, 10] } as const;
    const beside = 2 ** 28 + 5 * 8 * 20 ** 4;
    expect(selectedMemory_bytes(sector, { determinants: 1e6, memory_gib: 1 })).toBe(2 ** 30 + beside);
    expect(selectedMemory_bytes(sector, { determinants: 1e6, memory_gib: 100 })).toBe(4e9 + beside);
  });
});
