import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { FilterInput } from "#core/orchestration/dispatch/tasks.ts";
import { beginParts, judgeInParts, type KnownKeys } from "#core/orchestration/stages/filter/in-parts.ts";
import { filterStage } from "#core/orchestration/stages/filter/run.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";

const resources = fileURLToPath(new URL("../../../../../../resources", import.meta.url));
const judge = (part: FilterInput) => filterStage.run(part, { resources } as never);

/** Twins next to each other and far apart, tautomers with one InChIKey, ions, salts, one that an alert takes, broken ones. */
const SMILES =
  "CCO OCC Oc1ccccn1 O=c1cccc[nH]1 C( CCO [NH4+] CC=O O=c1cccc[nH]1 [Na+].CC(=O)[O-] CC(=O)[O-] Oc1ccccn1 CC=O O [NH4+] O CN C( CN CCO";
const molecules = SMILES.split(" ").map((smiles) => ({ smiles }));

const judgeAll = (
  { molecules, ...asked }: Omit<FilterInput, "known">,
  { known, size }: { known: KnownKeys; size: number },
) => judgeInParts(beginParts({ molecules, ...asked }, judge, size), asked, { judge, known });

describe("verdicts of parts", () => {
  it.each([
    ["a model's molecules", FilterSettings.parse({ minHeavyAtoms: 1 })],
    ["a person's own", FilterSettings.parse(OWN_MOLECULES)],
  ])("on %s are those of one thread, whatever the size of the parts", async (_, settings) => {
    const [methylamine] = await judge({ molecules: [{ smiles: "CN" }], settings, known: [] });
    const known = settings.species === "any" ? [] : [methylamine?.identity?.inchiKey ?? ""];
    const byInchiKey = new Map(known.map((key) => [key, [key]]));
    const one = await judge({ molecules, settings, known });
    expect(one.filter(({ outcome }) => outcome === "accepted").length).toBeGreaterThan(2);
    for (const size of [1, 2, 3, 7, 100])
      expect(await judgeAll({ molecules, settings }, { known: byInchiKey, size })).toEqual(one);
  });

  it("of a row whose atom maps mark no bond are those of its molecule, but where a marked bond is asked for", async () => {
    const settings = FilterSettings.parse(OWN_MOLECULES);
    const rows = ["CO", "[CH3:3][OH]", "[CH3:1][OH:2]"].map((smiles) => ({ smiles }));
    const outcomes = async (takesMarks: boolean) => {
      const verdicts = await judgeAll(
        { molecules: rows, settings, takesMarks },
        { known: new Map(), size: 1 },
      );
      return verdicts.map((verdict) => ("rejection" in verdict ? verdict.rejection.rule : verdict.outcome));
    };
    expect(await outcomes(false)).toEqual(["accepted", "duplicate", "accepted"]);
    expect(await outcomes(true)).toEqual(["accepted", "accepted", "accepted"]);
  });
});
