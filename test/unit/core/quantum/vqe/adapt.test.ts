import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { adaptVqe, type OperatorPool } from "#core/quantum/vqe/adapt.ts";
import { minimiseVqe, prepareState } from "#core/quantum/vqe/vqe.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Micro-Hartree: what a pool gradient of 1e-3 leaves is about its square over a gap of one Hartree. */
const ENERGY_TOLERANCE = 1e-5;

const entry = (id: string) => uccsdEntries.find((one) => one.id === id)!.hamiltonian;

describe("ADAPT-VQE", () => {
  it.each([
    ["h4_chain_sto3g", "fermionic"],
    ["h2o_44_sto3g", "fermionic"],
    ["formaldehyde_44_sto3g", "qubit"],
  ] as [string, OperatorPool][])(
    "reaches the energy of UCCSD for %s from the %s pool with fewer parameters",
    (id, pool) => {
      const h = entry(id);
      const reference = minimiseVqe(h, uccsd(4, [2, 2]));
      const { outcome, run, ansatz } = adaptVqe(h, { pool });
      expect(outcome).toBe("converged");
      expect(run.energy_hartree).toBeLessThan(reference.energy_hartree + ENERGY_TOLERANCE);
      expect(ansatz.nParameters).toBeLessThan(26);
    },
  );

  it("is exact with generalised qubit excitations and never below", () => {
    const h = entry("h4_chain_sto3g");
    const exact = solveCasci(h).states[0]!.energy_hartree;
    const { run } = adaptVqe(h, { pool: "qubit", poolTolerance: 1e-5, gradientTolerance: 1e-7 });
    expect(run.energy_hartree - exact).toBeGreaterThan(-1e-10);
    expect(run.energy_hartree - exact).toBeLessThan(1e-8);
  });

  it("lowers the energy with each operator", () => {
    const { trace_hartree } = adaptVqe(entry("h4_chain_sto3g"), { pool: "fermionic" });
    for (let k = 1; k < trace_hartree.length; k++)
      expect(trace_hartree[k]!).toBeLessThanOrEqual(trace_hartree[k - 1]! + 1e-12);
  });

  it("says so when it may not grow further", () => {
    const { outcome, ansatz } = adaptVqe(entry("h4_chain_sto3g"), { pool: "fermionic", maxOperators: 2 });
    expect(outcome).toBe("not-converged");
    expect(ansatz.nParameters).toBe(2);
  });

  it("moves qubit excitations without the sign of the electrons between", () => {
    const jump = { alphaAnnihilate: 1, alphaCreate: 4, betaAnnihilate: 0, betaCreate: 0 };
    const state = (qubit: boolean) =>
      prepareState(
        {
          ...{ name: "one", norb: 3, nelec: [2, 0], reference: [0b011, 0], nParameters: 1 },
          factors: [{ excitation: jump, parameter: 0, scale: 1, qubit }],
        },
        Float64Array.of(0.3),
      );
    // |011⟩ → |110⟩ passes the electron in orbital 1.
    expect([...state(false)]).toEqual([Math.cos(0.3), 0, -Math.sin(0.3)]);
    expect([...state(true)]).toEqual([Math.cos(0.3), 0, Math.sin(0.3)]);
  });
});
