import { describe, expect, it } from "vitest";
import { PropertyObjective } from "#shared/model/generation.ts";
import { readDefinition } from "#shared/properties/definition.ts";
import { readFormula } from "#shared/properties/formula.ts";
import { FormulaDefinition, multiplicityOf, statesInOrder } from "#shared/properties/formula-definition.ts";

describe("a formula", () => {
  it.each([
    ["E(anion) - E(neutral)", 0, { anion: 1, neutral: -1 }],
    ["-(E(a) - 2 * E(b)) / 4", 0, { a: -0.25, b: 0.5 }],
    ["1/2*E(h2) + 27.211386245981 eV", 1, { h2: 0.5 }],
    ["E(a) + E(b) - E(a)", 0, { b: 1 }],
    ["2 * 3 * E(a) - 4 * (1 eV - 1 eV)", 0, { a: 6 }],
    ["E( a )+2625.4996394792kJ/mol", 1, { a: 1 }],
    [".5 * E(a)", 0, { a: 0.5 }],
    ["1e-1 * E(a) - 627.5094740631 kcal/mol", -1, { a: 0.1 }],
  ])("%s is linear in its energies", (text, constant, factors) => {
    const found = readFormula(text);
    expect(found.constant_hartree).toBeCloseTo(constant, 10);
    expect(found.factors).toEqual(factors);
  });

  it("knows no states but those that it names", () => {
    const { factors } = readFormula("E(constructor) + E(constructor) - E(a)");
    expect(factors).toEqual({ constructor: 2, a: -1 });
  });

  it.each([
    ["E(a) * E(b)", "expected energies times numbers, got an energy times an energy"],
    ["E(a) / E(b)", "expected division by numbers, got one by an energy"],
    ["E(a) / (2 - 2)", "expected division by another number than 0"],
    ["E(a) + 3", "expected both sides of + and - to be energies, or both numbers, got one of each"],
    ["2 * 3", "expected an energy, got a number without a unit"],
    ["E(a) E(b)", "expected the formula to end at place 5, got b"],
    ["(E(a)", "expected ) at place 6, got the end"],
    ["E(a) - ", "expected a number, E(state) or ( at place 7, got the end"],
    ["sqrt(E(a))", /^expected numbers, units .* got "sqrt\(E\(a\)\)"$/],
    ["E(a) + 3 cal", /got "cal"$/],
    ["E(a) - 1e400 kJ/mol", "expected numbers below 1e308, got 1e400"],
    ["E(a) + 1 eV / 1e400", "expected numbers below 1e308, got 1e400"],
    ["E(a) / 1e-320", "expected division by another number than 0, got 1e-320"],
    ["E(a) + 1e200 * 1e200 * (1 eV - 1 eV)", "of up to 1,000,000 in size, got NaN"],
    ["(".repeat(1e6), "expected at most 2000 characters, got 1000000"],
    ["-1e300 * E(a)", "of up to 1,000,000 in size, got -1e+300"],
  ])("%.60s is refused with the reason", (text, message) => {
    expect(() => readFormula(text)).toThrow(message);
  });
});

const EXAMPLE = {
  kind: "formula",
  id: "hydride-affinity",
  title: "Hydride affinity",
  unit: "kJ/mol",
  better: "maximise",
  states: { neutral: {}, anion: { charge: -1 }, water: { smiles: "O" } },
  formula: "E(neutral) + E(water) - E(anion)",
};

