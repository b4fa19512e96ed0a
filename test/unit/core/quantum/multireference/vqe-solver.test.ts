import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";

const H4: AtomRow[] = [
  ["H", 0, 0, 0],
  ["H", 0, 0, 1],
  ["H", 0, 1.6, 0],
  ["H", 0, 1.6, 1],
];
const N2: AtomRow[] = [
  ["N", 0, 0, 0],
  ["N", 0, 0, 1.6],
];

const request = (rows: AtomRow[], more: Partial<EnergyRequest> = {}): EnergyRequest => ({
  geometry: referenceGeometry(rows),
  ...{
    charge: 0,
    multiplicity: 1,
    basis: "6-31g",
    method: "casscf",
    ansatz: "k-upccgsd",
    maxIterations: 2000,
  },
  ...{ activeSpace: { nelec: 4, norb: 4 }, layers: 3, starts: 2 },
  ...more,
});
const stateOf = async (asked: EnergyRequest) => {
  const { multireference } = await evaluateEnergy(asked, { resources });
  return { ...multireference!, state: multireference!.states[0]! };
};

describe("orbitals optimised with VQE", () => {
  it("lead to CASSCF where the ansatz is exact, NEVPT2 on them too", async () => {
    const exact = await stateOf(request(H4, { pt2: "nevpt2" }));
    const found = await stateOf(request(H4, { pt2: "nevpt2", solver: "vqe" }));
    expect(found).toMatchObject({ outcome: "converged", vqe: { ansatz: "k-upccgsd", layers: 3 } });
    expect(found.orbitals).toMatchObject({ outcome: "converged" });
    const { energy_hartree, exact_hartree, spinSquare, pt2_hartree } = found.state;
    expect(energy_hartree - exact.state.energy_hartree).toBeGreaterThan(-1e-7);
    expect(energy_hartree - exact.state.energy_hartree).toBeLessThan(2e-6);
    expect(Math.abs(exact_hartree! - exact.state.energy_hartree)).toBeLessThan(2e-6);
    expect(Math.abs(pt2_hartree! - exact.state.pt2_hartree!)).toBeLessThan(1e-4);
    expect(spinSquare).toBeCloseTo(0, 8);
  });

  it("lead above CASSCF where it is not, and below VQE in the field's orbitals", async () => {
    const more = { activeSpace: { nelec: 6, norb: 6 }, layers: 1, starts: 2, basis: "sto-3g" } as const;
    const exact = await stateOf(request(N2, more));
    const found = await stateOf(request(N2, { ...more, solver: "vqe" }));
    const spinStates = [{ multiplicity: 1, count: 1 }];
    const still = await stateOf(request(N2, { ...more, method: "vqe", spinStates }));
    const missed = found.state.energy_hartree - exact.state.energy_hartree;
    expect(missed).toBeGreaterThan(1e-4);
    expect(found.state.energy_hartree).toBeLessThan(still.state.energy_hartree);
    // In its own orbitals the exact energy is below it, and above that of CASSCF.
    expect(found.state.exact_hartree!).toBeLessThan(found.state.energy_hartree);
    expect(found.state.exact_hartree!).toBeGreaterThan(exact.state.energy_hartree - 1e-7);
  });

  it("are of the same bits at each run, and do not count as converged where the VQE was cut short", async () => {
    const runs = [
      await stateOf(request(H4, { solver: "vqe" })),
      await stateOf(request(H4, { solver: "vqe" })),
    ];
    expect(runs[1]!.state).toEqual(runs[0]!.state);
    const cut = await stateOf(request(H4, { solver: "vqe", maxIterations: 3 }));
    expect(cut.outcome).toBe("not-converged");
  });

  it.each([
    [{ spinStates: [{ multiplicity: 1, count: 2 }] }, "expected one state, got 2"],
    [{ ansatz: "adapt" }, "expected the ansatz k-upccgsd or uccsd, got ADAPT"],
    [{ backend: "statevector" }, "expected the backend exact, got statevector"],
    [{ method: "casci" }, "expected the method casscf, got casci"],
  ] satisfies [Partial<EnergyRequest>, string][])("refuse %j", async (more, message) => {
    await expect(evaluateEnergy(request(H4, { solver: "vqe", ...more }), { resources })).rejects.toThrow(
      message,
    );
  });
});
