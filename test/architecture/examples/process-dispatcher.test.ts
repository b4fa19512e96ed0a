import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { EmbedOutput } from "#core/orchestration/dispatch/tasks.ts";
import { createThreadPool } from "#core/orchestration/threads/pool.ts";
import { THREAD_ENTRY } from "#core/orchestration/worker/entries.ts";
import type { EnergyRequest, GridRequest } from "#shared/quantum/energy-request.ts";
import { createProcessDispatcher } from "./process-dispatcher.ts";

const resources = fileURLToPath(new URL("../../../resources", import.meta.url));
const threads = createThreadPool({ size: 1, entry: THREAD_ENTRY, resources });
const one = createProcessDispatcher(resources);
afterAll(() => Promise.all([threads[Symbol.asyncDispose](), one[Symbol.asyncDispose]()]));

/** Times differ from run to run. */
const withoutTimes = (result: object): unknown =>
  JSON.parse(JSON.stringify(result, (key, value) => (key.endsWith("Time_ms") ? undefined : value)));

const hydrogen: GridRequest = {
  geometry: { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] },
  charge: 0,
  multiplicity: 1,
  basis: "sto-3g",
  method: "rhf",
  field: "density",
  spin: "alpha",
  spacing_angstrom: 1,
};

const geometryOf = (output: EmbedOutput) => {
  if (output.outcome === "failed") throw new Error(output.detail);
  return output.conformer.geometry;
};

describe("a second dispatcher", () => {
  it("embeds and evaluates water as the threads do, to the last bit", async () => {
    const input = { smiles: "O", seed: 1 };
    const embedded = await one.run("embed", input);
    expect(embedded).toEqual(await threads.run("embed", input));
    const state: EnergyRequest = {
      geometry: geometryOf(embedded),
      charge: 0,
      multiplicity: 1,
      method: "vqe",
      basis: "6-31g",
      activeSpace: { nelec: 4, norb: 4 },
      ansatz: "uccsd",
      maxIterations: 200,
      ions: ["cation"],
    };
    const evaluated = await one.run("evaluate", state);
    expect(evaluated.hartreeFock.outcome).toBe("converged");
    expect(evaluated.ions[0]!.vqe!.outcome).toBe("converged");
    expect(withoutTimes(evaluated)).toEqual(withoutTimes(await threads.run("evaluate", state)));
  });

  it("gives typed arrays back as such", async () => {
    const grid = await one.run("grid", hydrogen);
    expect(grid.values).toBeInstanceOf(Float32Array);
    expect(grid).toEqual(await threads.run("grid", hydrogen));
  });

  it("tells of an error as the threads do, and goes on", async () => {
    const wrong = { ...hydrogen, basis: "sto-4711g" };
    const said = await threads.run("grid", wrong).catch((error: unknown) => error);
    expect(said).toMatchObject({ name: "DomainError", code: "invalid-input" });
    await expect(one.run("grid", wrong)).rejects.toEqual(said);
    expect(await one.run("fingerprints", { smiles: [] })).toEqual([]);
  });

  it("refuses a task of another version by its name", async () => {
    await expect(one.run("divine" as "embed", { smiles: "O", seed: 1 })).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringMatching(/"divine": expected one of filter, acquire, embed/),
    });
  });
});
