import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { lowestState } from "#shared/quantum/multireference-result.ts";
import { lowestSciState } from "#shared/quantum/sci-result.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";

const METHANIMINE: AtomRow[] = [
  ["C", -0.402557, -0.037857, 0.003633],
  ["N", 0.784072, -0.535183, -0.016352],
  ["H", -1.286507, -0.694901, 0.002871],
  ["H", -0.576974, 1.050087, 0.022029],
  ["H", 1.481966, 0.217854, -0.012181],
];

const request = (norb: number, more: Partial<EnergyRequest> = {}): EnergyRequest => ({
  geometry: referenceGeometry(METHANIMINE),
  ...{ charge: 0, multiplicity: 1, basis: "6-31g*", method: "casci", ansatz: "uccsd", maxIterations: 100 },
  activeSpace: { nelec: norb, norb },
  ...more,
});

/** PySCF 2.14.0: dense diagonalisation of both spins, transition density matrices; tolerance of energies as the set suggests. */
const SINGLETS_AND_TRIPLETS = [
  {
    norb: 4,
    energies: [-94.0497561703, -93.8176238664, -93.6622030357, -93.8638552065, -93.8424073775],
    strengths: [0.009988909, 0.076437818],
  },
  {
    norb: 6,
    energies: [-94.0512371026, -93.8304042795, -93.6780756487, -93.865174999, -93.8536396137],
    strengths: [0.010513771, 0.052443601],
  },
];

describe("states of any spin in one set of orbitals", () => {
  it.each(SINGLETS_AND_TRIPLETS)(
    "of methanimine ($norb,$norb) agree with an independent program",
    async ({ norb, energies, strengths }) => {
      const spinStates = [
        { multiplicity: 1, count: 3 },
        { multiplicity: 3, count: 2 },
      ];
      const { multireference: found, casci } = await evaluateEnergy(request(norb, { spinStates }), {
        resources,
      });
      expect(found).toMatchObject({ outcome: "converged" });
      expect(found!.states.map(({ multiplicity, root }) => [multiplicity, root])).toEqual([
        ...[1, 2, 3].map((root) => [1, root]),
        ...[1, 2].map((root) => [3, root]),
      ]);
      for (const [k, state] of found!.states.entries()) {
        expect(Math.abs(state.energy_hartree - energies[k]!)).toBeLessThan(1e-7);
        expect(Math.abs(state.spinSquare - (state.multiplicity === 1 ? 0 : 2))).toBeLessThan(1e-6);
        expect(state.naturalOccupations.reduce((sum, n) => sum + n, 0)).toBeCloseTo(norb, 8);
      }
      const singlets = found!.transitions.filter(({ multiplicity }) => multiplicity === 1);
      expect(singlets.map(({ from, to }) => [from, to])).toEqual([
        [1, 2],
        [1, 3],
      ]);
      for (const [k, { oscillatorStrength }] of singlets.entries())
        expect(Math.abs(oscillatorStrength - strengths[k]!)).toBeLessThan(2e-6);
      expect(lowestState(found!)).toBe(found!.states[0]);
      expect(casci!.energy_hartree).toBe(found!.states[0]!.energy_hartree);
      expect(casci!.excited).toHaveLength(2);
    },
  );

  it.each(SINGLETS_AND_TRIPLETS)(
    "are found by selected CI, of ($norb,$norb) all determinants",
    async ({ norb, energies }) => {
      const spinStates = [
        { multiplicity: 1, count: 3 },
        { multiplicity: 3, count: 2 },
      ];
      const run = (method: "casci" | "sci") =>
        evaluateEnergy(request(norb, { method, spinStates }), { resources });
      const [{ multireference: exact }, { sci }] = [await run("casci"), await run("sci")];
      expect(sci).toMatchObject({ outcome: "converged", end: "complete" });
      for (const [k, state] of sci!.states.entries()) {
        const { multiplicity, root, naturalOccupations } = exact!.states[k]!;
        expect(state).toMatchObject({ multiplicity, root });
        expect(Math.abs(state.energy_hartree - energies[k]!)).toBeLessThan(1e-7);
        naturalOccupations.forEach((n, p) => {
          expect(Math.abs(state.naturalOccupations[p]! - n)).toBeLessThan(1e-4);
        });
      }
      expect(lowestSciState(sci!)).toBe(sci!.states[0]);
    },
  );

  it("have the same bits on any number of threads", async () => {
    const asked = request(4, { spinStates: [{ multiplicity: 3, count: 2 }] });
    const runs = await Promise.all([1, 2].map((threads) => evaluateEnergy(asked, { resources, threads })));
    expect(runs[1]!.multireference!.states).toEqual(runs[0]!.multireference!.states);
  });

  it.each([
    [[{ multiplicity: 1, count: 4 }], "expected at most 3 with spin singlet"],
    [[{ multiplicity: 5, count: 1 }], "expected at most 0 with spin quintet"],
    [[{ multiplicity: 2, count: 1 }], "expected at most 0 with spin doublet"],
  ])("that the electrons cannot have are refused before any work: %j", async (spinStates, message) => {
    await expect(evaluateEnergy(request(2, { spinStates }), { resources })).rejects.toThrow(message);
  });

  it("are those of casci, casscf, sci and vqe", async () => {
    const asked = request(2, { method: "mp2", spinStates: [{ multiplicity: 1, count: 1 }] });
    await expect(evaluateEnergy(asked, { resources })).rejects.toThrow(
      "expected the method casci, casscf, sci or vqe, got mp2",
    );
  });
});
