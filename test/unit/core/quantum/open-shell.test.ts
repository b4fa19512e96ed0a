import { describe, expect, it } from "vitest";
import { scfProperties } from "#core/quantum/field/field-properties.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { DEBYE_PER_ATOMIC_UNIT } from "#shared/units.ts";
import { isQuick, openReference, referenceEntries, SCF_TOLERANCE } from "./chemistry-reference.ts";
import { cationAgreesInUhf, cationIsNotAboveInRohf, cations, radicals } from "./reference-checks.ts";

/** The references print ⟨S²⟩ to six decimals; it is first order in the remaining gradient. */
const SPIN_TOLERANCE = 1e-5;

/** References have six decimals, Debye. */
const DIPOLE_TOLERANCE = 1e-5;

describe("UHF", () => {
  it.each(radicals)("of $id agrees with an independent program", async (entry) => {
    using system = await openReference(entry);
    const scf = hartreeFock(system);
    expect(scf.outcome).toBe("converged");
    expect(Math.abs(scf.energy_hartree - entry.scf.energy)).toBeLessThan(SCF_TOLERANCE);
    const { spinSquared, dipole_au } = scfProperties(system, scf);
    expect(Math.abs(spinSquared - entry.scf.s2!)).toBeLessThan(SPIN_TOLERANCE);
    for (const [axis, component] of dipole_au.entries())
      expect(Math.abs(component * DEBYE_PER_ATOMIC_UNIT - entry.scf.dipole_debye[axis]!)).toBeLessThan(
        DIPOLE_TOLERANCE,
      );
  });

  it.each(cations.filter(isQuick))(
    "of the vertical cation of $id agrees with an independent program",
    cationAgreesInUhf,
  );
});

describe("ROHF", () => {
  it.each(radicals)("of $id agrees with an independent program", async (entry) => {
    using system = await openReference(entry);
    const scf = hartreeFock(system, { kind: "rohf" });
    expect(scf.outcome).toBe("converged");
    expect(Math.abs(scf.energy_hartree - entry.rohf!.energy)).toBeLessThan(SCF_TOLERANCE);
    const [alpha, beta] = scf.nelec;
    const spin = (alpha - beta) / 2;
    expect(scfProperties(system, scf).spinSquared).toBeCloseTo(spin * (spin + 1), 10);
  });

  it.each(cations.filter(isQuick))(
    "of the vertical cation of $id is not above an independent program's",
    cationIsNotAboveInRohf,
  );
});

describe("stability", () => {
  it("tells a saddle point from a minimum, and follows it downhill", async () => {
    const entry = referenceEntries("small_molecules.json").find(({ id }) => id === "n2_stretched_sto3g")!;
    using system = await openReference(entry);
    const checked = hartreeFock(system, { stability: "check" });
    expect(checked.stability.verdict).toBe("unstable");
    const followed = hartreeFock(system, { stability: "follow" });
    expect(followed.stability).toMatchObject({ verdict: "stable", followed: 1 });
    expect(Math.abs(followed.energy_hartree - entry.scf.energy)).toBeLessThan(SCF_TOLERANCE);
    expect(checked.energy_hartree).toBeGreaterThan(followed.energy_hartree + 0.01);
    expect(hartreeFock(system, { stability: "none" }).stability.verdict).toBe("not-checked");
  });
});