describe("a definition", () => {
  it("has its kind, method, basis and what states leave out filled in", () => {
    const { kind: _, ...written } = EXAMPLE;
    expect(readDefinition(JSON.stringify(written), "a.json")).toEqual({
      ...EXAMPLE,
      version: 1,
      basis: "6-31g*",
      method: "mp2",
      states: {
        neutral: { charge: 0, geometry: "candidate" },
        anion: { charge: -1, geometry: "candidate" },
        water: { smiles: "O", charge: 0, geometry: "candidate" },
      },
    });
  });

  it.each([
    [{ formula: "E(neutral) - E(kation)" }, /formula: expected states .*neutral, anion, water.*got kation/],
    [{ formula: "E(neutral) - E(anion)" }, /states: expected states that the formula asks for, got water/],
    [{ formula: "E(neutral) * E(anion)" }, /formula: expected energies times numbers/],
    [{ states: { water: { smiles: "O" } }, formula: "E(water)" }, /expected a state of the candidate/],
    [
      { states: { "a-b": {} }, formula: "E(a)" },
      /states: expected names of a letter, then letters, digits and _/,
    ],
    ...["constructor", "toString", "valueOf", "hasOwnProperty"].map((name): [object, RegExp] => [
      { states: { neutral: {}, [name]: {} }, formula: `E(neutral) - E(${name})` },
      RegExp(`states: expected names that JavaScript does not use itself, got "${name}": take another`),
    ]),
    [{ unit: "hartree" }, /unit: /],
    [{ kind: "sum" }, /kind: expected 'formula' \| 'composite' \| 'probe', got "sum"/],
    [{ id: "Hydride" }, /id: .*small letters/],
    [{ colour: "red" }, /nothing is called colour/],
    [{ ["k".repeat(1e6)]: 1 }, /nothing is called k{900,1000}….$/],
    [{ title: "Hydride\naffinity" }, /title: expected one line, without control characters/],
    [{ symbol: "H\u2028A" }, /symbol: expected one line/],
    [{ states: { "a\nb": {} } }, /digits and _, got "a b"/],
    [
      { states: Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`s${k}`, { charge: 9 }])) },
      /^("a.json" does not fit: states.s0.charge: .*)(; [^;]*){19}; and \d+ more\.$/,
    ],
  ])("that says %j is refused with the reason", (change, message) => {
    expect(() => readDefinition(JSON.stringify({ ...EXAMPLE, ...change }), "a.json")).toThrow(message);
  });

  it("is no aim of steering, which has no place for it", () => {
    const aim = { worst: 0, best: 1 };
    expect(PropertyObjective.safeParse({ property: "triplet-energy", ...aim }).success).toBe(true);
    expect(
      PropertyObjective.safeParse({ property: "own-formula", ...aim }).error?.issues[0]?.message,
    ).toMatch(/known by its id alone/);
  });

  it.each([
    ['"id":', '"id":"b","\\u0069d":', 'got "id" twice in one object'],
    ['"anion":', '"neutral":{},"anion":', 'got "neutral" twice in one object'],
    ['"anion":', '"__proto__":{},"anion":', 'got a member "__proto__"'],
  ])("with %s written as %s is refused, since one would be left out", (name, written, message) => {
    const text = JSON.stringify(EXAMPLE).replace(name, written);
    expect(() => readDefinition(text, "a.json")).toThrow(message);
  });

  it.each([
    [{ symbols: ["X"], coordinates_angstrom: [0, 0, 0] }, "expected elements up to xenon, got X"],
    [{ symbols: ["He", "He"], coordinates_angstrom: [0, 0, 0, 1, 2] }, "y and z of 2 atoms, got 5 numbers"],
    [{ symbols: ["He", "He"], coordinates_angstrom: [0, 0, 0, 0, 0, 1e307] }, "of up to 1000 Å, got 1e+307"],
    [{ symbols: ["He", "He"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.1] }, "at least 0.3 Å apart"],
    [
      {
        symbols: Array(500).fill("He"),
        coordinates_angstrom: Array.from({ length: 1500 }, (_, k) => k % 997),
      },
      "expected at most 100 atoms, got 500",
    ],
    [{ symbols: [], coordinates_angstrom: [] }, "geometry.symbols: expected array to have >=1 items"],
  ])("of a probe at %j is refused", (geometry, message) => {
    const probe = { kind: "probe", id: "p", title: "P", geometry };
    expect(() => readDefinition(JSON.stringify(probe), "a.json")).toThrow(message);
  });

  it("of 10,000 terms is refused before they are read", () => {
    const formula = Array(10_000).fill("E(neutral)").join(" + ");
    const began = performance.now();
    expect(() => readDefinition(JSON.stringify({ ...EXAMPLE, formula }), "a.json")).toThrow(
      /^"a.json" does not fit: formula: expected string to have <=2000 characters, got "E.neutral.*….$/,
    );
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it("may begin with a byte order mark and end its lines as Windows does", () => {
    const text = `\uFEFF${JSON.stringify(EXAMPLE, null, 2).replaceAll("\n", "\r\n")}`;
    expect(readDefinition(text, "a.json")).toMatchObject(EXAMPLE);
  });

  it("that is no JSON is refused", () => {
    expect(() => readDefinition("{", "a.json")).toThrow(/^"a.json" is no property: expected JSON, got /);
  });
});

describe("the order of states", () => {
  it("begins with the candidate in its own charge and spin, whatever they are called", () => {
    const states = {
      a_water: { smiles: "O" },
      b_anion: { charge: -1 },
      c_triplet: { multiplicity: 3 },
      d_lowest: { multiplicity: "lowest" },
      e_singlet: { multiplicity: 1 },
      f_own: { geometry: "relaxed" },
    };
    const formula = Object.keys(states)
      .map((name) => `E(${name})`)
      .join(" + ");
    const definition = FormulaDefinition.parse({ ...EXAMPLE, states, formula });
    const names = statesInOrder(definition).map(([name]) => name);
    expect(names).toEqual(["f_own", "d_lowest", "e_singlet", "c_triplet", "b_anion", "a_water"]);
  });
});

describe("the multiplicity of a state", () => {
  const state = FormulaDefinition.parse(EXAMPLE).states.neutral!;
  it.each([
    [{ charge: 0 }, 3, 3],
    [{ charge: 1 }, 1, 2],
    [{ charge: -2 }, 1, 1],
    [{ charge: 1 }, 2, 1],
    [{ charge: -1 }, 4, 1],
    [{ charge: 0, multiplicity: "lowest" as const }, 3, 1],
    [{ charge: 0, multiplicity: 3 }, 1, 3],
    [{ charge: 1, multiplicity: 4 }, 1, 4],
    [{ charge: 1, multiplicity: 3 }, 1, undefined],
    [{ charge: 0, multiplicity: 2 }, 1, undefined],
  ])("%j of a molecule of %i is %s", (change, own, expected) => {
    expect(multiplicityOf({ ...state, ...change }, own)).toBe(expected);
  });
});
