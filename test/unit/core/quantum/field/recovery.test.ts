import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { lowestField } from "#core/quantum/field/search.ts";
import type { QuantumSystem } from "#core/quantum/field/system.ts";
import { openWater, referenceBasis, water } from "../chemistry-reference.ts";

// The solutions beside a closed shell end before they are there.
vi.mock("#core/quantum/field/open-shell.ts", async (importOriginal) => {
  const scf = await import("#core/quantum/field/scf.ts");
  return {
    ...(await importOriginal<object>()),
    openShellSolutions: (system: QuantumSystem) => [
      {
        start: "hole in HOMO",
        scf: scf.hartreeFock(system, { kind: "uhf", maxIterations: 1, stability: "none" }),
      },
    ],
  };
});

const SAME_HARTREE = 1e-7;

it("a field that no start brings to its end goes on longer, and what was tried is told in order", async () => {
  using system = openWater(await referenceBasis("6-31g"));
  const { scf, search } = lowestField(system, { kind: "rhf", maxIterations: 2 });
  expect(scf.outcome).toBe("converged");
  expect(Math.abs(scf.energy_hartree - hartreeFock(system).energy_hartree)).toBeLessThan(SAME_HARTREE);
  const tried = search.starts.map(({ start, outcome }) => `${start}: ${outcome}`);
  expect(tried.at(0)).toBe("superposed atoms: not-converged");
  expect(tried.length).toBeGreaterThan(4);
  expect(tried.at(-1)).toBe("1000 iterations: converged");
});

it("an open shell that no closed shell's orbitals lead to is the lowest field of all, with what was tried before", async () => {
  const request = {
    geometry: water,
    charge: 1,
    multiplicity: 2,
    basis: "6-31g",
    method: "mp2",
    activeSpace: null,
    ansatz: "uccsd",
    maxIterations: 200,
  } as const;
  const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
  const { hartreeFock: field, mp2 } = await evaluateEnergy({ ...request, openShell: "hole" }, { resources });
  const plain = await evaluateEnergy(request, { resources });
  expect(field.outcome).toBe("converged");
  expect(mp2!.energy_hartree).toBeCloseTo(plain.mp2!.energy_hartree, 7);
  const tried = field.search!.starts.map(({ start, outcome }) => `${start}: ${outcome}`);
  expect(tried.slice(0, 2)).toEqual(["hole in HOMO: not-converged", "superposed atoms: converged"]);
});
