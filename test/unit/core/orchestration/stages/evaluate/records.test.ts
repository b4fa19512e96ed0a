import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { resultKey, toHex } from "#core/notebook/proof/hash.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import { linkRoles, recordId } from "#core/notebook/tables/records.ts";
import { difference } from "#core/orchestration/stages/compare-json.ts";
import { timesOf } from "#core/orchestration/stages/evaluate/calculations.ts";
import {
  evaluationRecords,
  readEvaluation,
  writtenEvaluation,
} from "#core/orchestration/stages/evaluate/records.ts";
import type { EvaluatedCandidate } from "#core/quantum/properties/evaluate.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId, type Sha256 } from "#shared/ids.ts";
import { readDefinition } from "#shared/properties/definition.ts";
import type { ActiveSpaceRule } from "#shared/quantum/active-space.ts";
import { BackendName } from "#shared/quantum/backend-names.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";
import { Ansatz } from "#shared/quantum/vqe.ts";
import {
  ANY_GEOMETRY,
  asEvaluated,
  asEvaluation,
  type IonisationResult,
} from "../../../vertical-ionisation.ts";

let folder: string;
let notebook: Notebook;
const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-evaluation-"));
  const path = join(folder, "n.sqlite");
  notebook = openNotebook({ path, mode: "create", clock: () => new Date(), program: "test" });
  const settings = CampaignSettings.parse({ name: "evaluations" });
  notebook.append({ kind: "campaign-created", campaign, settings });
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const energy = fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((value) => value + 0);
const outcome = fc.constantFrom("converged" as const, "not-converged" as const);
const time = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0);
const count = fc.nat(1000);
const casci: fc.Arbitrary<CasciResult> = fc.record({
  outcome,
  energy_hartree: energy,
  determinants: count,
  lowestOfAnySpin: fc.option(fc.record({ energy_hartree: energy, spinSquare: energy })),
  spinSquare: fc.option(energy),
  excited: fc.array(fc.record({ outcome, energy_hartree: energy, spinSquare: energy }), { maxLength: 2 }),
  wallTime_ms: time,
});
const vqe: fc.Arbitrary<VqeResult> = fc.record({
  outcome,
  energy_hartree: energy,
  gradientNorm: energy,
  iterations: count,
  evaluations: count,
  nParameters: count,
  reference: fc.record({ alpha: fc.array(count), beta: fc.array(count) }),
  spinSquare: fc.option(energy),
  largestAmplitude_radian: energy,
  qubits: count,
  qubitsTapered: count,
  twoQubitGates: count,
  gates: fc.option(count),
  depth: fc.option(count),
  ansatz: fc.constantFrom(...Ansatz.options),
  backend: fc.constantFrom(...BackendName.options),
  seed: fc.option(count),
  shots: fc.option(count),
  statedError_hartree: fc.option(energy),
  stateErrorBound: fc.option(energy),
  noiseless_hartree: fc.option(energy),
  electronNumber: fc.option(energy),
  sqd: fc.option(
    fc.record({ outcome, energy_hartree: energy, determinants: count, shots: count, validShots: count }),
  ),
  excited: fc.array(fc.record({ outcome, energy_hartree: energy, spinSquare: energy }), { maxLength: 2 }),
  trace_hartree: fc.array(energy),
  wallTime_ms: time,
});
const neutral: fc.Arbitrary<EnergyResult> = fc.record({
  basis: fc.string(),
  notes: fc.array(fc.string(), { maxLength: 2 }),
  nBasis: count,
  charge: count,
  multiplicity: count,
  nuclearRepulsion_hartree: energy,
  hartreeFock: fc.record({
    outcome,
    energy_hartree: energy,
    iterations: count,
    orbitalEnergies_hartree: fc.array(energy),
    reference: fc.constantFrom("rhf" as const, "uhf" as const, "rohf" as const),
    betaOrbitalEnergies_hartree: fc.option(fc.array(energy)),
    spinSquare: fc.option(energy),
    droppedFunctions: count,
    stability: fc.option(
      fc.record({
        verdict: fc.constantFrom("stable" as const, "unstable" as const, "not-checked" as const),
        lowestCurvature_hartree: fc.option(energy),
        followed: count,
      }),
    ),
    densityFitting: fc.constant(null),
    search: fc.constant(null),
    wallTime_ms: time,
  }),
  properties: fc.option(
    fc.record({
      dipole_debye: fc.array(energy, { minLength: 3, maxLength: 3 }),
      mullikenCharges: fc.array(energy),
      lowdinCharges: fc.array(energy),
    }),
  ),
  mp2: fc.option(
    fc.record({
      ...{ energy_hartree: energy, correlation_hartree: energy, sameSpin_hartree: energy },
      ...{ oppositeSpin_hartree: energy, largestAmplitude: energy, nFrozenCore: count, wallTime_ms: time },
    }),
  ),
  integralsHash: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex)),
  activeSpace: fc.record({
    ...{ nelec: count, norb: count, orbitals: fc.array(count) },
    rule: fc.option(
      fc.constantFrom<ActiveSpaceRule>(
        { rule: "frontier", nelec: 4, norb: 4 },
        { rule: "natural-occupation", threshold: 0.02 },
        { rule: "avas", targets: ["C 2pz"], threshold: 0.2 },
        { rule: "orbitals", orbitals: [1, 2] },
      ),
    ),
    reason: fc.option(fc.string()),
    naturalOccupations: fc.option(fc.array(energy)),
    largestDiscardedOccupation: fc.option(energy),
  }),
  casci: fc.option(casci),
  // Kept for molecules outside campaigns only.
  ...{ fci: fc.constant(null), optimisation: fc.constant(null), program: fc.constant(null) },
  openQasm: fc.constant(null),
  ...{ device: fc.constant(null), mapping: fc.constant(null), ions: fc.constant([]) },
  threads: fc.constant(null),
  vqe: fc.option(vqe),
  backend: fc.string(),
  build: fc.string(),
  wallTime_ms: time,
});
const evaluation: fc.Arbitrary<IonisationResult> = fc.record({
  outcome,
  neutral,
  cation: fc.option(fc.record({ casci, vqe })),
  vertical_hartree: fc.option(energy),
  verticalCasci_hartree: fc.option(energy),
  koopmans_hartree: fc.option(energy),
});

