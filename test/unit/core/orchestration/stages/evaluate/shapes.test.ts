import { afterAll, describe, expect, it } from "vitest";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { shapesOfCandidate } from "#core/orchestration/stages/evaluate/shapes.ts";
import type { Conformation } from "#core/quantum/properties/conformers.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import { sampleNotebook } from "../../../notebook/sample-notebook.ts";

const notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 6 });
afterAll(() => notebook[Symbol.dispose]());

/** Its own shape has 3 kcal/mol by MMFF94. */
const id = candidateId(CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-000000000000"), 3);
const record = getCandidate(notebook.db, id).records.conformer!;
const own = { geometry: { symbols: ["C"], coordinates_angstrom: [0, 0, 0] } } as unknown as Candidate;

/** Shapes by how many are asked for: more starts find others. */
const finding = (energies: Readonly<Record<number, readonly number[]>>): Dispatcher =>
  ({
    run: async (_: string, { count }: { count: number }) =>
      energies[count]!.map((energy) => ({
        conformer: {
          geometry: { symbols: ["C"], coordinates_angstrom: [energy, 0, 0] },
          molblock: "",
          forceFieldEnergy_kcal_per_mol: energy,
        },
        images: 1,
      })),
  }) as unknown as Dispatcher;

const energyOf = (shape: Conformation | undefined) => shape?.candidate.geometry.coordinates_angstrom[0];
const shapes = (conformers: number | undefined, energies: Readonly<Record<number, readonly number[]>>) =>
  shapesOfCandidate(own, { db: notebook.db, record, conformers }, { dispatcher: finding(energies) });

describe("another shape of a candidate", () => {
  it("is the lower one that more starts found, not its own again", async () => {
    const { averaged, other } = await shapes(undefined, { 2: [2.5, 3.004] });
    expect(averaged).toEqual([{ candidate: own, images: 1 }]);
    expect(energyOf(await other())).toBe(2.5);
  });

  it("is the next one where its own is the lowest, and none where there is no other", async () => {
    const next = await shapes(undefined, { 2: [3, 4] });
    expect(energyOf(await next.other())).toBe(4);
    const alone = await shapes(undefined, { 2: [2.995] });
    expect(await alone.other()).toBeUndefined();
  });

  it("is none of those that were averaged, wherever it stands among them", async () => {
    const { averaged, other } = await shapes(2, { 2: [2.5, 3], 3: [2.5, 2.75, 3] });
    expect(averaged.map(energyOf)).toEqual([2.5, 3]);
    expect(energyOf(await other())).toBe(2.75);
    const rigid = await shapes(2, { 2: [3] });
    expect(rigid.averaged).toEqual([{ candidate: own, images: 1 }]);
    expect(await rigid.other()).toBeUndefined();
  });

  it("is of the candidate's own molecule", async () => {
    const asked: unknown[] = [];
    const run = async (_: string, { smiles, count }: { smiles: string; count: number }) => {
      asked.push({ smiles, count });
      return [];
    };
    const dispatcher = { run } as unknown as Dispatcher;
    await (await shapesOfCandidate(own, { db: notebook.db, record, conformers: 1 }, { dispatcher })).other();
    // Butane is the fourth of the sample.
    expect(asked).toEqual([{ smiles: "CCCC", count: 2 }]);
  });
});
