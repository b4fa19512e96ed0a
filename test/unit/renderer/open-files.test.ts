import { expect, it, vi } from "vitest";
import { newDraft } from "../../../src/renderer/src/features/start-campaign/form.ts";
import { openDropped } from "../../../src/renderer/src/features/start-campaign/open-files.ts";

const found = { hash: "0".repeat(64), name: "x.csv", rows: 2, columns: [] };
const read = vi.hoisted(() => vi.fn());
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ client: { libraries: { read } } }));
read.mockImplementation(async () => found);

const molecules = [new File(["smiles\nCO\nC\n"], "x.csv"), new File(["CC"], "y.smi.gz")];
const plan = { version: 1, name: "Dropped", generation: { source: "library", files: ["folder/x.csv"] } };

it("takes dropped molecules into the draft, however many files hold them", async () => {
  const { draft, asked } = await openDropped(molecules, newDraft(new Date(0)));
  expect(draft.generation).toMatchObject({ source: "library", count: 2 });
  expect(asked?.files).toEqual(molecules);
});

it("opens a dropped plan with the files that it names among those dropped", async () => {
  const file = new File([JSON.stringify(plan)], "plan.json");
  const { draft, asked } = await openDropped([...molecules, file], newDraft(new Date(0)));
  expect(draft.name).toBe("Dropped");
  expect(asked?.files).toEqual([molecules[0]]);
});
