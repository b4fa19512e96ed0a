import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import {
  hamiltonianDocument,
  hamiltonianRequestOf,
  printHamiltonian,
} from "../../../src/cli/commands/energy/hamiltonian.ts";
import type { EnergyOptions } from "../../../src/cli/commands/energy/options.ts";

const request = (options: Partial<EnergyOptions>) =>
  hamiltonianRequestOf({ method: "vqe", seed: 1, ...options }, "");

describe("flags of a Hamiltonian", () => {
  it.each<[Partial<EnergyOptions>, RegExp]>([
    [
      { activeSpace: "2e,2o", frozenCore: true },
      /none of a molecule's flags, got --active-space, --frozen-core/,
    ],
    [{ method: "fci", pt2: "nevpt2" }, /got --pt2\./],
    [{ spherical: true }, /got --spherical\./],
    [{ cartesian: true }, /got --cartesian\./],
    [{ method: "fci", backend: "sampler" }, /--backend goes with --method vqe, got --method fci/],
    [{ method: "sci", ansatz: "lucj" }, /--ansatz goes with --method vqe, got --method sci/],
    [{ method: "fci", states: "2", starts: 3 }, /--starts goes with --method vqe/],
    [{ method: "fci", maxIterations: 3 }, /--max-iterations goes with --method vqe/],
    [{ determinants: 10 }, /--determinants goes with --method sci/],
  ])("are refused as %j", (options, message) => {
    expect(() => request(options)).toThrow(message);
  });

  it("are taken where they mean something", () => {
    expect(
      request({ method: "VQE", ansatz: "k-upccgsd", starts: 3, states: "2", multiplicity: 3 }),
    ).toMatchObject({
      ...{ method: "vqe", ansatz: "k-upccgsd", starts: 3, states: 2, multiplicity: 3 },
    });
    expect(request({ method: "sci", determinants: 10, memory: 1, threads: 2, json: true }).selection).toEqual(
      {
        ...{ determinants: 10, memory_gib: 1 },
      },
    );
  });
});

describe("a Hamiltonian with states above", () => {
  const state = (energy_hartree: number, outcome = "converged") => ({
    energy_hartree,
    outcome,
    spinSquare: 0,
  });
  const part = (energy: number, ...excited: object[]) => ({ ...state(energy), nParameters: 4, excited });
  const result = (fci: object, vqe: object) =>
    ({ norb: 2, nelec: 2, multiplicity: 1, sci: null, fci, vqe }) as unknown as HamiltonianResult;
  const exact = part(-2, state(-1));
  const lost = result(exact, part(-2, state(-0.5, "not-converged")));
  const asked = request({ states: "2" });

  it("has not converged where one of them has not", () => {
    expect(hamiltonianDocument(lost, asked, "h")).toMatchObject({ converged: false, energy_hartree: -2 });
    const found = result(exact, part(-2, state(-0.5)));
    expect(hamiltonianDocument(found, asked, "h").converged).toBe(true);
  });

  it("is printed with all of them", () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    printHamiltonian(lost, "h");
    expect(lines.join("")).toMatch(/VQE +-2\.0+ .*\n +state 2 +-0\.50+ Eh +not-converged, 40\.8/);
  });
});
