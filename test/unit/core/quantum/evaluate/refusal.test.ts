import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { foretoldRefusal } from "#core/quantum/evaluate/refusal.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources, water } from "../chemistry-reference.ts";

const usual: EnergyRequest = {
  geometry: water,
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "rhf", activeSpace: null },
  ...{ ansatz: "uccsd", maxIterations: 100 },
};

/** C10 in a row: large enough in cc-pVTZ, 300 functions, and never computed. */
const carbons = {
  symbols: new Array<string>(10).fill("C"),
  coordinates_angstrom: Array.from({ length: 30 }, (_, k) => (k % 3 === 2 ? 0.43 * (k - 2) : 0)),
};

const REFUSED: Record<string, Partial<EnergyRequest>> = {
  "amplitudes beyond memory": { geometry: carbons, basis: "cc-pvtz", method: "ccsd(t)", frozenCore: true },
  "determinants beyond memory": { basis: "6-31g*", method: "fci" },
  "a space beyond memory": { basis: "cc-pvdz", method: "casci", activeSpace: { nelec: 10, norb: 20 } },
  "more orbitals than there are": { method: "casscf", activeSpace: { nelec: 4, norb: 40 } },
  "electrons that cannot be paired so": { multiplicity: 2 },
  "electrons of a ghost": { charge: 3, ghosts: [0] },
  "settings that do not go together": { method: "ccsd", densityFit: true },
};

describe("a refusal that is foretold", () => {
  it.each(Object.entries(REFUSED))("is that of the calculation: %s", async (_, asked) => {
    const request = { ...usual, ...asked };
    const foretold = await foretoldRefusal(request, resources);
    await expect(evaluateEnergy(request, { resources })).rejects.toMatchObject({ message: foretold });
  });

  it("says how much memory is missing and what helps", async () => {
    const asked = { ...usual, ...REFUSED["amplitudes beyond memory"] };
    const needed = /needs about \d+\.\d GiB; 8\.00 GiB are allowed\. /;
    const frozen = await foretoldRefusal(asked, resources);
    expect(frozen).toMatch(needed);
    expect(frozen).toMatch(/Take a smaller basis set or the method mp2\.$/);
    const unfrozen = await foretoldRefusal({ ...asked, frozenCore: false }, resources);
    expect(unfrozen).toMatch(/Take a smaller basis set, a frozen core or the method mp2\.$/);
  });

  it("is none of what begins", async () => {
    expect(await foretoldRefusal(usual, resources)).toBeNull();
    expect(await foretoldRefusal({ ...usual, geometry: carbons, basis: "cc-pvtz" }, resources)).toBeNull();
    expect(await foretoldRefusal({ ...usual, method: "ccsd(t)", basis: "cc-pvdz" }, resources)).toBeNull();
  });
});
