import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { seal } from "#core/notebook/proof/record.ts";
import type { LinkedGeometry } from "#core/orchestration/stages/evaluate/calculations.ts";
import { findState, stateKey, stateRecords } from "#core/orchestration/stages/evaluate/state.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { Unit } from "#core/quantum/evaluate/states.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

const resources = fileURLToPath(new URL("../../../../../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-state-"));
const path = join(folder, "n.sqlite");
const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
const water = {
  symbols: ["O", "H", "H"],
  coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
};
const straight = { ...water, coordinates_angstrom: [0, 0, 0, 0, 0, 0.95, 0, 0, -0.95] };
const conformer = seal({ kind: "conformer", content: {} });
const candidate: LinkedGeometry = { link: { role: "geometry", target: conformer.hash }, geometry: water };

const asked = (over: object): EnergyRequest =>
  EnergyRequest.parse({
    geometry: water,
    charge: 0,
    multiplicity: 1,
    basis: "sto-3g",
    method: "mp2",
    activeSpace: { nelec: 4, norb: 4 },
    ansatz: "uccsd",
    maxIterations: 200,
    ...over,
  });

let notebook: Notebook;
const open = (): Notebook =>
  openNotebook({ path, mode: "create", clock: () => new Date(0), program: "test" });
beforeAll(() => {
  notebook = open();
  const settings = CampaignSettings.parse({ name: "states" });
  notebook.append({ kind: "campaign-created", campaign, settings });
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

async function computed(unit: Unit): Promise<EnergyResult> {
  const result = await evaluateEnergy(unit.request, { resources });
  const { records, result: record, timings_ms } = stateRecords(result, { unit, candidate, program: "test" });
  const key = stateKey(unit.request);
  notebook.append(
    { kind: "state-finished", campaign, ordinal: 0, key, record: record.hash, program: "test", timings_ms },
    [conformer, ...records],
  );
  return result;
}

describe("a state in the notebook", () => {
  const units: [string, Unit][] = [
    ["a field with MP2", { names: ["neutral"], request: asked({}) }],
    ["an open shell", { names: ["cation"], request: asked({ charge: 1, multiplicity: 2 }) }],
    [
      "an active space with its ions",
      { names: ["neutral", "plus", "minus"], request: asked({ method: "vqe", ions: ["cation", "anion"] }) },
    ],
    [
      "vibrations at a minimum",
      { names: ["vibrating"], request: asked({ optimise: { frozen: [] }, vibrations: {} }) },
    ],
    [
      "a saddle",
      {
        names: ["straight"],
        request: asked({ geometry: straight, optimise: { frozen: [] }, vibrations: {} }),
      },
    ],
    [
      "a functional with dispersion in a solvent",
      {
        names: ["solvated"],
        request: asked({ method: "b3lyp", dispersion: "d3bj", solvent: { name: "water" }, grid: "coarse" }),
      },
    ],
    ["a relaxation", { names: ["relaxed"], request: asked({ method: "rhf", optimise: { frozen: [] } }) }],
  ];
  it.each(units)("is found as it was computed: %s", async (_, unit) => {
    const { threads: __, ...result } = await computed(unit);
    const found = findState(notebook.db, unit.request, candidate)!;
    const { threads: ___, ...stored } = found;
    expect({ ...stored, wallTime_ms: 0 }).toEqual({ ...result, wallTime_ms: 0 });
    expect(stored.wallTime_ms).toBeCloseTo(result.wallTime_ms, 6);
  });

  it("is found after a restart, and verification finds nothing wrong with it", async () => {
    notebook[Symbol.dispose]();
    notebook = open();
    expect(findState(notebook.db, asked({}), candidate)?.mp2).not.toBeNull();
    expect(await verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
  });

  it("answers for the field and MP2 that it holds beside a VQE, with what these are by themselves", async () => {
    const level = { basis: "6-31g", frozenCore: true };
    await computed({
      names: ["neutral", "plus"],
      request: asked({ ...level, method: "vqe", ions: ["cation"], activeSpace: { nelec: 2, norb: 2 } }),
    });
    const alone = asked(level);
    const timeless = (result: EnergyResult | undefined): unknown =>
      JSON.parse(
        JSON.stringify(result, (name, value) =>
          name.endsWith("Time_ms") || name === "threads" || value === null ? undefined : value,
        ),
      );
    const found = findState(notebook.db, alone, candidate);
    expect(timeless(found)).toEqual(timeless(await evaluateEnergy(alone, { resources })));
    for (const other of [{ frozenCore: false }, { charge: 2 }, { basis: "6-31g*" }, { geometry: straight }])
      expect(findState(notebook.db, asked({ ...level, ...other }), candidate)).toBeUndefined();
  });

  it("elsewhere than in the candidate's geometry holds its own", async () => {
    const moved = { ...water, coordinates_angstrom: water.coordinates_angstrom.with(2, 0.12) };
    const request = asked({ geometry: moved });
    const result = await evaluateEnergy(request, { resources });
    const unit = { names: ["moved"] as const, request };
    const { records } = stateRecords(result, { unit, candidate, program: "test" });
    const scf = records.find(({ kind }) => kind === "scf")!;
    expect(scf.content.symbols).toEqual(water.symbols);
    expect(Buffer.from(scf.parts.coordinates_angstrom!).readDoubleLE(16)).toBe(0.12);
  });
});

describe("the key of a state", () => {
  it("is that of all that its result depends on", () => {
    const key = stateKey(asked({}));
    for (const other of [
      { charge: 1, multiplicity: 2 },
      { basis: "6-31g" },
      { method: "rhf" },
      { functions: "pure" },
      { frozenCore: true },
      { optimise: { frozen: [] } },
      { geometry: { ...water, coordinates_angstrom: water.coordinates_angstrom.with(0, 1e-12) } },
    ])
      expect(stateKey(asked(other))).not.toBe(key);
  });

  it("does not know of what its method does not ask for", () => {
    const key = stateKey(asked({}));
    for (const same of [
      { ansatz: "adapt", maxIterations: 7, seed: 5 },
      { activeSpace: null, ions: [] },
      { functions: null, ghosts: [] },
    ])
      expect(stateKey(asked(same))).toBe(key);
    expect(stateKey(asked({ method: "casci", seed: 5 }))).toBe(stateKey(asked({ method: "casci" })));
    expect(stateKey(asked({ method: "vqe", seed: 5 }))).not.toBe(stateKey(asked({ method: "vqe" })));
  });
});
