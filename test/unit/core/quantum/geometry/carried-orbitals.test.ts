import { expect, it } from "vitest";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { carriedOrbitals } from "#core/quantum/geometry/carried-orbitals.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { resources } from "../chemistry-reference.ts";

const hydroxyl = {
  geometry: { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0.1, 0.2, 0.95] },
  charge: 0,
  multiplicity: 2,
};
const functions = "cartesian" as const;
const sto3g = { ...(await loadBasisSet(resources, "sto-3g")), functions };
const larger = await loadBasisSet(resources, "6-31g*");

/** UHF in STO-3G: 6 functions, five and four electrons. */
function small() {
  using system = openSystem({ ...hydroxyl, basis: sto3g });
  return hartreeFock(system, { kind: "uhf" });
}

it("Orbitals carried to their own basis set are themselves", () => {
  const { orbitals } = small();
  const carried = carriedOrbitals({
    system: { ...hydroxyl, basis: sto3g },
    from: sto3g,
    orbitals,
  });
  for (const [spin, count] of [5, 4].entries()) {
    const own = orbitals[spin]!.filter((_, k) => k % 6 < count);
    expect(carried[spin]).toHaveLength(own.length);
    for (const [k, x] of own.entries()) expect(carried[spin]![k]).toBeCloseTo(x, 10);
  }
});

it("and carried to a larger one span what PySCF projects them to, from where its field is found", () => {
  const system = { ...hydroxyl, basis: larger };
  const orbitals = carriedOrbitals({ system, from: sto3g, orbitals: small().orbitals });
  using open = openSystem(system);
  const led = hartreeFock(open, { kind: "uhf", start: { orbitals } });
  // PySCF 2.14.0: energy of the determinant of addons.project_mo_nr2nr, and UHF/6-31G*.
  expect(led.trace_hartree[0]).toBeCloseTo(-75.23170460252, 7);
  expect(led.energy_hartree).toBeCloseTo(-75.38197427944, 8);
  expect(led.outcome).toBe("converged");
});
