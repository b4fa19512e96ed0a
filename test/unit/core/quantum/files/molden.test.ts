import { beforeAll, describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import {
  type ReferenceMolecule,
  readReference,
  referenceGeometry,
  resources,
} from "../chemistry-reference.ts";
import { between, type MoldenFile, matrixOf, readMolden } from "./molden-file.ts";

/** PySCF 2.14.0 (test/reference/README.md). */
interface Entry extends ReferenceMolecule {
  method: "rhf" | "uhf" | "rohf" | "casscf";
  functions: "cartesian" | "pure";
  active_space: [number, number] | null;
  energy: number;
  dipole_au: [number, number, number];
  natural_occupations: number[] | null;
}
const { entries } = readReference<{ entries: Entry[] }>("molden.json");

/** Digits of a density: fields converge to a gradient of 1e-8 Hartree, CASSCF to 1e-6, where soft rotations are off by 1e-5. */
const digitsOf = ({ method }: Entry): number => (method === "casscf" ? 4 : 6);

const requestOf = ({ geometry_angstrom, active_space, ...entry }: Entry): EnergyRequest => ({
  geometry: referenceGeometry(geometry_angstrom),
  charge: entry.charge,
  multiplicity: entry.multiplicity,
  basis: entry.basis,
  functions: entry.functions,
  method: entry.method,
  activeSpace: active_space && { nelec: active_space[0], norb: active_space[1] },
  ansatz: "uccsd",
  maxIterations: 200,
  molden: true,
});

describe.each(entries)("the Molden file of $id", (entry) => {
  let file: MoldenFile;
  let energy: number | null;
  beforeAll(async () => {
    const request = requestOf(entry);
    const result = await evaluateEnergy(request, { resources });
    energy = methodEnergy(request, result);
    file = readMolden(result.molden!);
  });

  it("has functions and orbitals that are normalised by its own basis section, orbitals orthogonal", () => {
    const overlap = matrixOf(file);
    overlap.forEach((row, i) => {
      expect(row[i]).toBeCloseTo(1, 12);
    });
    for (const spin of ["Alpha", "Beta"]) {
      const own = file.orbitals.filter((orbital) => orbital.spin === spin);
      own.forEach((p, i) => {
        for (const [j, q] of own.entries()) expect(between(p, q, overlap)).toBeCloseTo(Number(i === j), 10);
      });
    }
  });

  it("has the electrons, the dipole and the occupations that PySCF finds", () => {
    expect(energy).toBeCloseTo(entry.energy, 8);
    const electrons = file.orbitals.reduce((sum, { occupation }) => sum + occupation, 0);
    expect(electrons).toBeCloseTo(
      file.atoms.reduce((sum, { charge }) => sum + charge, 0),
      10,
    );
    for (const axis of [0, 1, 2]) {
      const matrix = matrixOf(file, axis);
      const nuclei = file.atoms.reduce((sum, { charge, position }) => sum + charge * position[axis]!, 0);
      const cloud = file.orbitals
        .filter(({ occupation }) => occupation > 0)
        .reduce((sum, orbital) => sum + orbital.occupation * between(orbital, orbital, matrix), 0);
      expect(nuclei - cloud).toBeCloseTo(entry.dipole_au[axis]!, digitsOf(entry));
    }
    const active = entry.natural_occupations ?? [];
    const partly = file.orbitals.filter(({ occupation }) => occupation > 1e-8 && occupation < 2 - 1e-8);
    for (const [k, occupation] of active.entries())
      expect(partly[k]!.occupation).toBeCloseTo(occupation, digitsOf(entry));
  });
});

it.each([
  [1, "VQE/STO-3G (not converged)"],
  [200, "VQE/STO-3G"],
])(
  "A Molden file says in its title whether what it is of converged: %i iterations",
  async (maxIterations, title) => {
    const request: EnergyRequest = {
      geometry: { symbols: ["Li", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.6] },
      charge: 0,
      multiplicity: 1,
      basis: "sto-3g",
      method: "vqe",
      activeSpace: { nelec: 2, norb: 3 },
      ansatz: "uccsd",
      maxIterations,
      molden: true,
    };
    const { molden } = await evaluateEnergy(request, { resources });
    expect(molden!.split("\n")[2]!.trim()).toBe(title);
  },
);
