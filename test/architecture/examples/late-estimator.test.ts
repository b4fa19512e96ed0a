import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { describe, expect, it, vi } from "vitest";
import { evaluationRecords } from "#core/orchestration/stages/evaluate/records.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { BackendName } from "#shared/quantum/backend-names.ts";
import { BACKENDS } from "#shared/quantum/backends.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { SamplingSettings } from "#shared/quantum/vqe.ts";
import { addBackendOptions, vqeFromFlags } from "../../../src/cli/vqe-options.ts";
import {
  ANY_GEOMETRY,
  asEvaluated,
  evaluateVerticalIonisation,
} from "../../unit/core/vertical-ionisation.ts";
import { sentJobs } from "./late-estimator.ts";

/** The entry of the table. */
vi.mock("#shared/quantum/backends.ts", async (original) => {
  const { z } = await import("zod");
  const { BACKENDS: table } = await original<typeof import("#shared/quantum/backends.ts")>();
  const late = { id: "late", title: "Late, misreading", kind: "estimator", settings: z.strictObject({}) };
  return { BACKENDS: [...table, late] };
});
/** The line that opens it. */
vi.mock("#core/quantum/backends/registry.ts", async (original) => {
  const { openLateEstimator } = await import("./late-estimator.ts");
  const tables = await original<typeof import("#core/quantum/backends/registry.ts")>();
  const late = (_: unknown, context: object) => openLateEstimator(context);
  return { ...tables, OPEN_ESTIMATOR: { ...tables.OPEN_ESTIMATOR, late } };
});

const context = { resources: fileURLToPath(new URL("../../../resources", import.meta.url)) };
/** Known to the compiler only where it stands in the table itself. */
const late = "late" as BackendName;
const request = {
  geometry: { symbols: ["Li", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.595] },
  basis: "sto-3g",
  activeSpace: { nelec: 2, norb: 3 },
  ansatz: "uccsd" as const,
  maxIterations: 200,
  backend: late,
  sampling: SamplingSettings.parse({ statedError_hartree: 0.004, sqdStrings: 2, mitigation: ["readout"] }),
  seed: 5,
};
const energyRequest: EnergyRequest = { ...request, charge: 0, multiplicity: 1, method: "vqe" };

describe("a backend of one file, one entry and one line", () => {
  it("measures an energy within its stated error of exact diagonalisation, its own readout errors taken out", async () => {
    const { vqe, casci, backend } = await evaluateEnergy(energyRequest, context);
    expect([backend, vqe!.backend]).toEqual(["late", "late"]);
    expect(Math.abs(vqe!.noiseless_hartree! - casci!.energy_hartree)).toBeLessThan(1e-6);
    const error = Math.abs(vqe!.energy_hartree - casci!.energy_hartree);
    expect(error).toBeLessThan(4 * vqe!.statedError_hartree!);
    const sampling = { ...request.sampling, mitigation: [] };
    const { vqe: raw } = await evaluateEnergy({ ...energyRequest, sampling }, context);
    expect(raw!.energy_hartree - casci!.energy_hartree).toBeGreaterThan(4 * raw!.statedError_hartree!);
  });

  it("diagonalises in the strings that its shots show, from misread ones too", async () => {
    const { vqe, casci, hartreeFock } = await evaluateEnergy(energyRequest, context);
    const { energy_hartree, shots, validShots } = vqe!.sqd!;
    expect(energy_hartree).toBeGreaterThan(casci!.energy_hartree - 1e-9);
    expect(energy_hartree).toBeLessThan(hartreeFock.energy_hartree);
    expect(shots).toBe(10_000);
    // Two qubits of six are 1: none of 2 · 0.05 + 4 · 0.02 misreadings leaves some 83 % of the shots as they were.
    expect(validShots / shots).toBeGreaterThan(0.8);
    expect(validShots / shots).toBeLessThan(0.87);
  });

  it("leaves the ids of its jobs and calibrations in the result and in the record of the call", async () => {
    const before = sentJobs.length;
    const result = await evaluateVerticalIonisation(request, context);
    // Of each state a pilot, the energy, and the strings.
    const ids = sentJobs.slice(before);
    expect(ids).toHaveLength(6);
    const jobs = [result.neutral.vqe!, result.cation!.vqe].map((vqe) => vqe.jobs!);
    expect(jobs.flat()).toEqual(ids.map((id) => ({ id, calibrationId: `calibration of ${id}` })));
    const input = { conformer: "0".repeat(64) as never };
    const origin = { stage: "evaluate" as const, stageVersion: 1, program: "test", input };
    const { records } = evaluationRecords(asEvaluated(result), origin, ANY_GEOMETRY);
    const calls = records.filter(({ kind }) => kind === "backend-call").map(({ content }) => content);
    expect(calls.map(({ jobId }) => jobId)).toEqual([ids.slice(0, 3).join(", "), ids.slice(3).join(", ")]);
    expect(calls[0]!.calibrationId).toMatch(/^calibration of late-/);
  });

  it("is known to schemas, flags and forms", () => {
    expect(BackendName.options).toContain("late");
    expect(BACKENDS.map(({ title }): string => title)).toContain("Late, misreading");
    const help = addBackendOptions(new Command()).configureHelp({ helpWidth: 200 }).helpInformation();
    expect(help).toMatch(/exact \| statevector \| sampler \| .*\| late \(/);
    expect(vqeFromFlags({ backend: "late", shots: 5000, mitigation: "readout" })).toMatchObject({
      backend: "late",
      sampling: { shots: 5000, mitigation: ["readout"] },
    });
    expect(() => vqeFromFlags({ backend: "late", noise: "readout01=0.01" })).toThrow(
      /--noise goes with --backend sampler, got .*--backend late/,
    );
  });
});