/** What evaluations of the first version had no word for. */
const LATER: ReadonlySet<string> = new Set([
  ...["rule", "reason", "naturalOccupations", "largestDiscardedOccupation"],
  ...[
    "gates",
    "depth",
    "seed",
    "shots",
    "statedError_hartree",
    "stateErrorBound",
    "noiseless_hartree",
    "electronNumber",
  ],
  ...["sqd", "excited", "lowestOfAnySpin", "spinSquare", "stability", "densityFitting"],
  ...["betaOrbitalEnergies_hartree", "properties", "mp2", "integralsHash"],
]);

const asFirstVersion = (result: IonisationResult): IonisationResult =>
  JSON.parse(JSON.stringify(result, (key, value) => (LATER.has(key) ? undefined : value)));

let stored = 0;

const store = (result: IonisationResult): number =>
  storeAs(1, asEvaluated(result), { propertySettings: { method: "vqe" } });

/** Seals an evaluation as its stage does; its record. */
function storeAs(stageVersion: number, evaluated: EvaluatedCandidate, evaluation: object): number {
  const ordinal = stored++;
  const conformer = seal({ kind: "conformer", content: { n: ordinal } });
  const { maxEvaluations: _, ...asked } = CampaignSettings.parse({ name: "x", evaluation }).evaluation;
  const input = { ...asked, conformer: conformer.hash } as JsonObject & { conformer: Sha256 };
  const origin = { stage: "evaluate" as const, stageVersion, program: "test", input };
  const made = evaluationRecords(evaluated, origin, ANY_GEOMETRY);
  const score = seal({
    kind: "score",
    content: {
      property: "vertical-ionisation-energy",
      outcome: "converged",
      reason: null,
      vertical_hartree: 0,
      vqeMinusCasci_hartree: 0,
    },
    links: [{ role: "evaluation", target: made.result.hash }],
  });
  notebook.append(
    {
      kind: "stage-finished",
      campaign,
      stage: "evaluate",
      ordinal,
      key: resultKey("evaluate", 1, ordinal),
      record: made.result.hash,
      score: score.hash,
      reused: false,
      program: "test",
      timings_ms: made.timings_ms,
    },
    [conformer, ...made.records, score],
  );
  return recordId(notebook.db, made.result.hash);
}

