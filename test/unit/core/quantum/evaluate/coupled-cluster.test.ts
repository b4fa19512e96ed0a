import { describe, expect, it } from "vitest";
import { evaluate, evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateHamiltonian } from "#core/quantum/evaluate/hamiltonian-energy.ts";
import { singlesNotes } from "#core/quantum/evaluate/notes.ts";
import { formatFcidump } from "#core/quantum/hamiltonian/fcidump.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";
import { isReached } from "#shared/quantum/is-reached.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { flatten } from "../../../../../src/cli/commands/energy/result-json.ts";
import { resources, water } from "../chemistry-reference.ts";

const request: EnergyRequest = {
  geometry: water,
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "ccsd(t)", frozenCore: true },
  ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200 },
};

/** Two occupied and two empty orbitals turned among each other: the determinant stays. */
function turned(hamiltonian: ActiveHamiltonian, angle_radian: number): ActiveHamiltonian {
  const { norb } = hamiltonian;
  const [c, s] = [Math.cos(angle_radian), Math.sin(angle_radian)];
  const partner = new Map([
    [0, [1, -s]],
    [1, [0, s]],
    [6, [9, -s]],
    [9, [6, s]],
  ] as [number, [number, number]][]);
  const turn = (tensor: Float64Array, stride: number): Float64Array =>
    tensor.map((own, at) => {
      const p = Math.floor(at / stride) % norb;
      const other = partner.get(p);
      return other ? c * own + other[1] * tensor[at + (other[0] - p) * stride]! : own;
    });
  return {
    ...hamiltonian,
    oneBodyTensor: [1, norb].reduce(turn, hamiltonian.oneBodyTensor),
    twoBodyTensor: [1, norb, norb ** 2, norb ** 3].reduce(turn, hamiltonian.twoBodyTensor),
  };
}

describe("a request for coupled cluster", () => {
  it("has the energy of its method, correlation beside the field's", async () => {
    const result = await evaluateEnergy(request, { resources });
    expect(EnergyResult.parse(result)).toEqual(result);
    const { energy_hartree, correlation_hartree, triples_hartree, hartreeFock_hartree, coupledCluster } =
      flatten(request, result, "file") as Record<string, unknown> & {
        coupledCluster: { nFrozenCore: number };
      };
    expect(energy_hartree).toBeCloseTo((hartreeFock_hartree as number) + (correlation_hartree as number), 12);
    expect(triples_hartree).toBeLessThan(0);
    expect(coupledCluster.nFrozenCore).toBe(1);
    const ccsd = await evaluateEnergy({ ...request, method: "ccsd" }, { resources });
    expect(methodEnergy({ method: "ccsd" }, ccsd)).toBeCloseTo(
      (energy_hartree as number) - (triples_hartree as number),
      12,
    );
    expect([ccsd.coupledCluster!.triples_hartree, ccsd.notes]).toEqual([null, []]);
  });

  it("has no energy where it did not converge", async () => {
    const result = await evaluateEnergy(request, { resources });
    const lost = {
      ...result,
      coupledCluster: { ...result.coupledCluster!, outcome: "not-converged" as const, triples_hartree: null },
    };
    expect(methodEnergy(request, lost)).toBeNull();
    expect(isReached(lost)).toBe(false);
    expect(flatten(request, lost, "file")).toMatchObject({ energy_hartree: null, correlation_hartree: null });
  });
});

describe("a Hamiltonian", () => {
  /** The water above without its core, in turned orbitals where asked for. */
  async function fcidumpOf(turn_radian: number): Promise<string> {
    const { hamiltonian } = await evaluate(
      { ...request, method: "casci", frozenCore: false, activeSpace: { nelec: 8, norb: 12 } },
      { resources },
    );
    return formatFcidump(turned(hamiltonian!, turn_radian));
  }

  const ofText = (fcidump: string, changes: Partial<HamiltonianRequest> = {}) =>
    evaluateHamiltonian(
      { fcidump, method: "ccsd(t)", ansatz: "uccsd", maxIterations: 200, ...changes },
      { resources },
    );

  it.each([0, 0.3])(
    "has the energies of its molecule, whatever its orbitals (turned by %d)",
    async (turn) => {
      const molecule = (await evaluateEnergy(request, { resources })).coupledCluster!;
      const found = (await ofText(await fcidumpOf(turn))).coupledCluster!;
      expect(found.outcome).toBe("converged");
      expect(Math.abs(found.energy_hartree - molecule.energy_hartree)).toBeLessThan(1e-8);
      expect(Math.abs(found.triples_hartree! - molecule.triples_hartree!)).toBeLessThan(1e-8);
    },
  );

  it("is refused with unpaired electrons or several states", async () => {
    const fcidump = await fcidumpOf(0);
    await expect(ofText(fcidump, { multiplicity: 3 })).rejects.toThrow(
      "a closed shell, multiplicity 1, got 3",
    );
    await expect(ofText(fcidump, { states: 2 })).rejects.toThrow(/fci, sci or vqe, got ccsd\(t\)/);
  });
});

describe("the note on large singles", () => {
  const found = { outcome: "converged", t1Diagnostic: 0.01, d1Diagnostic: 0.03 } as const;
  const notes = (multiplicity: number, changes: object) =>
    singlesNotes({ multiplicity }, { ...found, ...changes } as never);

  it("stands where T1 or D1 is above its threshold", () => {
    expect(notes(1, {})).toEqual([]);
    expect(notes(1, { t1Diagnostic: 0.031 })[0]).toContain(
      "T1 is 0.031 and D1 0.030, where above 0.02 and 0.05",
    );
    expect(notes(1, { d1Diagnostic: 0.06 })).toHaveLength(1);
    expect(notes(2, { t1Diagnostic: 0.03 })).toEqual([]);
    expect(notes(1, { outcome: "not-converged", t1Diagnostic: 0.5 })).toEqual([]);
  });
});
