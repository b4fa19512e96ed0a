import fc from "fast-check";
import * as OCL from "openchemlib";
import { describe, expect, it } from "vitest";
import { toSdf } from "#core/export/sdf.ts";
import { DomainError } from "#shared/errors.ts";
import { readXyz } from "#shared/molecule/xyz.ts";
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

  it("has the structures that a property relaxed, each as XYZ with its electrons and energy", () => {
    const { neutral } = row(0).candidate.evaluation!.states as { neutral: object };
    const protonated = {
      symbols: ["O", "H", "H", "H"],
      coordinates_angstrom: [0, 0, 0.1, 0, 0.9, -0.2, 0.8, -0.4, -0.2, -0.8, -0.4, -0.2],
    };
    const relaxed = (outcome: string) => ({
      ...neutral,
      charge: 1,
      optimisation: {
        outcome,
        geometry: protonated,
        steps: 7,
        gradient_hartree_per_bohr: 1e-4,
        trace_hartree: [-76],
        wallTime_ms: 1,
      },
    });
    const mp2 = {
      energy_hartree: -76.5,
      correlation_hartree: -0.2,
      sameSpin_hartree: -0.1,
      oppositeSpin_hartree: -0.1,
      largestAmplitude: 0.05,
      nFrozenCore: 1,
      wallTime_ms: 2,
    };
    const evaluation = {
      property: "proton-affinity",
      outcome: "converged",
      states: {
        molecule: neutral,
        "rough-2": relaxed("converged"),
        "protomer-1": relaxed("not-converged"),
        "protomer-2": relaxed("converged"),
        "protomer-energy-2": { ...neutral, mp2 },
      },
      values: { protonAffinity_hartree: 0.27 },
    };
    const text = toSdf([row(0, { evaluation }), row(1)], never);
    const [record, plain] = read(text);
    const [frame] = readXyz(`${record!.field("relaxed_protomer_2")}\n`);
    expect(frame).toMatchObject({ geometry: protonated, charge: 1, multiplicity: 1 });
    expect(record!.field("relaxed_protomer_2")).toContain("relaxed by RHF/6-31g, MP2 -76.50000000 Eh");
    // The candidate's own structure and what follows are as they are without.
    expect(record!.smiles).toBe("CCO");
    expect(plain!.field("id")).toMatch(/\/1$/);
    expect(text.match(/<relaxed_/g)).toEqual(["<relaxed_"]);
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
