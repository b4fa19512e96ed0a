import { describe, expect, it } from "vitest";
import { droppedMarks, unheldStereo } from "#core/chemistry/stereo/unheld-stereo.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { chemistry, identity, settings } from "../open.ts";

const rdkit = await loadRdkit();

describe("Stereo that cannot be kept", () => {
  it.each([
    ["F[Ni@SP1](Cl)(Br)I", /^square planar stereo \(@SP1\)/],
    ["F[P@TB1](Cl)(Br)(C)N", /^trigonal bipyramidal stereo \(@TB1\)/],
    ["F[Co@OH12](Cl)(Br)(I)(C)N", /^octahedral stereo \(@OH12\)/],
    ["CC=[C@]=CC", /^The handedness of the allene at atom 3, \[C@\]/],
    ["CC(F)=[C@@]=C(Cl)C", /allene at atom 4/],
    ["C/C=C=C=C/C", /^Cis or trans at the ends of the 3 double bonds from atom 2 to 5/],
    ["F\\C(Cl)=C=C=C=C=C/C", /the 5 double bonds/],
    ["F/C=C=C/F", /the 2 double bonds from atom 2 to 4, which stand at right angles and have neither/],
    ["C/C=C=C=C=C\\C", /the 4 double bonds from atom 2 to 6, which stand/],
    ["C1CCC/C=C/C1", /^A trans double bond in a ring of 7 atoms/],
    ["C1CC/C=C/C1", /ring of 6 atoms/],
    ["C/1=C\\CCCC1", /ring of 6 atoms/],
    ["C1=C\\CCCC\\1", /ring of 6 atoms/],
  ])("of %s is refused by name, where it is embedded, identified and filtered", (smiles, reason) => {
    expect(unheldStereo(smiles)).toMatch(reason);
    expect(unheldStereo(smiles)).toContain("leave the marks out");
    expect(chemistry.embed(smiles, { seed: 1 })).toMatchObject({ reason: "stereo-not-held" });
    expect(chemistry.identify(smiles)).toMatchObject({
      outcome: "invalid",
      reason: expect.stringMatching(reason),
    });
    expect(chemistry.filter(smiles, { settings: settings() })).toMatchObject({
      rejection: { rule: "unparsable", detail: expect.stringMatching(reason) },
    });
  });

  it.each([
    ...["N[C@@H](C)C(=O)O", "C/C=C/C", "C/C=C/C=C\\C", "C1CCC/C=C/CC1", "C1CCC/C=C\\C1", "C1CC\\C=C/C1"],
    ...["C/1=C/CCCC1", "C/C=C=C", "CC=C=CC", "C[S@](=O)CC", "C[S@](=N)(=O)CC", "CC[P@](C)(=O)N", "C/C=N/O"],
    ...["C[P@@](CC)N", "C[N@+]([O-])(CC)CCC", "C/C=C=CC", "C1CCC2=C(C1)/C=C\\CC2CCC", "C1=C\\CCCC/1"],
  ])("is none in %s", (smiles) => {
    expect(unheldStereo(smiles)).toBeUndefined();
  });

  it.each([
    ["CC[N@](C)Cl", ["[N@] (atom 3)"]],
    ["C[N@]1CO1", ["[N@] (atom 2)"]],
    ["C[C@H](F)Cl", []],
    ["C[C@H](C)O", []],
    ["C[C@](C)(F)Cl", []],
    ["C[C@@H]1CC[C@H](C)CC1", []],
    ["C[N@+]([O-])(CC)CCC", []],
    ["CCO", []],
  ])("of atoms that turn inside out is named: %s", (smiles, dropped) => {
    expect(droppedMarks(rdkit, smiles)).toEqual(dropped);
  });

  it("is not invented for five and six equal neighbours", () => {
    expect(identity("FS(F)(F)(F)(F)c1ccccc1").canonicalSmiles).toBe("FS(F)(F)(F)(F)c1ccccc1");
    expect(identity("F[S@OH14](F)(F)(F)(F)c1ccccc1".replace("@OH14", "")).canonicalSmiles).toBe(
      "FS(F)(F)(F)(F)c1ccccc1",
    );
  });
});
