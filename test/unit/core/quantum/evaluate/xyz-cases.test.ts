/** Energies of files as people have them. Computed with PySCF 2.14, exact integrals. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { readXyz } from "#shared/molecule/xyz.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources } from "../chemistry-reference.ts";

const folder = new URL("../../../../fixtures/cases/", import.meta.url);
/** Six decimals are given. */
const TOLERANCE = 1e-6;

const ENERGIES: Record<string, { energy: number; method: "rhf" | "uhf" | "fci"; basis: string }> = {
  "co.xyz": { energy: -112.667205, method: "rhf", basis: "6-31g" },
  "beh2lin.xyz": { energy: -15.594828, method: "fci", basis: "sto-3g" },
  "chg2.xyz": { energy: -73.7078348, method: "uhf", basis: "sto-3g" },
  "traj.xyz": { energy: -1.091914, method: "rhf", basis: "sto-3g" },
  ...Object.fromEntries(
    ["bohr", "dexp", "star", "gdb", "z", "label", "D", "extorder"].map((name) => [
      `${name}.xyz`,
      { energy: -74.963023, method: "rhf", basis: "sto-3g" },
    ]),
  ),
};
/** Their searches take minutes and have a test of their own. */
const SEARCHED = ["n242.xyz", "n2c3.xyz"];

it.each(Object.entries(ENERGIES))("%s has the energy of an independent program", async (file, expected) => {
  const frames = readXyz(readFileSync(new URL(file, folder), "utf8"));
  const { geometry, charge, multiplicity } = frames.at(-1)!;
  const { method, basis } = expected;
  const request: EnergyRequest = {
    geometry,
    charge: charge ?? 0,
    multiplicity: multiplicity ?? 1,
    method,
    basis,
    activeSpace: null,
    ansatz: "uccsd",
    maxIterations: 100,
  };
  const { hartreeFock, fci } = await evaluateEnergy(request, { resources });
  const { outcome, energy_hartree } = method === "fci" ? fci! : hartreeFock;
  expect(outcome).toBe("converged");
  expect(Math.abs(energy_hartree - expected.energy)).toBeLessThan(TOLERANCE);
});

it("no file is left out", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".xyz"));
  expect(files.sort()).toEqual([...Object.keys(ENERGIES), ...SEARCHED].sort());
});
