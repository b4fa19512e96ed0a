import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { ScfResult } from "#core/quantum/field/scf.ts";
import type { QuantumSystem } from "#core/quantum/field/system.ts";
import { water } from "../chemistry-reference.ts";

const fall = vi.hoisted(() => ({ hartree: 0 }));
// One start finds a solution; another ends beside it, not converged.
vi.mock("#core/quantum/field/open-shell.ts", async (importOriginal) => {
  const { hartreeFock } = await import("#core/quantum/field/scf.ts");
  return {
    ...(await importOriginal<object>()),
    openShellSolutions: (system: QuantumSystem) => {
      const scf = hartreeFock(system, { kind: "uhf", stability: "none" });
      const ended: ScfResult = {
        ...scf,
        outcome: "not-converged",
        energy_hartree: scf.energy_hartree - fall.hartree,
      };
      return [
        { start: "hole in HOMO", scf: ended },
        { start: "hole in HOMO−1", scf },
      ];
    },
  };
});

it.each([
  { hartree: 0.02, outcome: "not-converged" },
  { hartree: -0.02, outcome: "converged" },
])(
  "a start that ends $hartree Eh below all solutions without being one: $outcome",
  async ({ hartree, outcome }) => {
    fall.hartree = hartree;
    const level = { basis: "6-31g", activeSpace: null, ansatz: "uccsd", maxIterations: 200 } as const;
    const state = { charge: 1, multiplicity: 2, method: "mp2", openShell: "hole" } as const;
    const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
    const { hartreeFock, mp2 } = await evaluateEnergy({ geometry: water, ...level, ...state }, { resources });
    expect(hartreeFock.outcome).toBe(outcome);
    expect(mp2 === null).toBe(outcome === "not-converged");
    expect(hartreeFock.search!.starts.map(({ start }) => start)).toEqual(["hole in HOMO", "hole in HOMO−1"]);
  },
);
