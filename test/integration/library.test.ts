import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { type Campaign, type CampaignSettingsInput, FilterSettings } from "#shared/campaign/campaign.ts";
import type { LibrarySummary } from "#shared/campaign/library.ts";
import { firstOfEach } from "#shared/campaign/molecule-key.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { candidateId } from "#shared/ids.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { toElectronVolt } from "#shared/units.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-library-"));
const path = join(folder, "notebook.sqlite");

const open = (): Promise<Engine> =>
  createEngine({
    paths: { notebook: path, resources },
    clock: () => new Date(0),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    threads: 1,
  });

const TABLE = `id,smiles,IE_eV
w,O,12.62
x,C(,1
w2,[H]O[H],12.6
s,[Na+].[OH-],
c,[NH4+],
`;
const XYZ = "3\n\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";

const settings = ({ hash, name, rows, columns }: LibrarySummary): CampaignSettingsInput => ({
  name: "own",
  generation: {
    source: "library",
    library: hash,
    name,
    count: rows,
    columns,
    ...(columns.length > 0 && { measured: [{ column: "IE_eV" }] }),
  },
  filter: { ...OWN_MOLECULES },
  evaluation: { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, maxEvaluations: rows },
});

let library: LibrarySummary;
let campaign: Campaign;
beforeAll(async () => {
  const files = [new File([TABLE], "set.csv"), new File([XYZ], "water.xyz")];
  {
    await using engine = await open();
    library = await engine.libraries.read({ files, reading: { coordinates: "as-given" } });
    const begun = await engine.campaigns.start(settings(library));
    campaign = await engine.campaigns.finished({ id: begun.id });
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("a campaign of a person's own molecules", () => {
  it("has a candidate for each row, with name, data and what became of it", async () => {
    await using engine = await open();
    const rows = await engine.candidates.list({ campaignId: campaign.id });
    expect(rows.map(({ proposal, state, rejection }) => [proposal.smiles, state, rejection?.rule])).toEqual([
      ["O", "evaluated", undefined],
      ["C(", "rejected", "unparsable"],
      ["[H]O[H]", "rejected", "duplicate"],
      ["[Na+].[OH-]", "evaluated", undefined],
      ["[NH4+]", "evaluated", undefined],
      ["O", "evaluated", undefined],
    ]);
    expect(rows[0]?.proposal).toEqual({
      index: 0,
      smiles: "O",
      nll: null,
      given: { name: "w", data: { IE_eV: "12.62" } },
    });
    expect(rows.map(({ electrons }) => electrons)).toEqual([
      undefined,
      undefined,
      undefined,
      { charge: -1, multiplicity: 1 },
      { charge: 1, multiplicity: 1 },
      undefined,
    ]);
    const { filter } = campaign.settings;
    expect([...firstOfEach(filter, rows, {})].map(([row, first]) => [row.id, first.id])).toEqual([
      [candidateId(campaign.id, 2), candidateId(campaign.id, 0)],
    ]);
  });

  it("takes the geometry of a file as it is", async () => {
    await using engine = await open();
    const { conformer } = await engine.candidates.get({ id: candidateId(campaign.id, 5) });
    expect(conformer?.method).toBe("as given");
    expect(conformer?.geometry).toEqual({
      symbols: ["O", "H", "H"],
      coordinates_angstrom: [0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692],
    });
  });

  it("is verified, and computed again to the bit, from the notebook alone", async () => {
    await using engine = await open();
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
    for (const index of [0, 3, 5]) {
      const steps = await engine.notebook.replay({ id: candidateId(campaign.id, index) });
      expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
        ["propose", "identical"],
        ["filter", "identical"],
        ["embed", "identical"],
        ["evaluate", "identical"],
      ]);
    }
  });

  it("is found by the names given, and carries them into SDF and CSV", async () => {
    await using engine = await open();
    const found = await engine.search({ text: "W2" });
    expect(found.map(({ candidate }) => candidate.proposal.index)).toEqual([2]);
    const create = (format: "sdf" | "csv") =>
      engine.exports.create({ campaignId: campaign.id, format, selection: "ranked" });
    const sdf = (await create("sdf")).text;
    expect(sdf.split("$$$$\n").map((record) => record.split("\n")[0])).toEqual(
      expect.arrayContaining(["c", "s", "w", "water"]),
    );
    expect(sdf).toContain("> <IE_eV>\n12.62\n");
    expect((await create("csv")).text.split("\n")[0]).toContain(",name,row,charge,multiplicity,IE_eV");
  });

  it("is found by the numbers of its data columns, and a column that nobody has is refused", async () => {
    await using engine = await open();
    const found = async (cells: object[]) =>
      (await engine.search({ campaignId: campaign.id, cells } as never)).map(
        ({ candidate }) => candidate.proposal.index,
      );
    expect((await found([{ column: "IE_eV", min: 12.6 }])).toSorted()).toEqual([0, 2]);
    expect(await found([{ column: "IE_eV", max: 5 }])).toEqual([1]);
    await expect(found([{ column: "IE", min: 1 }])).rejects.toThrow(
      'one of the data columns of this notebook (IE_eV), got "IE".',
    );
  });

  it("comes from the record of what was read", async () => {
    await using engine = await open();
    const { nodes } = await engine.notebook.candidateProvenance({ id: candidateId(campaign.id, 3) });
    const source = nodes.find(({ kind }) => kind === "data-set");
    expect(source).toMatchObject({ label: "set.csv and 1 more", hash: library.hash });
  });

  it("can be begun again from the notebook after the files are gone", async () => {
    await using engine = await open();
    const again = await engine.campaigns.start({ ...settings(library), name: "again" });
    expect(await engine.campaigns.finished({ id: again.id })).toMatchObject({
      state: "succeeded",
      counts: { proposed: 6, evaluated: 4 },
    });
  });

  it("has error bars of molecules like those of the set: not of ions", async () => {
    await using engine = await open();
    const { evaluation: _, ...asked } = settings(library);
    const { id } = await engine.campaigns.start({ ...asked, evaluation: { maxEvaluations: 9 } });
    await engine.campaigns.finished({ id });
    const { candidates } = await engine.campaigns.certainty({ id });
    const { unit } = propertyOf("vertical-ionisation-energy");
    expect(candidates.map(({ deviation }) => UNITS[unit].fromStored(deviation))).toEqual([0.31, 0.31]);
    // Of four: neither the ions' ranks nor, because of them, the waters'.
    expect(candidates.map(({ index, ranks }) => ({ index, ranks }))).toEqual([
      { index: 5, ranks: [1, 4] },
      { index: 0, ranks: [1, 4] },
    ]);
  }, 60_000);

  it("is told before the start which rows will be left out, and why", async () => {
    await using engine = await open();
    const filter = FilterSettings.parse(OWN_MOLECULES);
    expect(await engine.libraries.preview({ library: library.hash, filter })).toEqual({
      looked: 6,
      accepted: 4,
      rejected: { unparsable: 1, duplicate: 1 },
      examples: [
        { row: 2, name: "x", smiles: "C(", rule: "unparsable", detail: expect.stringContaining("C(") },
        { row: 3, name: "w2", smiles: "[H]O[H]", rule: "duplicate", detail: "XLYOFNOQVPJJNP-UHFFFAOYSA-N" },
      ],
    });
  });

  it("is refused for a library, a row or a column that is not there", async () => {
    await using engine = await open();
    const start = (change: object) =>
      engine.campaigns.start({
        ...settings(library),
        generation: { ...settings(library).generation, ...change },
      } as never);
    await expect(start({ library: "ab".repeat(32) })).rejects.toThrow("There is no library abab");
    await expect(start({ count: 7 })).rejects.toThrow("expected at most the 6 rows of the library, got 7");
    await expect(start({ measured: [{ column: "EA" }] })).rejects.toThrow(
      'expected one of the columns IE_eV, got "EA"',
    );
  });
});

describe("a salt with coordinates", () => {
  it("keeps those of the component that is computed", async () => {
    await using engine = await open();
    const frame = "3\n\nNa 0.1 0.2 0.3\nO 3 0 0\nH 3.96 0 0.1\n";
    const salt = await engine.libraries.read({
      files: [new File([frame], "salt.xyz")],
      reading: { coordinates: "as-given" },
    });
    const begun = await engine.campaigns.start({ ...settings(salt), name: "salt" });
    await engine.campaigns.finished({ id: begun.id });
    const { conformer, electrons } = await engine.candidates.get({ id: candidateId(begun.id, 0) });
    expect(electrons).toEqual({ charge: -1, multiplicity: 1 });
    expect(conformer?.method).toBe("as given");
    expect(conformer?.geometry).toEqual({
      symbols: ["O", "H"],
      coordinates_angstrom: [3, 0, 0, 3.96, 0, 0.1],
    });
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  });
});

describe("candidates of the notebook as molecules", () => {
  const PROPERTY = "vertical-ionisation-energy";
  const order = { campaign: "", view: "ranked", count: 2 } as const;
  const read = (engine: Engine, more: object) =>
    engine.libraries.read({ files: [], reading: { coordinates: "as-given" }, ...more } as never);

  it("are rows with their names, cells, electrons, geometries and what was computed", async () => {
    await using engine = await open();
    const all = await engine.candidates.list({ campaignId: campaign.id });
    const ranked = all.filter(({ rank }) => rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
    const taken = { ...order, campaign: campaign.id };
    const found = await read(engine, { files: [new File(["N ammonia"], "more.smi")], notebook: [taken] });
    expect(found.files.map(({ name, format, rows, taken }) => [name, format, rows, taken])).toEqual([
      ["more.smi", "smiles", 1, undefined],
      ['campaign "own", ranked', "notebook", 2, taken],
    ]);
    const expected = ranked.slice(0, 2).map((row, i) => ({
      row: i + 2,
      file: 1,
      line: i + 1,
      name: row.proposal.given?.name,
      smiles: row.identity?.canonicalSmiles,
      charge: row.electrons?.charge ?? 0,
      multiplicity: row.electrons?.multiplicity ?? 1,
      data: {
        ...row.proposal.given?.data,
        [`${PROPERTY} / eV`]: String(toElectronVolt(row.values[PROPERTY] ?? Number.NaN)),
        candidate: row.id,
      },
    }));
    expect(found.sample.slice(1)).toEqual(expected);
    const generation = { ...settings(found).generation, measured: [{ column: `${PROPERTY} / eV` }] };
    const again = await engine.campaigns.start({ ...settings(found), generation, name: "further" } as never);
    const done = await engine.campaigns.finished({ id: again.id });
    expect(done.counts).toMatchObject({ proposed: 3, evaluated: 3 });
    for (const [k, earlier] of ranked.slice(0, 2).entries()) {
      const before = await engine.candidates.get({ id: earlier.id });
      const now = await engine.candidates.get({ id: candidateId(again.id, k + 1) });
      expect(now.conformer?.geometry).toEqual(before.conformer?.geometry);
      expect(now.values[PROPERTY]).toBeCloseTo(earlier.values[PROPERTY] ?? Number.NaN, 9);
    }
    const [same] = await engine.campaigns.measured({ id: again.id });
    expect(same).toMatchObject({ molecules: 2, rankCorrelation: 1, meanAbsoluteError: expect.closeTo(0, 6) });
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  }, 60_000);

  it("keep the electrons that were said of them where the filter took them out", async () => {
    await using engine = await open();
    const text = "smiles,charge,multiplicity,IE_eV\nO=O,0,3,12.3\nC[NH3+],,,\nc1ccccc1,1,,\n";
    const small = await engine.libraries.read({ files: [new File([text], "ions.csv")], reading: {} });
    const filter = { ...OWN_MOLECULES, maxHeavyAtoms: 1 };
    const begun = await engine.campaigns.start({ ...settings(small), filter, name: "n".repeat(200) });
    const { counts } = await engine.campaigns.finished({ id: begun.id });
    expect(counts).toMatchObject({ rejected: 3 });
    const found = await read(engine, { notebook: [{ campaign: begun.id, view: "all" }] });
    expect(found.sample.map(({ smiles, charge, multiplicity }) => [smiles, charge, multiplicity])).toEqual([
      ["O=O", 0, 3],
      ["C[NH3+]", undefined, undefined],
      ["c1ccccc1", 1, undefined],
    ]);
    expect(found.name.length).toBeLessThanOrEqual(200);
  });

  it("are found by a search too, and refused where there are none", async () => {
    await using engine = await open();
    const search = SearchQuery.parse({ text: "water", campaignId: campaign.id });
    const found = await read(engine, { notebook: [{ search }] });
    expect(found.sample.map(({ name, smiles }) => [name, smiles])).toEqual([["water", "O"]]);
    // What a campaign took by a search is not found by it again: a run that was killed goes on with the same rows.
    const everywhere = { notebook: [{ search: SearchQuery.parse({ text: "w2" }) }] };
    const taken = await read(engine, everywhere);
    const begun = await engine.campaigns.start({ ...settings(taken), name: "of a search" });
    await engine.campaigns.finished({ id: begun.id });
    expect((await engine.search(everywhere.notebook[0]!.search)).length).toBe(2 * taken.rows);
    expect((await read(engine, everywhere)).hash).toBe(taken.hash);
    await expect(
      read(engine, { notebook: [{ ...order, campaign: campaign.id, view: "shortlisted" }] }),
    ).rejects.toThrow('Expected molecules, got none in campaign "own", shortlisted.');
    await expect(read(engine, {})).rejects.toThrow("Expected molecules, got none in no file.");
  });

  it("are found by a search again where its own, as like as they, would fill its limit", async () => {
    await using engine = await open();
    const run = async (found: LibrarySummary, name: string) => {
      const evaluation = { ...settings(found).evaluation, maxEvaluations: 1 };
      const { id } = await engine.campaigns.start({ ...settings(found), evaluation, name });
      await engine.campaigns.finished({ id });
    };
    const alcohols = [new File(["smiles,IE_eV\nCO,1\nCCO,2\nCCCO,3\n"], "alcohols.csv")];
    await run(await engine.libraries.read({ files: alcohols, reading: {} }), "alcohols");
    const search = SearchQuery.parse({ similarTo: "CCO", minSimilarity: 0.1, limit: 2 });
    const alike = { notebook: [{ search }] };
    const taken = await read(engine, alike);
    expect(taken.rows).toBe(2);
    await run(taken, "of a search by likeness");
    expect((await read(engine, alike)).hash).toBe(taken.hash);
  });
});

describe("tautomers of a library", () => {
  it("are rows after those given, which they never replace; measured is the form as given", async () => {
    await using engine = await open();
    const table = "smiles,name,IE_eV\nNC=O,formamide,10.2\nC(,broken,1\nN=CO,,10\n";
    const files = [new File([table], "forms.csv")];
    const read = await engine.libraries.read({ files, reading: { tautomers: 2 } });
    expect(read.rows).toBe(5);
    expect(read.files[0]?.notes).toEqual(["with 2 tautomers of 2 molecules as further rows."]);
    const begun = await engine.campaigns.start({ ...settings(read), name: "forms" });
    const done = await engine.campaigns.finished({ id: begun.id });
    expect(done.counts).toMatchObject({ proposed: 5, rejected: 3, evaluated: 2 });
    const rows = await engine.candidates.list({ campaignId: begun.id });
    expect(
      rows.map(({ proposal: { given }, rejection }) => [given?.name, given?.tautomer, rejection?.rule]),
    ).toEqual([
      ["formamide", undefined, undefined],
      ["broken", undefined, "unparsable"],
      [null, undefined, undefined],
      ["formamide, tautomer 2", 2, "duplicate"],
      ["row 3, tautomer 2", 2, "duplicate"],
    ]);
    expect(await engine.campaigns.measured({ id: begun.id })).toMatchObject([{ molecules: 2 }]);
    const notebook = [{ campaign: begun.id, view: "all" as const }];
    const further = await engine.libraries.read({ files: [], reading: {}, notebook });
    expect(further.sample.map(({ tautomer }) => tautomer)).toEqual([undefined, undefined, undefined, 2, 2]);
  }, 60_000);
});

describe("a library of several chunks", () => {
  it("is there to be seen before it is filtered, of equal molecules the first of all chunks is kept", async () => {
    await using engine = await open();
    const lines = Array.from({ length: 2300 }, (_, i) => `${["C", "CC", "O"][i % 3]} m${i}`).join("\n");
    const many = await engine.libraries.read({ files: [new File([lines], "many.smi")], reading: {} });
    const { id } = await engine.campaigns.start({
      ...settings(many),
      evaluation: { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, maxEvaluations: 1 },
    });
    const proposedAtFirstVerdict = (async () => {
      for (;;) {
        const { proposed, passed } = (await engine.campaigns.get({ id })).counts;
        if (passed > 0) return proposed;
        await new Promise((wake) => setTimeout(wake, 5));
      }
    })();
    const done = await engine.campaigns.finished({ id });
    expect(done).toMatchObject({ state: "succeeded", counts: { proposed: 2300, passed: 3, evaluated: 1 } });
    expect(await proposedAtFirstVerdict).toBeGreaterThan(1000);
    const rows = await engine.candidates.list({ campaignId: id });
    expect(
      rows.filter(({ rejection }) => rejection === null).map(({ proposal }) => proposal.given?.name),
    ).toEqual(["m0", "m1", "m2"]);
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  }, 120_000);

  it("stopped twice while it is filtered, comes to the same verdicts", async () => {
    await using engine = await open();
    const lines = Array.from({ length: 1100 }, (_, i) => `${"C".repeat(1 + (i % 37))}O m${i}`).join("\n");
    const many = await engine.libraries.read({ files: [new File([lines], "chains.smi")], reading: {} });
    const evaluation = { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, maxEvaluations: 1 } as const;
    const { id } = await engine.campaigns.start({ ...settings(many), evaluation });
    const judged = async (): Promise<number> => {
      const { passed, rejected } = (await engine.campaigns.get({ id })).counts;
      return passed + rejected;
    };
    for (const chunk of [1, 3]) {
      while ((await judged()) < 250 * chunk) await new Promise((wake) => setTimeout(wake, 5));
      await engine.campaigns.cancel({ id });
      const then = await judged();
      await new Promise((wake) => setTimeout(wake, 100));
      expect(await judged()).toBe(then);
      await engine.campaigns.resume({ id });
    }
    const done = await engine.campaigns.finished({ id });
    expect(done).toMatchObject({ state: "succeeded", counts: { passed: 37, rejected: 1063, evaluated: 1 } });
    const rows = await engine.candidates.list({ campaignId: id });
    const kept = rows.filter(({ rejection }) => rejection === null);
    expect(kept.map(({ proposal }) => proposal.index)).toEqual(Array.from({ length: 37 }, (_, i) => i));
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  });
});
