import { describe, expect, it } from "vitest";
import { exactBackend } from "#core/quantum/backends/exact.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian.ts";
import { minimiseOverReferences } from "#core/quantum/reference-vqe.ts";
import { minimiseVqe } from "#core/quantum/vqe.ts";
import { uccsdEntries } from "./uccsd-reference.ts";

/** The energy is second order in the gradient left, 1e-5 Hartree. */
const MINIMUM_TOLERANCE = 1e-8;

/** Two sites without any coupling: energy −½ each, 0.77 for two electrons on one, 0.02 for one on each. */
function uncoupled(): ActiveHamiltonian {
  const twoBodyTensor = new Float64Array(16);
  twoBodyTensor[0] = twoBodyTensor[15] = 0.77;
  twoBodyTensor[3] = twoBodyTensor[12] = 0.02;
  const oneBodyTensor = Float64Array.of(-0.5, 0, 0, -0.5);
  return { norb: 2, nelec: [1, 1], coreEnergy: 0, oneBodyTensor, twoBodyTensor };
}

describe("a VQE whose energy has no slope at the reference", () => {
  it("is nudged and leaves two electrons on one of two far sites", async () => {
    const hamiltonian = uncoupled();
    const { run } = await minimiseOverReferences(hamiltonian, exactBackend, {});
    expect(run.outcome).toBe("converged");
    expect(Math.abs(run.energy_hartree - (-1 + 0.02))).toBeLessThan(MINIMUM_TOLERANCE);
    const exact = solveCasci(hamiltonian, { spinPure: false }).states[0]!.energy_hartree;
    expect(run.energy_hartree).toBeGreaterThan(exact - MINIMUM_TOLERANCE);
  });

  it("gives the same bits again", async () => {
    const again = () => minimiseOverReferences(uncoupled(), exactBackend, {});
    expect(await again()).toEqual(await again());
  });
});

describe("a VQE whose energy has a slope", () => {
  it.each(uccsdEntries.slice(0, 4))("of $id is minimised once", async ({ hamiltonian }) => {
    const { ansatz, run } = await minimiseOverReferences(hamiltonian, exactBackend, {});
    expect(run).toEqual(minimiseVqe(hamiltonian, ansatz));
  });
});
