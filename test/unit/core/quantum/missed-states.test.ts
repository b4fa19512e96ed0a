import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { evaluate } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources } from "./chemistry-reference.ts";

const request = (geometry: EnergyRequest["geometry"], nelec: number, norb: number): EnergyRequest => ({
  ...{ geometry, charge: 0, multiplicity: 1, basis: "sto-3g", method: "casci" },
  ...{ activeSpace: { nelec, norb }, ansatz: "uccsd", maxIterations: 100 },
});

const apart = (a: string, b: string, r: number) => ({
  symbols: [a, b],
  coordinates_angstrom: [0, 0, 0, 0, 0, r],
});

/** Atoms of open shells far apart: the lowest singlet spreads over so many determinants that a small model lacks it. */
describe("the lowest singlet of atoms far apart", () => {
  it.each([
    ["N", 8, 6, 6, 4],
    ["O", 8, 8, 6, 3],
  ])("%s2 at %s Å is that of two atoms in their ground state", async (atom, r, nelec, norb, multiplicity) => {
    const { result } = await evaluate(request(apart(atom, atom, r), nelec, norb), { resources });
    const alone = { symbols: [atom], coordinates_angstrom: [0, 0, 0] };
    const { scf } = await evaluate(
      { ...request(alone, 2, 2), method: "rohf", multiplicity, activeSpace: null },
      { resources },
    );
    expect(result.casci).toMatchObject({ outcome: "converged", spinSquare: expect.closeTo(0, 6) });
    expect(Math.abs(result.casci!.energy_hartree - 2 * scf.energy_hartree)).toBeLessThan(1e-3);
  });

  it("of B and N at 7 Å lies no higher than where more states are asked for", async () => {
    const { hamiltonian } = await evaluate(request(apart("B", "N", 7), 8, 8), { resources });
    const [one, ten] = [1, 10].map(
      (nroots) => solveCasci(hamiltonian!, { nroots }).states[0]!.energy_hartree,
    );
    expect(one!).toBeLessThan(ten! + 1e-6);
    // 10 mEh above it is a state that one start from few determinants ended in.
    expect(one!).toBeLessThan(-77.7945);
  });
});
