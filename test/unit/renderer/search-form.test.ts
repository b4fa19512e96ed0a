import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SearchProperty, SearchQuery } from "#shared/campaign/search.ts";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { formOf, queryOf, type SearchForm } from "../../../src/renderer/src/features/search/form.ts";

const empty = formOf(null);
const asked = (form: Partial<SearchForm>) => queryOf({ ...empty, ...form });

/** Ten digits are shown of an energy in eV. */
const SHOWN_DIGITS = 1e-9;

describe("the search form", () => {
  it("asks for nothing but what was typed", () => {
    expect(asked({ contains: " c1ccccc1 ", verdict: "reject" })).toEqual({
      query: { contains: "c1ccccc1", verdict: "reject" },
    });
    expect(asked({ similarTo: "CCO", minSimilarity: "0.3" })).toEqual({
      query: { similarTo: "CCO", minSimilarity: 0.3 },
    });
  });

  it("takes an ionisation energy in eV and asks in hartree", () => {
    const made = asked({ ranges: [{ property: "verticalIonisation_hartree", min: "10", max: "" }] });
    expect(made).toEqual({
      query: { ranges: [{ property: "verticalIonisation_hartree", min: 10 / ELECTRON_VOLT_PER_HARTREE }] },
    });
  });

  it("takes days whole, from midnight to midnight of this machine", () => {
    const made = asked({ from: "2026-11-20", to: "2026-11-22" });
    expect(made).toEqual({
      query: {
        from: new Date(2026, 10, 20).toISOString(),
        to: new Date(new Date(2026, 10, 23).getTime() - 1).toISOString(),
      },
    });
  });

  it.each([
    [{}, /at least one condition/],
    [{ ranges: [{ property: "qed" as const, min: "", max: "" }] }, /at least one condition/],
    [{ ranges: [{ property: "qed" as const, min: "half", max: "" }] }, /QED: expected numbers/],
    [{ similarTo: "CCO", minSimilarity: "2" }, /minSimilarity/],
  ])("says what is wrong with %j", (form, words) => {
    expect(asked(form)).toEqual({ problem: expect.stringMatching(words) });
  });

  it("shows a question from the address as it was typed", () => {
    const number = fc.double({ min: -1000, max: 1000, noNaN: true });
    const range = fc.record(
      { property: fc.constantFrom(...SearchProperty.options), min: number, max: number },
      { requiredKeys: ["property", "min"] },
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 50 }),
        fc.array(range, { maxLength: 4 }),
        (text, ranges) => {
          fc.pre(text.trim() !== "");
          const query = { contains: text.trim(), ...(ranges.length > 0 && { ranges }) };
          const made = queryOf(formOf(query));
          if (!("query" in made)) throw new Error(made.problem);
          const again = SearchQuery.parse(made.query);
          expect(again.contains).toBe(text.trim());
          again.ranges.forEach(({ property, min, max }, i) => {
            expect(property).toBe(ranges[i]!.property);
            expect(Math.abs(min! - ranges[i]!.min)).toBeLessThanOrEqual(
              SHOWN_DIGITS * Math.abs(min!) + Number.MIN_VALUE,
            );
            expect(max === undefined).toBe(ranges[i]!.max === undefined);
          });
        },
      ),
    );
  });
});
