import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { besideCandidate } from "#core/orchestration/stages/evaluate/beside.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { PropertyDefinition } from "#shared/properties/definition.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { probeDefinition } from "../../../src/cli/probe-option.ts";
import { propertyFromFlags } from "../../../src/cli/property-options.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-probe-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const ammonium = `5
charge=1
N 0 0 0
H 0.59 0.59 0.59
H -0.59 -0.59 0.59
H -0.59 0.59 -0.59
H 0.59 -0.59 -0.59
`;
const hydroxide = `

 
  2  1  0  0  0  0  0  0  0  0999 V2000
    0.0000    0.0000    0.0000 O   0  5
    0.0000    0.0000    0.9600 H   0  0
  1  2  1  0
M  CHG  1   1  -1
M  END
`;
const resources = fileURLToPath(new URL("../../../resources", import.meta.url));
const dispatcher = {
  run: async (task: never, input: never) => outputOf(await answer(task, input, { resources, threads: 1 })),
  [Symbol.asyncDispose]: async () => {},
};
const probeOf = async (definition: PropertyDefinition) =>
  (await besideCandidate(definition, { dispatcher: dispatcher as never })).probe!;

describe("a probe of a person's own", () => {
  it.each([
    [
      "Ammonium ion.xyz",
      ammonium,
      { id: "probe-ammonium-ion", charge: 1 },
      { bonds: 4, charges: [1, 0, 0, 0, 0] },
    ],
    ["OH.sdf", hydroxide, { id: "probe-oh", charge: -1 }, { bonds: 1, charges: [-1, 0] }],
  ])("comes from %s with its charge and bonds", async (name, text, settings, structure) => {
    const definition = probeDefinition(fileOf(name, text));
    expect(definition).toMatchObject({ kind: "probe", ...settings });
    const { bonds, charges, charge, multiplicity } = await probeOf(definition);
    expect([bonds.length, charges, charge, multiplicity]).toEqual([
      structure.bonds,
      structure.charges,
      settings.charge,
      1,
    ]);
  });

  // The molfile's own rules: M  CHG and M  RAD stand for the whole atom block, code 4 is a radical of one electron.
  it.each([
    ["code 5", hydroxide.replace("M  CHG  1   1  -1\n", ""), { charge: -1 }],
    [
      "code 5 beside M  RAD",
      hydroxide.replace("CHG  1   1  -1", "RAD  1   1   2"),
      { charge: 0, multiplicity: 2 },
    ],
    ["code 3 beside M  CHG", hydroxide.replace("O   0  5", "O   0  3"), { charge: -1 }],
    [
      "code 4",
      hydroxide.replace("O   0  5", "O   0  4").replace(/M {2}CHG.*\n/, ""),
      { charge: 0, multiplicity: 2 },
    ],
    [
      "two radicals",
      hydroxide.replace("CHG  1   1  -1", "RAD  2   1   2   2   2"),
      { charge: 0, multiplicity: 3 },
    ],
    ["a triplet", hydroxide.replace("CHG  1   1  -1", "RAD  1   1   3"), { charge: 0, multiplicity: 3 }],
    ["a carbene's singlet", hydroxide.replace("CHG  1   1  -1", "RAD  1   1   1"), { charge: 0 }],
  ])("has charge and spin of %s", (name, text, { charge, ...spin }) => {
    const { charge: found, multiplicity } = PropertyDefinition.parse(
      probeDefinition(fileOf(`${name}.sdf`, text)),
    ) as { charge: number; multiplicity?: number };
    expect([found, multiplicity]).toEqual([charge, "multiplicity" in spin ? spin.multiplicity : undefined]);
  });

  it("has an id that is not too long, whatever it is called", () => {
    const long = fileOf(`${"Long name ".repeat(9)}.xyz`, ammonium);
    expect(probeDefinition(long).id).toBe("probe-long-name-long-name-long-name-long-name");
    const chain = "C".repeat(70);
    expect(probeDefinition(chain)).toMatchObject({ smiles: chain, id: `probe-${"c".repeat(40)}` });
  });

  it("comes from a SMILES, with the spin that it says", async () => {
    const definition = probeDefinition("[CH3]");
    expect(definition).toMatchObject({ smiles: "[CH3]", title: "[CH3]", id: "probe-ch3" });
    expect(await probeOf(definition)).toMatchObject({ charge: 0, multiplicity: 2 });
    expect(declarationOf({ property: "probe-affinity", definition }).title).toBe("[CH3] affinity");
  });

  it("travels in a campaign's settings, geometry and all", () => {
    const evaluation = propertyFromFlags({ probe: fileOf("nh4.xyz", ammonium) });
    const settings = CampaignSettings.parse({ name: "a", evaluation });
    expect(settings.evaluation).toMatchObject({ property: "probe-affinity", basis: "6-31+g**" });
    expect(settings.evaluation.definition).toMatchObject({
      charge: 1,
      geometry: { symbols: ["N", "H", "H", "H", "H"] },
    });
    expect(
      CampaignSettings.safeParse({ name: "a", evaluation: { property: "probe-affinity" } }).success,
    ).toBe(false);
  });

  it("is refused with two structures or none, with a charge beside a SMILES, and with a file that is not there", () => {
    const of = (members: object) =>
      PropertyDefinition.safeParse({ kind: "probe", id: "p", title: "P", ...members }).success;
    const geometry = { symbols: ["He"], coordinates_angstrom: [0, 0, 0] };
    expect([of({}), of({ smiles: "O", geometry }), of({ smiles: "O", charge: 1 })]).toEqual([
      false,
      false,
      false,
    ]);
    expect([of({ smiles: "O" }), of({ geometry, charge: 1, multiplicity: 2 })]).toEqual([true, true]);
    expect(() => probeDefinition("nowhere.xyz")).toThrow(/expected an existing file or a SMILES/);
  });
});
