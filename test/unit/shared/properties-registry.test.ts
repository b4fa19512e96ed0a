import { describe, expect, it } from "vitest";
import { REGISTERED_PROPERTIES } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";

/** What `--steer` calls the other objectives. */
const CHEAP = ["qed", "sa", "logp", "similarity", "substructure"];

describe("the registry of properties", () => {
  it("gives every property names of its own", () => {
    const names = (read: (property: (typeof REGISTERED_PROPERTIES)[number]) => readonly string[]) => {
      const all = REGISTERED_PROPERTIES.flatMap(read);
      expect(new Set(all).size, all.join()).toBe(all.length);
      return all;
    };
    names(({ id, aliases = [] }) => [id, ...aliases]);
    names(({ field }) => [field]);
    names(({ values }) => values.flatMap(({ key, document, column }) => [key, document, column]));
    const objectives = names(({ objective }) => [objective]);
    expect(objectives.filter((name) => CHEAP.includes(name))).toEqual([]);
  });

  it.each(REGISTERED_PROPERTIES)(
    "$id ends its names of numbers in the unit that they are kept in",
    (property) => {
      const { field, values, unit } = property;
      const ending = `_${UNITS[unit].stored}`;
      expect(field.endsWith(ending)).toBe(true);
      expect(values.filter(({ key }) => !key.endsWith(ending))).toEqual([]);
    },
  );

  it.each(REGISTERED_PROPERTIES)(
    "$id names each of its states once and its estimate among its values",
    (property) => {
      const states = property.states.map(({ name }) => name);
      expect(new Set(states).size).toBe(states.length);
      const { estimate, values } = property;
      if (estimate) expect(values.map(({ key }) => key)).toContain(estimate.value);
    },
  );
});
