import { describe, expect, it } from "vitest";
import { createControlBlock } from "#core/quantum/control-block.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { SamplingSettings } from "#shared/quantum/vqe.ts";
import { evaluateVerticalIonisation } from "../../vertical-ionisation.ts";
import { resources, water } from "../chemistry-reference.ts";

const request: EnergyRequest = {
  geometry: water,
  ...{ charge: 0, multiplicity: 1, basis: "sto-3g", method: "vqe", activeSpace: null, ansatz: "uccsd" },
  maxIterations: 200,
};
const small = { name: "row", qubits: 4, edges: [[0, 1], [1, 2], [2, 3]] as [number, number][] }; // biome-ignore format: one line
const parts = { ...small, edges: small.edges.filter(([first]) => first !== 1) };
const vibrations = GasConditions.parse({});
const noisy = SamplingSettings.parse({ noise: { readout01: 0.1 } });
const singlets = [{ multiplicity: 1, count: 1 }];

describe("an energy request", () => {
  it.each<[Partial<EnergyRequest>, RegExp]>([
    [{ ghosts: [8] }, /expected atoms from 1 to 3, got 9/],
    [{ optimise: { frozen: [3] } }, /Frozen atoms: expected atoms from 1 to 3, got 4/],
    [{ optimise: { frozen: [] }, ghosts: [2], charge: -1 }, /expected no ghosts in an optimisation/],
    [{ optimise: { frozen: [] }, densityFit: true }, /without density fitting/],
    [{ vibrations, ghosts: [2] }, /Vibrations are of a free molecule/],
    [{ vibrations, densityFit: true }, /expected no ghosts, external charges or density fitting/],
    [
      { vibrations, pointCharges: { coordinates_angstrom: [0, 0, 5], charges: [1] } },
      /Vibrations are of a free/,
    ],
    [{ vibrations, method: "casscf" }, /Vibrations: expected a field, .*got casscf/],
    [{ method: "rhf", fcidump: true }, /expected the method .*casci.*, got rhf/],
    [{ method: "sci", spinStates: singlets, pt2: "nevpt2" }, /nevpt2: expected states by their spin/],
    [{ ansatz: "puccd", multiplicity: 3 }, /expected multiplicity 1, got 3/],
    [{ states: 2, ansatz: "lucj" }, /expected the ansatz k-upccgsd or uccsd, got LUCJ/],
    [{ states: 2, backend: "sampler" }, /expected the backend exact, got sampler/],
    [{ states: 2, method: "mp2" }, /expected the method casci, casscf, fci, sci or vqe, got mp2/],
    [
      { method: "sci", frozenCore: true, activeSpace: { nelec: 4, norb: 4 } },
      /an active space or a frozen core, got both/,
    ],
    [{ method: "ccsd(t)", densityFit: true }, /CCSD\(T\): expected exact integrals, got density fitting/],
    [{ method: "ccsd", states: 2 }, /expected the method casci, casscf, fci, sci or vqe, got ccsd/],
    [{ method: "ccsd", ions: ["cation"] }, /expected the method casci or vqe, got ccsd/],
    [{ device: "linear", method: "casci" }, /expected the method vqe, got casci/],
    [{ device: small, activeSpace: { nelec: 4, norb: 4 } }, /has 4 qubits and the circuit needs 8\. Take/],
    [{ device: parts }, /is not connected: .* Add the couplings that are missing/],
    [{ mapping: "parity", method: "mp2" }, /expected the method casci or vqe, got mp2/],
    [{ ions: ["cation"], method: "rhf" }, /expected the method casci or vqe, got rhf/],
    [{ ions: ["anion"], multiplicity: 3, method: "casci" }, /expected multiplicity 1, got 3/],
    [{ ions: ["anion"], ansatz: "puccd" }, /a cation has an unpaired electron/],
    [{ method: "b3lyp", densityFit: true }, /B3LYP: expected exact integrals, got density fitting/],
    [
      { method: "b3lyp", optimise: { frozen: [1] }, vibrations: GasConditions.parse({}) },
      /expected no frozen atoms beside them, got 1/,
    ],
    [{ solvent: { dielectric: 1 } }, /expected a relative permittivity above 1, got 1; 1 is the gas phase/],
    [{ solvent: { name: "water" }, ions: ["cation"] }, /expected no ions in the molecule's orbitals/],
    [
      { solvent: { name: "water" }, inputFile: "orca", method: "rhf" },
      /expected the gas phase, got a solvent/,
    ],
    [
      { solvent: { name: "water" }, pointCharges: { coordinates_angstrom: [0, 0, 1.5], charges: [1] } },
      /Solvent: expected no external charges/,
    ],
    [{ method: "rhf", grid: "fine" }, /expected one as the method, got rhf/],
    [{ sampling: noisy }, /expected the backend sampler, got exact/],
    [{ method: "b3lyp", multiplicity: 2, charge: 1, openShell: "hole" }, /got b3lyp/],
    [
      { method: "mp2", multiplicity: 2, charge: 1, openShell: "hole", densityFit: true },
      /expected exact integrals, got density fitting/,
    ],
    [{ excitations: singlets, method: "mp2" }, /Excitations: expected the method rhf or .*, got mp2/],
    [
      { excitations: singlets, method: "rhf", multiplicity: 3 },
      /expected a closed shell, multiplicity 1, got 3/,
    ],
    [{ excitations: singlets, method: "rhf", solvent: { name: "water" } }, /expected the gas phase/],
    [{ excitations: singlets, method: "rhf", densityFit: true }, /expected exact integrals/],
    [{ excitations: [{ multiplicity: 5, count: 1 }], method: "rhf" }, /expected singlets and triplets/],
    [
      { vibrations: { ...vibrations, isotopes: [{ atom: 3, massNumber: 2 }] } },
      /Isotopes: expected atoms from 1/,
    ],
    [
      { vibrations: { ...vibrations, isotopes: [{ atom: 1, massNumber: 9 }] } },
      /expected of atom 2 \(H\) one of 1H/,
    ],
  ])("is refused with %j before any work", async (change, message) => {
    const control = createControlBlock();
    await expect(evaluateEnergy({ ...request, ...change }, { resources, control })).rejects.toThrow(message);
    expect(control[3]).toBe(0);
  });

  it("for an ionisation energy is refused with an ansatz that knows pairs only", async () => {
    const { charge: _, multiplicity: __, method: ___, ...ionisation } = request;
    await expect(
      evaluateVerticalIonisation({ ...ionisation, ansatz: "puccd" }, { resources }),
    ).rejects.toThrow(/a cation has an unpaired electron/);
  });
});
