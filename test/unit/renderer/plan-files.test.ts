import { describe, expect, it } from "vitest";
import { chosenFor, planAmong } from "../../../src/renderer/src/features/start-campaign/plan-files.ts";

const text = JSON.stringify({
  version: 1,
  name: "amines",
  generation: { source: "library", files: ["sets/amines.csv", "more.smi"] },
});
const plan = new File([text], "plan.json");
const amines = new File(["smiles\nCN\n"], "amines.csv");
const more = new File(["CCN\n"], "more.smi");

describe("a plan that is opened in the form", () => {
  it("finds its molecules among the files chosen with it, in its own order", async () => {
    const chosen = [more, plan, amines];
    expect(chosenFor(await planAmong(chosen), chosen)).toEqual([amines, more]);
  });

  it("says which file is missing", async () => {
    const chosen = [plan, amines];
    const read = await planAmong(chosen);
    expect(() => chosenFor(read, chosen)).toThrow(/choose plan and molecules together. more.smi is missing/);
  });

  it("is refused where two of its files have one name, which a page cannot tell apart", async () => {
    const twice = JSON.stringify({
      version: 1,
      name: "amines",
      generation: { source: "library", files: ["a/amines.csv", "b/amines.csv"] },
    });
    const read = await planAmong([new File([twice], "plan.json")]);
    expect(() => chosenFor(read, [amines])).toThrow(/two files named amines.csv/);
  });

  it("is asked for where only molecules were chosen", async () => {
    await expect(planAmong([amines])).rejects.toThrow(/ends in .json, got amines.csv/);
  });
});
