import { describe, expect, it } from "vitest";
import { dropForbidden } from "#core/quantum/ansatz/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { exactBackend } from "#core/quantum/backends/exact.ts";
import { samplerBackend } from "#core/quantum/backends/sampler.ts";
import { statevectorBackend } from "#core/quantum/backends/statevector.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Gradients of 1e-7 leave energies right to their square. */
const ENERGY_TOLERANCE = 1e-10;
const options = { gradientTolerance: 1e-7 };

const problem = (id: string) => {
  const { hamiltonian } = uccsdEntries.find((entry) => entry.id === id)!;
  return { hamiltonian, ansatz: dropForbidden(uccsd(hamiltonian.norb, hamiltonian.nelec), hamiltonian) };
};

describe("backends", () => {
  it.each(["h2_sto3g", "heh+_sto3g", "h3+_sto3g", "h4_chain_sto3g"])(
    "find one minimum for %s in determinant space and gate by gate",
    async (id) => {
      const exact = await exactBackend.minimise(problem(id), options);
      const gates = await statevectorBackend.minimise(problem(id), options);
      expect(gates.outcome).toBe("converged");
      expect(Math.abs(gates.energy_hartree - exact.energy_hartree)).toBeLessThan(ENERGY_TOLERANCE);
    },
  );

  it("the sampler states an error that its energy keeps", async () => {
    const exact = await exactBackend.minimise(problem("h2_sto3g"), options);
    const sampled = await samplerBackend({ standardError: 0.003, seed: 8 }).minimise(
      problem("h2_sto3g"),
      options,
    );
    const error = sampled.measurement!.standardError_hartree;
    expect(error).toBeLessThan(0.0035);
    expect(Math.abs(sampled.energy_hartree - exact.energy_hartree)).toBeLessThan(4 * error);
    expect(sampled.energy_hartree).not.toBe(exact.energy_hartree);
  });
});
