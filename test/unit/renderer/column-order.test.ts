import { expect, it } from "vitest";
import {
  orderedColumns,
  withColumnStep,
  withPlaceOf,
  withToggled,
} from "../../../src/renderer/src/features/candidates/column-order.ts";

const FIXED = ["rank", "structure", "smiles", "value", "mw", "logP", "state"];
const ALWAYS = ["rank", "value"];

it("columns stand as they were chosen, those that are always there in their place unless they were moved", () => {
  expect(orderedColumns(FIXED, ALWAYS, ["structure", "logP", "state"])).toEqual([
    ...["rank", "structure", "value", "logP", "state"],
  ]);
  expect(orderedColumns(FIXED, ALWAYS, ["state", "logP", "structure"])).toEqual([
    ...["rank", "value", "state", "logP", "structure"],
  ]);
  expect(orderedColumns(FIXED, ALWAYS, ["logP", "value", "structure", "rank"])).toEqual([
    ...["logP", "value", "structure", "rank"],
  ]);
  expect(orderedColumns(FIXED, ALWAYS, [])).toEqual(["rank", "value"]);
  expect(orderedColumns(FIXED, ALWAYS, ["gone", "logP", "logP"])).toEqual(["rank", "value", "logP"]);
});

it("all columns in the fixed order are that order", () => {
  expect(
    orderedColumns(
      FIXED,
      ALWAYS,
      FIXED.filter((id) => !ALWAYS.includes(id)),
    ),
  ).toEqual(FIXED);
});

it("one that is shown again goes where it belongs, and the others stay", () => {
  const order = ["rank", "state", "structure", "value"];
  expect(withToggled(FIXED, order, "state")).toEqual(["rank", "structure", "value"]);
  expect(withToggled(FIXED, order, "mw")).toEqual(["rank", "mw", "state", "structure", "value"]);
  expect(withToggled(FIXED, ["rank", "structure"], "state")).toEqual(["rank", "structure", "state"]);
});

it("one is moved by steps, no further than the ends, or to the place of another", () => {
  const order = ["a", "b", "c", "d"];
  expect(withColumnStep(order, "b", 1)).toEqual(["a", "c", "b", "d"]);
  expect(withColumnStep(order, "a", -1)).toEqual(order);
  expect(withColumnStep(order, "d", 1)).toEqual(order);
  expect(withPlaceOf(order, "d", "b")).toEqual(["a", "d", "b", "c"]);
  expect(withPlaceOf(order, "a", "c")).toEqual(["b", "c", "a", "d"]);
  expect(withPlaceOf(order, "x", "c")).toEqual(order);
});
