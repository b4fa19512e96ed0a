import { expect, it } from "vitest";
import { crateMetadata } from "#core/export/ro-crate.ts";

it("the root of a crate has each data set and each file outside them as a part, once", () => {
  const bytes = new TextEncoder().encode("text");
  const files = { "a/1.json": bytes, "b/2.csv": bytes, "readme.txt": bytes };
  const dataSets = ["a/", "b/"].map((path) => ({
    path,
    name: path,
    description: "",
    dateCreated: "2026-01-02T03:04:05.000Z",
    contributors: [],
  }));
  const metadata = crateMetadata({
    files,
    dataSets,
    descriptions: {},
    name: "notebook",
    description: "",
    datePublished: "2026-01-02T03:04:05.000Z",
    licence: "none",
    program: "test 1",
  });
  const graph: { "@id": string; hasPart?: { "@id": string }[] }[] = JSON.parse(
    new TextDecoder().decode(metadata),
  )["@graph"];
  const partsOf = (id: string) =>
    graph.find((entity) => entity["@id"] === id)!.hasPart!.map((part) => part["@id"]);
  expect(partsOf("./")).toEqual(["a/", "b/", "readme.txt"]);
  expect(partsOf("a/")).toEqual(["a/1.json"]);
  expect(partsOf("b/")).toEqual(["b/2.csv"]);
});
