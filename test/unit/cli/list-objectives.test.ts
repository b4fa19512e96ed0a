import { afterEach, describe, expect, it, vi } from "vitest";
import { KNOWN_PROPERTIES } from "#shared/properties/find.ts";
import { listObjectives } from "../../../src/cli/list-objectives.ts";
import { propertyFromFlags } from "../../../src/cli/property-options.ts";

afterEach(() => vi.restoreAllMocks());

function printed(json: boolean): string {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  listObjectives({ json });
  return lines.join("");
}

describe("the list of objectives", () => {
  it("says of each its unit, protocol, and the error over a set where there is one", () => {
    const { objectives } = JSON.parse(printed(true));
    expect(objectives.map(({ name }: { name: string }) => name)).toEqual(
      KNOWN_PROPERTIES.map(({ id }) => id),
    );
    for (const objective of objectives) {
      expect(Object.keys(objective)).toEqual([
        "name",
        "unit",
        "protocol",
        "expectedError",
        "deviation",
        "set",
      ]);
      expect(objective.protocol).toMatch(/; basis /);
      expect(objective.expectedError === null).toBe(objective.set === null);
    }
  });

  it("is a table for people", () => {
    expect(printed(false)).toMatch(/^objective +unit +mean error/);
  });
});

describe("--objective", () => {
  it("takes an id or another name of it, and --property as before", () => {
    const asked = { property: "vertical-ionisation-energy" };
    expect(propertyFromFlags({ objective: "vertical-ionisation-energy" })).toEqual(asked);
    expect(propertyFromFlags({ objective: "ionization-energy" })).toEqual(asked);
    expect(propertyFromFlags({ property: "vertical-ionisation-energy" })).toEqual(asked);
    expect(propertyFromFlags({})).toEqual({});
  });

  it("refuses what is not known, and both flags at once", () => {
    expect(() => propertyFromFlags({ objective: "colour" })).toThrow(
      /--objective: expected one of vertical-ionisation-energy, .*got "colour"/,
    );
    expect(() => propertyFromFlags({ objective: "fundamental-gap", property: "triplet-energy" })).toThrow(
      /Expected --objective alone/,
    );
  });
});
