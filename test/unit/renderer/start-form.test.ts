import { describe, expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { Sha256 } from "#shared/ids.ts";
import {
  check,
  copyOf,
  newDraft,
  ofSource,
  withLibrary,
  withRead,
} from "../../../src/renderer/src/features/start-campaign/form.ts";
import { numberOf } from "../../../src/renderer/src/text/number-of.ts";

const draft = newDraft(new Date("2026-01-02T12:00:00Z"));

describe("the start form", () => {
  it("can be sent as it stands, with the engine's own defaults", () => {
    const { settings, problems } = check(draft);
    expect(problems.size).toBe(0);
    expect(settings).toEqual(CampaignSettings.parse({ name: draft.name }));
  });

  it.each([
    ["generation.count", { ...draft, generation: { ...draft.generation, count: 0 } }, "Expected at least 1."],
    [
      "generation.seed",
      { ...draft, generation: { ...draft.generation, seed: 1.5 } },
      "Expected a whole number.",
    ],
    [
      "generation.temperature",
      { ...draft, generation: { ...draft.generation, temperature: 9 } },
      "Expected at most 2.",
    ],
    [
      "generation.count",
      { ...draft, generation: { ...draft.generation, count: numberOf("") } },
      "Expected a number.",
    ],
    ["name", { ...draft, name: "  " }, "Expected a name."],
  ])("says at %s what was expected", (path, wrong, message) => {
    const { settings, problems } = check(wrong);
    expect(settings).toBeUndefined();
    expect([...problems]).toEqual([[path, message]]);
  });

  it("takes a least value of a descriptor up to the greatest, and says where it is above", () => {
    const problems = (minLogP: number | null, maxLogP: number | null) => [
      ...check({ ...draft, filter: { ...draft.filter, minLogP, maxLogP } }).problems,
    ];
    expect(problems(-1, 3)).toEqual([]);
    expect(problems(3, 3)).toEqual([]);
    expect(problems(null, -4)).toEqual([]);
    expect(problems(3, 2.5)).toEqual([["filter.maxLogP", "Expected at least the minimum, 3."]]);
  });

  it.each([
    [{ nelec: 10, norb: 4 }, "At most 8 electrons fit into 4 orbitals."],
    [{ nelec: 3, norb: 4 }, "Expected an even number: the neutral molecule has a closed shell."],
  ])("refuses the active space %o", (activeSpace, message) => {
    const { settings, problems } = check({ ...draft, evaluation: { ...draft.evaluation, activeSpace } });
    expect(settings).toBeUndefined();
    expect(problems.get("evaluation.activeSpace.nelec")).toBe(message);
  });

  const evaluate = (change: Partial<CampaignSettings["evaluation"]>) =>
    check({ ...draft, evaluation: { ...draft.evaluation, ...change } }).problems;
  const { sampling } = draft.evaluation;

  it.each([
    ["evaluation.activeSpace.nelec", { activeSpace: { nelec: Number.NaN, norb: 4 } }, "Expected a number."],
    [
      "evaluation.activeSpace.threshold",
      { activeSpace: { rule: "natural-occupation", threshold: Number.NaN } },
      "Expected a number.",
    ],
    [
      "evaluation.activeSpace.targets",
      { activeSpace: { rule: "avas", targets: ["C 2p", "C 2q"], threshold: 0.2 } },
      'Expected an element and a shell, such as "O 2p" or "C 2pz"',
    ],
    [
      "evaluation.sampling.noise.readout01",
      { backend: "sampler", sampling: { ...sampling, noise: { ...sampling.noise, readout01: 0.7 } } },
      "Expected at most 0.5.",
    ],
    [
      "evaluation.sampling.mitigation",
      { backend: "sampler", sampling: { ...sampling, mitigation: ["readout"] } },
      "Readout mitigation needs a readout error to take out: expected readout01 or readout10 above 0.",
    ],
  ] as const)("shows at %s what the evaluation lacks", (path, change, message) => {
    expect([...evaluate(change as Partial<CampaignSettings["evaluation"]>)]).toEqual([[path, message]]);
  });

  it("takes any rule, ansatz and backend that the engine knows", () => {
    expect(evaluate({ activeSpace: { rule: "avas", targets: ["C 2p"], threshold: 0.2 } }).size).toBe(0);
    expect(evaluate({ ansatz: "lucj", backend: "statevector" }).size).toBe(0);
  });

  it("refuses a range whose end is before its start", () => {
    const { problems } = check({ ...draft, filter: { ...draft.filter, minHeavyAtoms: 8, maxHeavyAtoms: 5 } });
    expect(problems.has("filter.maxHeavyAtoms")).toBe(true);
  });

  it("copies settings under another name that still fits", () => {
    const copy = copyOf({ ...draft, name: "x".repeat(200) });
    expect(check(copy).problems.size).toBe(0);
    expect(copyOf(draft)).toEqual({ ...draft, name: `${draft.name} (copy)` });
  });
});

describe("the start form with a person's own molecules", () => {
  const summary = {
    hash: Sha256.parse("ab".repeat(32)),
    name: "own.csv",
    files: [],
    reading: {},
    rows: 7,
    columns: ["IE"],
    problems: {},
    sample: [],
  };

  it("takes what was read into the draft as it is then, unless the source is another", () => {
    const own = { ...ofSource(draft, "library"), name: "named while it was read" };
    expect(withRead(own, summary)).toEqual(withLibrary(own, summary));
    expect(withRead(own, summary).name).toBe("named while it was read");
    expect(withRead(draft, summary)).toBe(draft);
  });

  it.each([
    [25, "Expected at most 20."],
    [1, "Expected at least 2."],
    [2.5, "Expected a whole number."],
    [Number.NaN, "Expected a number."],
  ])("cannot be sent with %s tautomers, and says why", (tautomers, message) => {
    const own = withLibrary(ofSource(draft, "library"), summary);
    const { settings, problems } = check(own, { tautomers });
    expect(settings).toBeUndefined();
    expect([...problems]).toEqual([["generation.reading.tautomers", message]]);
    expect(check(own, { tautomers: 3 }).settings).toBeDefined();
    expect(check(draft, { tautomers }).settings).toBeDefined();
  });

  it("asks for them before it can be sent, and then evaluates all of them with the filter that leaves them alone", () => {
    const own = ofSource(draft, "library");
    expect(check(own).settings).toBeUndefined();
    expect([...check(own).problems]).toEqual([
      ["generation.library", "Choose files, drop them here, or paste molecules."],
    ]);
    const { settings } = check(withLibrary(own, summary));
    expect(settings).toMatchObject({
      generation: { source: "library", library: summary.hash, count: 7, columns: ["IE"] },
      filter: { species: "any", component: "largest-organic", alerts: [] },
      evaluation: { maxEvaluations: 7 },
    });
  });

  it.each([
    [{ column: "nosuch" }, "generation.measured", 'Expected one of the columns IE, got "nosuch".'],
    [{ column: "IE:parsec" }, "generation.measured", /^Expected one of Eh, .* column IE, got "parsec"\.$/],
    [{ column: "IE", unit: "volts" }, "generation.measured.unit", /^Expected one of Eh, .*, got "volts"\.$/],
  ])("says of a plan's measured column %j what does not fit", (column, path, message) => {
    const read = withLibrary(ofSource(draft, "library"), summary);
    const generation = { ...read.generation, measured: [column] } as typeof read.generation;
    const { settings, problems } = check({ ...read, generation });
    expect(settings).toBeUndefined();
    expect([...problems]).toEqual([[path, expect.stringMatching(message)]]);
  });

  it("keeps a measured column while it is there, and returns to a model with that one's filter", () => {
    const read = withLibrary(ofSource(draft, "library"), summary);
    const measured = {
      ...read,
      generation: { ...read.generation, measured: [{ column: "IE" }] },
    } as typeof read;
    expect(withLibrary(measured, summary).generation).toHaveProperty("measured", [{ column: "IE" }]);
    expect(withLibrary(measured, { ...summary, columns: [] }).generation).not.toHaveProperty("measured");
    const { filter, evaluation, generation } = ofSource(measured, "model");
    expect({ filter, evaluation, generation }).toEqual({
      filter: draft.filter,
      evaluation: draft.evaluation,
      generation: draft.generation,
    });
  });
});
