import { expect, it, vi } from "vitest";
import { DESCRIPTOR_IDS, DESCRIPTORS, TABLE_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { DEFAULT_PROPERTY } from "#shared/properties/find.ts";
import {
  keyOfColumn,
  offeredColumns,
  tableColumns,
} from "../../../src/renderer/src/features/candidates/columns.tsx";

// The page's connection, which a table of columns does not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, connection: {}, host: {} }));

const DATA = ["IE", "logS", "cluster", "batch", "note", "price"];
const idsOf = (of: object = {}, shown?: string[]) =>
  tableColumns(DEFAULT_PROPERTY, of, shown).map(({ id }) => id);
const usualOf = (of: object) =>
  offeredColumns(DEFAULT_PROPERTY, of)
    .filter(({ isUsual }) => isUsual)
    .map(({ id }) => id);

it("every descriptor can be a column, under the name that it has everywhere", () => {
  const titles = offeredColumns(DEFAULT_PROPERTY)
    .filter(({ group }) => group === "Descriptors")
    .map(({ title }) => title);
  expect(titles.toSorted()).toEqual(
    DESCRIPTOR_IDS.map((id) =>
      [DESCRIPTORS[id].title, DESCRIPTORS[id].unit].filter(Boolean).join(" / "),
    ).sort(),
  );
});

it("the usual ones are those of the table, or four of a person's own", () => {
  const descriptors = idsOf().filter((id) => id?.startsWith("descriptor-"));
  expect(descriptors).toHaveLength(TABLE_DESCRIPTORS.length);
  expect(idsOf({ data: DATA }).filter((id) => id?.startsWith("d"))).toEqual([
    ...["difference", "data-0", "data-1", "data-2", "data-3"],
  ]);
  for (const of of [{}, { data: DATA }]) expect(idsOf(of, usualOf(of))).toEqual(idsOf(of));
});

it("what is chosen is shown in the person's order, with the rank and what it is by", () => {
  const chosen = ["verdict", "data-5", "descriptor-unit-tpsa_angstrom2", "smiles", "no such column"];
  expect(idsOf({ data: DATA }, chosen)).toEqual([
    ...["rank", "value", "verdict", "data-5", "descriptor-unit-tpsa_angstrom2", "smiles"],
  ]);
  expect(idsOf({}, [])).toEqual(["rank", "value"]);
});

it("every offered column of numbers or words has a key that the engine orders by", () => {
  const without = offeredColumns(DEFAULT_PROPERTY, { data: DATA }).filter(
    ({ id }) => keyOfColumn(id, DATA) === null,
  );
  expect(without.map(({ id }) => id)).toEqual(["structure"]);
});
