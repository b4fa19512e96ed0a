import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { DEFAULT_VQE } from "#shared/quantum/vqe.ts";
import { evaluateVerticalIonisation } from "../../vertical-ionisation.ts";
import { resources } from "../chemistry-reference.ts";

const context = { resources };
/** Davidson residuals on either side. */
const EXACT_TOLERANCE = 1e-7;
/** Chemical accuracy, Hartree. */
const CHEMICAL_ACCURACY = 1.6e-3;

const lithiumHydride = {
  geometry: { symbols: ["Li", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.6] },
  ...{ basis: "sto-3g", ansatz: "uccsd" as const, maxIterations: 200, charge: 0, multiplicity: 1 },
  activeSpace: { nelec: 4, norb: 6 },
};

describe("ions in a molecule's own orbitals", () => {
  it("are in the full space those of any orbitals", async () => {
    const { ions, hartreeFock } = await evaluateEnergy(
      { ...lithiumHydride, method: "casci", ions: ["cation", "anion"] },
      context,
    );
    expect(ions.map(({ kind }) => kind)).toEqual(["cation", "anion"]);
    for (const [k, charge] of [1, -1].entries()) {
      const request = { ...lithiumHydride, charge, multiplicity: 2, method: "fci" as const };
      const { fci } = await evaluateEnergy({ ...request, activeSpace: null }, context);
      expect(Math.abs(ions[k]!.casci.energy_hartree - fci!.energy_hartree)).toBeLessThan(EXACT_TOLERANCE);
      expect(ions[k]!.vqe).toBeNull();
    }
    const [homo, lumo] = hartreeFock.orbitalEnergies_hartree.slice(1, 3);
    expect(ions.map(({ koopmans_hartree }) => koopmans_hartree)).toEqual([-homo!, -lumo!]);
  });

  it("are those of a campaign's ionisation energy by VQE, above the exact ones", async () => {
    const small = { ...lithiumHydride, ...DEFAULT_VQE, activeSpace: { nelec: 2, norb: 3 } };
    const { charge: _, multiplicity: __, ...alike } = small;
    const { ions } = await evaluateEnergy({ ...small, method: "vqe", ions: ["anion", "cation"] }, context);
    const { cation } = await evaluateVerticalIonisation(alike, context);
    expect(ions[1]!.vqe!.energy_hartree).toBe(cation!.vqe.energy_hartree);
    for (const { vqe, casci } of ions) {
      expect(vqe!.outcome).toBe("converged");
      expect(vqe!.energy_hartree - casci.energy_hartree).toBeGreaterThan(-EXACT_TOLERANCE);
      expect(vqe!.energy_hartree - casci.energy_hartree).toBeLessThan(CHEMICAL_ACCURACY);
    }
  });
});
