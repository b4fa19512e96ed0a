import { describe, expect, it } from "vitest";
import { exactMinimiser } from "#core/quantum/backends/exact.ts";
import type { Minimiser } from "#core/quantum/backends/minimiser.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { minimiseOverReferences } from "#core/quantum/states/reference-vqe.ts";
import { minimiseVqe, type VqeRun } from "#core/quantum/vqe/vqe.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

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
    const { run } = await minimiseOverReferences(hamiltonian, exactMinimiser, {});
    expect(run.outcome).toBe("converged");
    expect(Math.abs(run.energy_hartree - (-1 + 0.02))).toBeLessThan(MINIMUM_TOLERANCE);
    const exact = solveCasci(hamiltonian, { spinPure: false }).states[0]!.energy_hartree;
    expect(run.energy_hartree).toBeGreaterThan(exact - MINIMUM_TOLERANCE);
  });

  it("gives the same bits again", async () => {
    const again = () => minimiseOverReferences(uncoupled(), exactMinimiser, {});
    expect(await again()).toEqual(await again());
  });
});

describe("a VQE from several determinants", () => {
  it("is the lowest run that converged, and an unconverged one only where none did", async () => {
    // Three orbitals of one energy: the hole may be in any of them.
    const hamiltonian: ActiveHamiltonian = {
      ...{ norb: 3, nelec: [2, 1], coreEnergy: 0 },
      ...{ oneBodyTensor: new Float64Array(9), twoBodyTensor: new Float64Array(81) },
    };
    const found = async (outcomes: (n: number) => VqeRun["outcome"]) => {
      let calls = 0;
      const minimiser: Minimiser = {
        minimise: ({ ansatz }) => {
          const parameters = new Float64Array(ansatz.nParameters);
          const ended = { gradientNorm: 0, iterations: 1, evaluations: 1, trace_hartree: new Float64Array() };
          return { ...ended, parameters, outcome: outcomes(++calls), energy_hartree: -calls };
        },
      };
      const { run } = await minimiseOverReferences(hamiltonian, minimiser, {});
      expect(calls).toBeGreaterThan(1);
      return { run, calls };
    };
    const firstOnly = await found((n) => (n === 1 ? "converged" : "not-converged"));
    expect(firstOnly.run).toMatchObject({ outcome: "converged", energy_hartree: -1 });
    const none = await found(() => "not-converged");
    expect(none.run).toMatchObject({ outcome: "not-converged", energy_hartree: -none.calls });
    const all = await found(() => "converged");
    expect(all.run.energy_hartree).toBe(-all.calls);
  });
});

describe("a VQE whose energy has a slope", () => {
  it.each(uccsdEntries.slice(0, 4))("of $id is minimised once", async ({ hamiltonian }) => {
    const { ansatz, run } = await minimiseOverReferences(hamiltonian, exactMinimiser, {});
    expect(run).toEqual(minimiseVqe(hamiltonian, ansatz));
  });
});
