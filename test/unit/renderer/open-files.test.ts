import type { DragEvent } from "react";
import { describe, expect, it, vi } from "vitest";
import { holdFiles, takeDrop } from "../../../src/renderer/src/features/start-campaign/drop.ts";
import { openPlan } from "../../../src/renderer/src/features/start-campaign/open-files.ts";

const found = { hash: "0".repeat(64), name: "x.csv", rows: 2, columns: [] };
const read = vi.hoisted(() => vi.fn());
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ client: { libraries: { read } } }));
read.mockImplementation(async () => found);

const molecules = [new File(["smiles\nCO\nC\n"], "x.csv"), new File(["CC"], "y.smi.gz")];
const plan = { version: 1, name: "Dropped", generation: { source: "library", files: ["folder/x.csv"] } };
const planFile = new File([JSON.stringify(plan)], "plan.json");

it("opens a plan with the files that it names among those chosen", async () => {
  const { draft, asked } = await openPlan([...molecules, planFile]);
  expect(draft.name).toBe("Dropped");
  expect(asked?.files).toEqual([molecules[0]]);
});

describe("files dropped on the form", () => {
  /** Drops files on a field for one file, or elsewhere. */
  function drop(files: readonly File[], input?: Pick<HTMLInputElement, "files" | "dispatchEvent">) {
    const takers = { plan: vi.fn(), molecules: vi.fn() };
    const event = {
      target: { closest: () => input && { querySelector: () => input } },
      dataTransfer: { files, types: files.length > 0 ? ["Files"] : ["text/plain"] },
      preventDefault: vi.fn(),
    };
    holdFiles(event as unknown as DragEvent);
    const held = event.preventDefault.mock.calls.length > 0;
    takeDrop(event as unknown as DragEvent, takers);
    return { ...takers, held, prevented: event.preventDefault.mock.calls.length === 2 };
  }

  it("are molecules, however many hold them, or a plan with its molecules", () => {
    const { molecules: taken, plan: opened, held, prevented } = drop(molecules);
    expect([held, prevented]).toEqual([true, true]);
    expect(taken).toHaveBeenCalledExactlyOnceWith(molecules);
    expect(opened).not.toHaveBeenCalled();
    const both = drop([...molecules, planFile]);
    expect(both.plan).toHaveBeenCalledExactlyOnceWith([...molecules, planFile]);
    expect(both.molecules).not.toHaveBeenCalled();
  });

  it.each(["probe.xyz", "definition.json"])(
    "are the field's for a file where they fall on one: %s",
    (name) => {
      const input = { files: null, dispatchEvent: vi.fn() };
      const files = [new File(["{}"], name)];
      const { molecules: taken, plan: opened } = drop(files, input);
      expect(input.files).toBe(files);
      expect(input.dispatchEvent).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ type: "change" }),
      );
      expect(taken).not.toHaveBeenCalled();
      expect(opened).not.toHaveBeenCalled();
    },
  );

  it("are files alone: text goes where it is dropped", () => {
    const { held, prevented, molecules: taken } = drop([]);
    expect([held, prevented]).toEqual([false, false]);
    expect(taken).not.toHaveBeenCalled();
  });
});
