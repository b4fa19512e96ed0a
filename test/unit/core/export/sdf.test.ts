import fc from "fast-check";
import * as OCL from "openchemlib";
import { describe, expect, it } from "vitest";
import { toSdf } from "#core/export/sdf.ts";
import { DomainError } from "#shared/errors.ts";
import { chemistry, conformer, identity } from "../chemistry/open.ts";
import { disputed, MOLBLOCK, row, verdict } from "./rows.ts";

const never = (): string => {
  throw new Error("not to be called");
};

/** Records as OpenChemLib, which has no part in writing them, reads them. */
function read(text: string): { smiles: string; field: (name: string) => string | null }[] {
  const names = [...new Set([...text.matchAll(/^> {2}?<(.+)>$|^> <(.+)>$/gm)].map((m) => m[1] ?? m[2]!))];
  const parser = new OCL.SDFileParser(text, names);
  const records = [];
  while (parser.next()) {
    const values = new Map(names.map((name) => [name, parser.getField(name)]));
    records.push({
      smiles: parser.getMolecule().toIsomericSmiles(),
      field: (name: string) => values.get(name) ?? null,
    });
  }
  return records;
}

describe("SDF", () => {
  it("is read by another program: structures and values", () => {
    const records = read(toSdf([row(0), row(1)], never));
    expect(records).toHaveLength(2);
    expect(records[0]!.smiles).toBe("CCO");
    expect(records[1]!.field("vertical_ie_vqe_ev")).toBe("10.884554");
    expect(records[1]!.field("id")).toMatch(/\/1$/);
  });

  it("has the candidate's id as title and its molblock unchanged below", () => {
    const [title, ...rest] = toSdf([row(0)], never).split("\n");
    expect(title).toMatch(/^[0-9a-f-]{36}\/0$/);
    expect(rest.join("\n").startsWith(MOLBLOCK.slice(MOLBLOCK.indexOf("\n") + 1))).toBe(true);
  });

  it("has the InChIKey of its own structure, in both formats", () => {
    const smiles = "N#CC1COCCC1O";
    const one = row(0, { identity: identity(smiles), conformer: conformer(smiles) });
    for (const text of [toSdf([one], never), toSdf([one], never, chemistry.molblockV3000)]) {
      const [record] = read(text);
      expect(identity(record!.smiles)).toEqual({
        canonicalSmiles: record!.field("evaluated_isomeric_smiles"),
        inchiKey: record!.field("evaluated_inchikey"),
      });
      expect(record!.field("inchikey")).not.toBe(record!.field("evaluated_inchikey"));
      expect(record!.field("stereo_unspecified")).toBe("2");
    }
  });

  it("leaves out what is missing", () => {
    expect(toSdf([row(0, { evaluation: null })], never)).not.toContain("<vertical_ie_vqe_ev>");
  });

  it("draws the structure of a candidate without conformer", () => {
    const text = toSdf([row(0, { conformer: null })], (smiles) => MOLBLOCK.replace("CCO", smiles));
    expect(read(text)[0]!.smiles).toBe("CCO");
  });

  it("refuses a candidate without any structure by its id", () => {
    const lost = row(0, { conformer: null, identity: null });
    expect(() => toSdf([lost], never)).toThrow(DomainError);
    expect(() => toSdf([lost], never)).toThrow(lost.candidate.id);
  });

  it("shows what each reviewer said last where two disagree", () => {
    const [record] = read(toSdf([row(0, disputed())], never));
    expect(record!.field("verdict")).toBe("disagreed");
    expect(record!.field("verdicts")).toBe("Ada: shortlist; Ben: reject");
  });

  it("keeps any comment inside its record", () => {
    const comments = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("$$$$", "a\n\n> <rank>\n9\n", "> <id>", "\r\n$$$$\r\n"),
    );
    fc.assert(
      fc.property(comments, (comment) => {
        const records = read(toSdf([row(0, { review: verdict(comment) }), row(1)], never));
        expect(records).toHaveLength(2);
        expect(records[0]!.field("rank")).toBe("1");
        expect(records[1]!.smiles).toBe("CCO");
      }),
    );
  });
});