describe("an evaluation in the notebook", () => {
  it("comes back to the last bit, times included", () => {
    fc.assert(
      fc.property(evaluation, (result) => {
        expect(readEvaluation(notebook.db, store(result))).toEqual(asEvaluation(result));
      }),
    );
  });

  it("of an earlier version differs in nothing that it did not say then", () => {
    fc.assert(
      fc.property(evaluation, (result) => {
        const then = writtenEvaluation(notebook.db, store(asFirstVersion(result)));
        const now = JSON.parse(JSON.stringify(asEvaluation(result)));
        expect(difference(then, now)).toEqual({ largest: 0, at: "", mismatch: undefined });
      }),
    );
  });

  it("tells where its number is, and where its states were tried before", () => {
    const attempts = [
      {
        at: "at the geometry that was asked for",
        problem: "Hartree-Fock did not converge in 1000 iterations",
      },
      { at: "at the Hartree–Fock/STO-3G minimum", problem: null },
    ];
    const [drawn] = fc.sample(evaluation, 1) as [IonisationResult];
    const { evaluation: own, ...rest } = asEvaluated(drawn);
    const record = storeAs(
      13,
      { ...rest, evaluation: { ...own, attempts } },
      { propertySettings: { method: "vqe" } },
    );
    expect(readEvaluation(notebook.db, record).attempts).toEqual(attempts);
  });

  it("knows of each state how long it had the processor, where that was measured", () => {
    const [state] = fc.sample(neutral, 1) as [EnergyResult];
    const named = { name: "neutral", role: (part: string) => part };
    expect(timesOf({ ...named, result: state })).not.toHaveProperty("neutral-processor");
    expect(timesOf({ ...named, result: { ...state, processorTime_ms: 7 } })["neutral-processor"]).toBe(7);
  });

  it.each([
    [11, "ground-scf"],
    [12, "excited-scf"],
  ])("of a formula by version %i has the states that it was made of, one under %s", (version, role) => {
    const definition = readDefinition(
      JSON.stringify({
        ...{ id: "gap", title: "Gap", unit: "eV", better: "minimise" },
        states: { ground: {}, excited: { multiplicity: 3 } },
        formula: "E(excited) - E(ground)",
      }),
      "gap.json",
    );
    // As many as are drawn; by one build, as all states of an evaluation are.
    const [ground, other] = fc.sample(neutral, 2) as [EnergyResult, EnergyResult];
    const { build, backend } = ground;
    const states = { excited: { ...other, build, backend }, ground };
    const values = { ownProperty_hartree: 1, ownPropertyHartreeFock_hartree: 2 };
    const made = { property: "own-formula", definition, outcome: "converged", states, values } as const;
    const asked = { property: "own-formula", definition };
    const record = storeAs(version, { evaluation: made, reason: null, geometries: {} }, asked);
    expect(linkRoles(notebook.db, record).filter((each) => each.endsWith("-scf"))).toEqual([role]);
    expect(readEvaluation(notebook.db, record)).toEqual(made);
  });

  it("says of each VQE which backend ran it, with which seed and how many shots, on which integrals", () => {
    fc.assert(
      fc.property(evaluation, (result) => {
        const origin = {
          stage: "evaluate" as const,
          stageVersion: 1,
          program: "test",
          input: { conformer: seal({ kind: "conformer", content: {} }).hash },
        };
        const { records } = evaluationRecords(asEvaluated(result), origin, ANY_GEOMETRY);
        const byHash = new Map(records.map((record) => [record.hash, record]));
        const target = (from: NotebookRecord, role: string) =>
          byHash.get(from.links.find((link) => link.role === role)!.target)!;
        const called = { neutral: result.neutral.vqe, cation: result.cation?.vqe };
        const vqes = records.filter(({ kind }) => kind === "vqe");
        expect(vqes).toHaveLength(Object.values(called).filter((vqe) => vqe).length);
        for (const vqe of vqes) {
          const call = target(vqe, "backend-call");
          const { backend, seed, shots } = called[vqe.content.state as "neutral" | "cation"]!;
          expect(call.content).toMatchObject({ backend, seed, shots, jobId: null, calibrationId: null });
          const { integrals = null } = target(call, "hamiltonian").content;
          expect(integrals).toBe(result.neutral.integralsHash);
        }
      }),
    );
  });

  it("names the calculation that failed, with that calculation's own figures", () => {
    const failing = (result: IonisationResult): string | null => {
      const input = { conformer: seal({ kind: "conformer", content: {} }).hash };
      const origin = { stage: "evaluate" as const, stageVersion: 1, program: "test", input };
      const { result: record } = evaluationRecords(asEvaluated(result), origin, ANY_GEOMETRY);
      return record.content.reason as string | null;
    };
    fc.assert(
      fc.property(evaluation, vqe, vqe, casci, (drawn, ofNeutral, ofCation, exact) => {
        const { vibrations: _, ...relaxed } = drawn.neutral;
        const own = { ...relaxed, optimisation: null };
        const made = (
          field: "converged" | "not-converged",
          neutral: VqeResult,
          cation: VqeResult,
          diagonalised: CasciResult["outcome"] = "converged",
        ) =>
          failing({
            ...drawn,
            outcome: "not-converged",
            neutral: {
              ...own,
              casci: null,
              hartreeFock: { ...drawn.neutral.hartreeFock, outcome: field, iterations: 77 },
              vqe: neutral,
            },
            cation: { casci: { ...exact, outcome: diagonalised }, vqe: cation },
          });
        const good = { ...ofNeutral, outcome: "converged" as const };
        const bad = (run: VqeResult, iterations: number, gradientNorm: number): VqeResult => ({
          ...{ ...run, outcome: "not-converged", iterations, gradientNorm },
        });
        expect(failing({ ...drawn, outcome: "converged" })).toBeNull();
        expect(made("not-converged", bad(ofNeutral, 5, 0.5), bad(ofCation, 6, 0.25))).toBe(
          "Hartree-Fock did not converge in 77 iterations",
        );
        expect(made("converged", bad(ofNeutral, 5, 0.5), bad(ofCation, 6, 0.25))).toBe(
          "VQE of the neutral did not converge in 5 iterations (gradient 5.0e-1 Eh)",
        );
        expect(made("converged", good, bad(ofCation, 6, 0.25))).toBe(
          "VQE of the cation did not converge in 6 iterations (gradient 2.5e-1 Eh)",
        );
        const goodIon = { ...ofCation, outcome: "converged" as const };
        expect(made("converged", good, goodIon, "not-converged")).toBe(
          "exact diagonalisation did not converge",
        );
        expect(made("converged", good, goodIon)).toBe(
          "a state that the ionisation energy is made of was not reached, or mixes spins too much for MP2",
        );
      }),
      { numRuns: 20 },
    );
  });

  it("has the same hashes however long it took", () => {
    fc.assert(
      fc.property(evaluation, time, (result, other) => {
        const origin = {
          stage: "evaluate" as const,
          stageVersion: 1,
          program: "test",
          input: { conformer: seal({ kind: "conformer", content: {} }).hash },
        };
        const slower = structuredClone(result);
        slower.neutral.wallTime_ms = other;
        slower.neutral.hartreeFock.wallTime_ms = other;
        if (slower.neutral.vqe) slower.neutral.vqe.wallTime_ms = other;
        expect(evaluationRecords(asEvaluated(slower), origin, ANY_GEOMETRY).result.hash).toBe(
          evaluationRecords(asEvaluated(result), origin, ANY_GEOMETRY).result.hash,
        );
      }),
    );
  });
});
