import { beforeAll, describe, expect, it } from "vitest";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit, RdkitError, withReason } from "#core/chemistry/toolkit/rdkit.ts";

let rdkit: RDKit;
beforeAll(async () => {
  rdkit = await loadRdkit();
});

const EMPTY_MOLBLOCK = "\n  test\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n";

describe("notations of molecules", () => {
  // Canonical SMILES computed with RDKit 2026.09, which reads the whole of each.
  it.each([
    [" CCO\n", "CCO"],
    ["[CH2]C |^1:0|", "[CH2]C"],
    ["CC |^1:0,^1:1,(0,0,;1,0,)| a name", "[CH2][CH2]"],
    ["CCO |(0,0,;1,0,;2,0,)|", "CCO"],
    ["C[C@H](O)F |a:1,$x;;;y$|", "C[C@H](O)F"],
    ["CC ||", "CC"],
  ])("reads %j", (text, expected) => {
    const parsed = parseSmiles(rdkit, text);
    expect(isInvalid(parsed) ? parsed.reason : parsed.get_smiles()).toBe(expected);
  });

  it.each([
    ["[NH3]->[BH3]", /^a dative bond .*\[NH3\+\]\[BH3-\]/],
    ["B<-N", /^a dative bond/],
    ["CCO>>CC=O", /^a reaction/],
    ["CC>O>CN", /^a reaction/],
    ["C[C@H](O)F |&1:1|", /^a CXSMILES extension with "&1:1"/],
    ["CCO |Sg:n:1:2:ht|", /^a CXSMILES extension with "Sg:n:1:2:ht"/],
    ["N.B |C:0.0|", /^a CXSMILES extension with "C:0.0"/],
    ["*CC |$_R1;;$|", /^a CXSMILES extension with "\$_R1;;\$"/],
    ["CCO ethanol", /^text after the SMILES, "ethanol"/],
    ["InChI=1S/CH4/h1H4", /^an InChI/],
    ["LFQSCWFLJHTTHZ-UHFFFAOYSA-N", /^an InChIKey/],
    ["C~C", /^a bond of any kind/],
    ["[C,N]C", /^a SMARTS pattern/],
    ["{styrene}", /^a polymer/],
    ["CCé", /^characters that no SMILES contains/],
    ["  ", /^empty SMILES/],
  ])("names what %j is", (text, reason) => {
    expect(parseSmiles(rdkit, text)).toMatchObject({
      outcome: "invalid",
      reason: expect.stringMatching(reason),
    });
  });
});

describe("RDKit's exceptions", () => {
  it("are Errors, from methods and from functions, whatever their number of arguments", () => {
    using empty = rdkit.get_mol(EMPTY_MOLBLOCK)!;
    using ethanol = rdkit.get_mol("CCO", "{}")!;
    expect(() => empty.get_json()).toThrow(RdkitError);
    expect(() => ethanol.get_smiles("{not json")).toThrow("RDKit failed in get_smiles");
    expect([ethanol.get_smiles(), ethanol.get_num_atoms(true), ethanol.get_num_atoms()]).toEqual([
      "CCO",
      3,
      3,
    ]);
  });

  it("give a reason where one is asked for, and leave other errors alone", () => {
    using empty = rdkit.get_mol(EMPTY_MOLBLOCK)!;
    expect(withReason(rdkit, () => empty.get_json())).toEqual({ reason: expect.stringMatching(/.+/) });
    expect(() => withReason(rdkit, () => { throw new TypeError("a bug"); })).toThrow(TypeError); // biome-ignore format: one line
  });
});
