import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkDefinition } from "#core/orchestration/campaign/check-definition.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { readDefinition } from "#shared/properties/definition.ts";
import { propertyOfDefinition } from "#shared/properties/find.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const dispatcher: Dispatcher = {
  run: async (task, input) => outputOf(await answer(task, input, { resources, threads: 1 })),
  [Symbol.asyncDispose]: async () => {},
};

function check(definition: object, basis = "sto-3g"): Promise<void> {
  const read = readDefinition(JSON.stringify(definition), "d.json");
  const settings = { property: propertyOfDefinition(read), definition: read, basis };
  return checkDefinition(EvaluationSettings.parse(settings), { dispatcher, resources });
}

const withOther = (other: object) => ({
  id: "scheme",
  title: "Scheme",
  unit: "eV",
  better: "maximise",
  states: { own: {}, other },
  formula: "E(own) - E(other)",
});

describe("a definition", () => {
  it("is taken where its molecules, reactions and basis sets are some", async () => {
    await expect(check(withOther({ smiles: "C[O-]" }))).resolves.toBeUndefined();
    await expect(check(withOther({ reaction: "[O:1][H]>>[O-:1]" }))).resolves.toBeUndefined();
    await expect(check(withOther({ smiles: "[O][O]", multiplicity: 3 }))).resolves.toBeUndefined();
  });

  it.each([
    [{ smiles: "C(" }, /^C\(: expected a molecule with a geometry/],
    [{ smiles: "[Xe]" }, /state other: expected elements that STO-3G has functions for, got Xe/],
    [{ smiles: "[C+9]" }, /state other: expected an electron or more, got -3/],
    [{ smiles: "[He]", charge: 2 }, /state other: expected an electron or more, got 0/],
    [{ smiles: "O", multiplicity: 2 }, /electrons of O with charge 0 allow, got 2/],
    [{ reaction: "[C:1>>[C:1]" }, /state other: expected a reaction SMARTS/],
    [{ reaction: "[C:1].[O:2]>>[C:1][O:2]" }, /state other: expected a reaction SMARTS of one molecule/],
  ])("with a state %j is refused with the reason", async (other, message) => {
    await expect(check(withOther(other))).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(message),
    });
  });

  it("with a state that is relaxed has to have functions there too", async () => {
    const iodide = withOther({ smiles: "[I-]", geometry: "relaxed" });
    await expect(check(iodide, "6-311g**")).rejects.toThrow(
      /state other: expected elements that 6-31G\* has functions for, got I/,
    );
    await expect(check(withOther({ smiles: "[I-]" }), "6-311g**")).resolves.toBeUndefined();
  });

  it.each([
    ["[Zn+2]", "6-31+g**", /the probe: expected elements that 6-31\+G\*\* has functions for, got Zn/],
    ["[I-]", "6-311g**", /the probe: expected elements that 6-31G\* has functions for, got I/],
    ["[Zn+2]", "def2-svp", undefined],
    ["[H+]", "6-31+g**", /the probe: expected an electron or more, got 0/],
  ])("with the probe %s in %s is looked at in each basis set", async (smiles, basis, message) => {
    const probe = { kind: "probe", id: "probe-ion", title: "Ion", smiles };
    const checked = check(probe, basis);
    await (message ? expect(checked).rejects.toThrow(message) : expect(checked).resolves.toBeUndefined());
  });

  it("with a part in an unknown basis set is refused", async () => {
    const desirability = { shape: "larger", low: 0, high: 1 };
    const parts = [{ property: "triplet-energy", basis: "nope", desirability }];
    await expect(check({ id: "score", title: "Score", parts })).rejects.toThrow(/Unknown basis set "nope"/);
  });
});
