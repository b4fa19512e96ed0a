import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { totalEnergy } from "#shared/quantum/multireference-result.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";

const METHANIMINE: AtomRow[] = [
  ["C", -0.402557, -0.037857, 0.003633],
  ["N", 0.784072, -0.535183, -0.016352],
  ["H", -1.286507, -0.694901, 0.002871],
  ["H", -0.576974, 1.050087, 0.022029],
  ["H", 1.481966, 0.217854, -0.012181],
];
/** PySCF 2.14.0, dense diagonalisation of (4,4) in 6-31G*. */
const SINGLETS = [-94.0497561703, -93.8176238664, -93.6622030357];
const TRIPLETS = [-93.8638552065, -93.8424073775];

const request = (more: Partial<EnergyRequest> = {}): EnergyRequest => ({
  geometry: referenceGeometry(METHANIMINE),
  ...{
    charge: 0,
    multiplicity: 1,
    basis: "6-31g*",
    method: "vqe",
    ansatz: "k-upccgsd",
    layers: 3,
    starts: 2,
  },
  ...{ maxIterations: 1000, activeSpace: { nelec: 4, norb: 4 } },
  spinStates: [
    { multiplicity: 1, count: 3 },
    { multiplicity: 3, count: 2 },
  ],
  ...more,
});

describe("states of each spin by VQE", () => {
  it("are those of an independent program, pure in spin, and NEVPT2 on them is that on CASCI", async () => {
    const {
      multireference: found,
      vqe,
      casci,
    } = await evaluateEnergy(request({ pt2: "nevpt2" }), { resources });
    const { multireference: exact } = await evaluateEnergy(request({ method: "casci", pt2: "nevpt2" }), {
      resources,
    });
    expect(found).toMatchObject({ outcome: "converged", vqe: { ansatz: "k-upccgsd", layers: 3 } });
    expect(vqe).toBeNull();
    expect(casci!.energy_hartree).toBe(exact!.states[0]!.energy_hartree);
    for (const [k, energy] of [...SINGLETS, ...TRIPLETS].entries()) {
      const [state, beside] = [found!.states[k]!, exact!.states[k]!];
      expect(state).toMatchObject({ multiplicity: beside.multiplicity, root: beside.root });
      expect(Math.abs(state.energy_hartree - energy)).toBeLessThan(2e-6);
      expect(state.exact_hartree).toBe(beside.energy_hartree);
      expect(Math.abs(state.spinSquare - (state.multiplicity === 1 ? 0 : 2))).toBeLessThan(1e-9);
      // Properties are first order in the error of the state, of which the energy has the square.
      expect(Math.abs(state.pt2_hartree! - beside.pt2_hartree!)).toBeLessThan(2e-4);
      for (const [p, n] of beside.naturalOccupations.entries())
        expect(Math.abs(state.naturalOccupations[p]! - n)).toBeLessThan(2e-3);
    }
    for (const { multiplicity, from, to, correctedExcitation_hartree } of exact!.transitions) {
      const [before, after] = [from, to].map((root) =>
        totalEnergy(
          exact!.states.find((state) => state.multiplicity === multiplicity && state.root === root)!,
        ),
      );
      expect(correctedExcitation_hartree).toBeCloseTo(after! - before!, 12);
    }
    for (const [k, { oscillatorStrength }] of exact!.transitions.entries())
      expect(Math.abs(found!.transitions[k]!.oscillatorStrength - oscillatorStrength)).toBeLessThan(1e-3);
  });

  it("that an ansatz does not reach lie above the exact ones beside them", async () => {
    const asked = request({ ansatz: "uccsd", spinStates: [{ multiplicity: 1, count: 3 }] });
    const { multireference } = await evaluateEnergy(asked, { resources });
    const [first, , third] = multireference!.states;
    expect(Math.abs(first!.energy_hartree - first!.exact_hartree!)).toBeLessThan(1e-4);
    expect(third!.energy_hartree - third!.exact_hartree!).toBeGreaterThan(1e-3);
  });

  it("of one determinant have nothing to vary", async () => {
    const spinStates = [{ multiplicity: 5, count: 1 }];
    const { multireference } = await evaluateEnergy(request({ spinStates }), { resources });
    const [quintet] = multireference!.states;
    expect(quintet).toMatchObject({ outcome: "converged", multiplicity: 5 });
    expect(quintet!.energy_hartree).toBeCloseTo(quintet!.exact_hartree!, 9);
    expect(quintet!.spinSquare).toBeCloseTo(6, 9);
  });

  it("of another spin than asked for have not converged", async () => {
    const apart: AtomRow[] = [
      ["N", 0, 0, 0],
      ["N", 0, 0, 2.2],
    ];
    const asked = request({
      ...{ geometry: referenceGeometry(apart), basis: "sto-3g", ansatz: "uccsd" },
      ...{ activeSpace: { nelec: 6, norb: 6 }, spinStates: [{ multiplicity: 1, count: 1 }], pt2: "nevpt2" },
    });
    const { multireference } = await evaluateEnergy(asked, { resources });
    const [state] = multireference!.states;
    expect(state!.spinSquare).toBeGreaterThan(1e-3);
    expect(state).toMatchObject({ outcome: "not-converged", pt2_hartree: null });
  });

  it.each([
    [{ backend: "statevector" }, "expected the backend exact, got statevector"],
    [{ ansatz: "lucj" }, "got LUCJ"],
    [{ ansatz: "adapt" }, "for more than the lowest of a spin, got ADAPT"],
    [{ openQasm: true }, "expected no circuit to route, transpile or write"],
    [{ ions: ["cation"] }, "expected no ions, got cation"],
  ] satisfies [Partial<EnergyRequest>, string][])("refuse %j", async (more, message) => {
    await expect(evaluateEnergy(request(more), { resources })).rejects.toThrow(message);
  });
});
