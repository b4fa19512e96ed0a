import { expect, it } from "vitest";
import { FINGERPRINT_BYTES } from "#core/chemistry/similarity/fingerprint.ts";
import { storeFingerprints, withoutFingerprint } from "#core/notebook/tables/fingerprints.ts";
import { openStructureLibrary } from "#core/orchestration/views/structure-library.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

it("finds the most similar molecules, whether they were there when it was first asked or came later", () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 8 });
  const { db } = notebook;
  const library = openStructureLibrary(db);
  const withBits = (bits: number) => new Uint8Array(FINGERPRINT_BYTES).fill(255, 0, bits / 8);
  const query = withBits(80);
  const similar = (limit: number) => library.similar(query, { threshold: 0.1, limit });
  const [first, second, third, fourth] = withoutFingerprint(db, 4).map(({ molecule }) => molecule) as [
    number,
    number,
    number,
    number,
  ];
  const store = (molecule: number, bits: number) =>
    storeFingerprints(db, [{ molecule, morgan: withBits(bits), pattern: withBits(bits) }]);
  store(first, 40);
  store(second, 16);
  expect(similar(2)).toEqual([
    { molecule: first, similarity: 0.5 },
    { molecule: second, similarity: 0.2 },
  ]);
  store(third, 64);
  store(fourth, 40);
  // Of equals the one that came first.
  expect(similar(2)).toEqual([
    { molecule: third, similarity: 0.8 },
    { molecule: first, similarity: 0.5 },
  ]);
  expect(similar(4).map(({ molecule }) => molecule)).toEqual([third, first, fourth, second]);
  expect(library.mayContain(withBits(40))).toEqual([first, third, fourth]);
});
