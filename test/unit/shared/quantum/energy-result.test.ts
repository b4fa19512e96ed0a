import { describe, expect, it } from "vitest";
import { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";

const first = {
  casci: {
    outcome: "converged",
    energy_hartree: -2,
    determinants: 36,
    lowestOfAnySpin: null,
    wallTime_ms: 1,
  },
  vqe: {
    ...{
      outcome: "converged",
      energy_hartree: -2,
      gradientNorm: 0,
      iterations: 1,
      evaluations: 2,
      nParameters: 3,
    },
    ...{ reference: { alpha: [0], beta: [0] }, largestAmplitude_radian: 0.1, qubits: 4, qubitsTapered: 1 },
    ...{ twoQubitGates: 8, trace_hartree: [-2], wallTime_ms: 1 },
  },
};

describe("records of the first version", () => {
  it("are read as what they were: RHF, a frontier window, UCCSD in exact simulation", () => {
    const result = EnergyResult.parse({
      ...{ basis: "STO-3G", nBasis: 7, charge: 0, multiplicity: 1, nuclearRepulsion_hartree: 9, ...first },
      hartreeFock: {
        ...{ outcome: "converged", energy_hartree: -1, iterations: 7, orbitalEnergies_hartree: [-1] },
        wallTime_ms: 1,
      },
      ...{
        activeSpace: { nelec: 4, norb: 4, orbitals: [3, 4, 5, 6] },
        backend: "exact",
        build: "x",
        wallTime_ms: 9,
      },
    });
    expect(result).toMatchObject({ mp2: null, fci: null, properties: null, optimisation: null });
    expect(result.hartreeFock).toMatchObject({ reference: "rhf", spinSquare: null, densityFitting: null });
    expect(result.vqe).toMatchObject({
      ansatz: "uccsd",
      backend: "exact",
      shots: null,
      seed: null,
      gates: null,
    });
    expect(result.casci!.excited).toEqual([]);
    expect(result.activeSpace!.rule).toBeNull();
  });

  it("have settings that name no ansatz layers, shots or seed: the defaults hold", () => {
    const settings = {
      basis: "6-31g",
      activeSpace: { nelec: 4, norb: 4 },
      ansatz: "uccsd",
      backend: "exact",
    };
    expect(EvaluationSettings.parse(settings)).toEqual(EvaluationSettings.parse({}));
  });
});
