import { expect, it } from "vitest";
import { ActiveSpace } from "#shared/quantum/active-space.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import { activeSpaceDocument } from "../../../src/cli/active-space-document.ts";

it("a document numbers orbitals from 1 as --active-space takes them, beside the record's from 0", () => {
  const space = ActiveSpace.parse({ nelec: 4, norb: 4, orbitals: [3, 4, 5, 6] });
  const document = activeSpaceDocument(space);
  expect(document).toEqual({ ...space, orbitalNumbers: [4, 5, 6, 7] });
  expect(readActiveSpace(`orbitals:${document!.orbitalNumbers.join(",")}`)).toEqual({
    rule: "orbitals",
    orbitals: space.orbitals,
  });
  expect(activeSpaceDocument(null)).toBeNull();
});
