import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { besideCandidate } from "#core/orchestration/stages/evaluate/beside.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { PropertyDefinition } from "#shared/properties/definition.ts";

const resources = fileURLToPath(new URL("../../../../../../resources", import.meta.url));
const dispatcher: Dispatcher = {
  run: async (task, input) => outputOf(await answer(task, input, { resources, threads: 1 })),
  [Symbol.asyncDispose]: async () => {},
};

const REACTION = "[C:1]=[O:2]>>[C:1]([H])[O:2][H]";
const definition = PropertyDefinition.parse({
  kind: "formula",
  id: "hydrogenation",
  title: "Hydrogenation",
  unit: "eV",
  better: "minimise",
  basis: "sto-3g",
  states: { own: {}, alcohol: { reaction: REACTION } },
  formula: "E(alcohol) - E(own)",
});

describe("what a reaction makes of a candidate", () => {
  const made = async (smiles: string, charge: number, multiplicity: number) => {
    const reactant = { smiles, electrons: { charge, multiplicity } };
    const { molecules } = await besideCandidate(definition, { dispatcher, reactant });
    return molecules?.[REACTION];
  };

  it("has the electrons of its structure, as the candidate has", async () => {
    expect(await made("C=O", 0, 1)).toMatchObject({ charge: 0, multiplicity: 1 });
    expect(await made("C=[O+]C", 1, 1)).toMatchObject({ charge: 1 });
  });

  it("is refused in words where the candidate's electrons are not those of its structure", async () => {
    expect(await made("C=O", 1, 2)).toEqual({
      problem:
        "the candidate has charge 1 and multiplicity 2, its structure C=O charge 0 and multiplicity 1, and a reaction is of structures: expected an ion or a radical that is written as one",
    });
    expect(await made("C=O", 0, 3)).toMatchObject({ problem: expect.stringContaining("multiplicity 3") });
  });
});
