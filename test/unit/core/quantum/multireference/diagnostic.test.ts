import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { spinSquareOf } from "#core/quantum/field/field-properties.ts";
import { oneElectronIntegrals } from "#core/quantum/field/scf.ts";
import { lowestField } from "#core/quantum/field/search.ts";
import { diagnose, pairDeviations } from "#core/quantum/multireference/diagnostic.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { type AtomRow, openReference, referenceGeometry, resources } from "../chemistry-reference.ts";
import { NO2 } from "./molecules.ts";
import { routed, routedMolecules, SENT_UP_FOR_NOTHING } from "./routing-reference.ts";

const STRETCHED_N2: AtomRow[] = [
  ["N", 0, 0, 0],
  ["N", 0, 0, 1.6],
];
const request = (more: Partial<EnergyRequest> = {}): EnergyRequest => ({
  geometry: referenceGeometry(STRETCHED_N2),
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "casci", ansatz: "uccsd", maxIterations: 100 },
  activeSpace: { nelec: 2, norb: 2 },
  diagnose: true,
  ...more,
});
const quick = routedMolecules.filter(({ n_basis_functions: n }) => n <= 10);

describe("the diagnostic that routes", () => {
  it("has the natural occupations of UHF and the space that they ask for, as PySCF 2.14.0 gives them", async () => {
    const { diagnostic } = await evaluateEnergy(request(), { resources });
    expect(diagnostic).toMatchObject({ route: "active-space", activeSpace: { nelec: 6, norb: 6 } });
    const expected = [1.86737285, 1.34234756, 1.34234756, 0.65765244, 0.65765244, 0.132627149];
    for (const [k, n] of expected.entries())
      expect(Math.abs(diagnostic!.naturalOccupations[k]! - n)).toBeLessThan(1e-4);
    expect(diagnostic!.belowRestricted_hartree).toBeCloseTo(-108.5717534357 + 108.7503839237, 6);
    expect(diagnostic!.spinContamination).toBeCloseTo(2.018182, 4);
    expect(diagnostic!.reason).toContain("lacks 0.66 of 2 electrons");
  });

  it("has deviations that add up to what ⟨S²⟩ is off, with unpaired electrons too", async () => {
    const entry = { id: "no2", geometry_angstrom: NO2, charge: 0, multiplicity: 2, basis: "sto-3g" };
    using system = await openReference(entry);
    const { scf } = lowestField(system, { kind: "uhf" });
    const { overlap } = oneElectronIntegrals(system);
    const deviations = pairDeviations(scf, overlap);
    expect(deviations).toHaveLength(11);
    // ⟨S²⟩ = Sz(Sz + 1) + nβ − Σ T², D. 1 − T is a deviation.
    const lost = deviations.reduce((sum, d) => sum + 1 - (1 - d) ** 2, 0);
    expect(lost).toBeGreaterThan(0.4);
    expect(spinSquareOf(system, scf, overlap) - 0.75).toBeCloseTo(lost, 7);
  });

  it.each(quick)("says of $id what its reference wave function says", async (entry) => {
    const isExpected = !SENT_UP_FOR_NOTHING.includes(entry.id);
    expect((await routed(entry)).isRight).toBe(isExpected);
    expect((await routed(entry, true)).isRight).toBe(isExpected);
  });

  it("goes downhill from Kohn–Sham's orbitals too, where a search is too dear", async () => {
    const asked = request({ method: "b3lyp", diagnose: "from-field" });
    const { diagnostic } = await evaluateEnergy(asked, { resources });
    expect(diagnostic).toMatchObject({ route: "active-space", belowRestricted_hartree: null });
    expect(diagnostic!.activeSpace!.nelec).toBeGreaterThanOrEqual(4);
  });

  it("is not made where it was not asked for", async () => {
    expect(await evaluateEnergy(request({ diagnose: false }), { resources })).not.toHaveProperty(
      "diagnostic",
    );
  });

  it("does not know where UHF did not converge", async () => {
    using system = await openReference({
      ...{ id: "n2", geometry_angstrom: STRETCHED_N2, charge: 0, multiplicity: 1, basis: "sto-3g" },
    });
    const { scf } = lowestField(system, { kind: "uhf" });
    const unconverged = { ...scf, outcome: "not-converged" as const };
    expect(diagnose(system, unconverged, {})).toMatchObject({ route: "unknown", activeSpace: null });
  });

  it("is of a machine: a space too large for exact diagonalisation is beyond it", async () => {
    const chain = Array.from({ length: 24 }, (_, k): AtomRow => ["H", 0, 0, 2.5 * k]);
    using system = await openReference({
      ...{ id: "h24", geometry_angstrom: chain, charge: 0, multiplicity: 1, basis: "sto-3g" },
    });
    const { scf } = lowestField(system, { kind: "uhf" });
    const found = diagnose(system, scf, {});
    expect(found).toMatchObject({ route: "beyond-this-machine", activeSpace: { nelec: 24, norb: 24 } });
    expect(found.reason).toContain("selected CI");
  });
});
