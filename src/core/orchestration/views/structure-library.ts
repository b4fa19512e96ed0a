/** The notebook's fingerprints, packed side by side in memory and kept in step with the notebook. */
import { FINGERPRINT_BYTES } from "#core/chemistry/similarity/fingerprint.ts";
import {
  containingAll,
  mostSimilar,
  type PackedFingerprints,
  packBytes,
} from "#core/chemistry/similarity/similarity.ts";
import type { Database } from "#core/notebook/file/database.ts";
import { fingerprintsAfter } from "#core/notebook/tables/fingerprints.ts";

/** Molecules read at once: SQLite joins their fingerprints to 26 MB at most. */
const BLOCK = 100_000;

interface Block {
  molecules: number[];
  packed: PackedFingerprints;
}

export interface StructureLibrary {
  /** Molecules by similarity, best first. */
  similar(
    query: Uint8Array,
    options: { threshold: number; limit: number },
  ): { molecule: number; similarity: number }[];
  /** Molecules that may contain the query, in order. */
  mayContain(query: Uint8Array): number[];
  /** Their fingerprints for similarity, one after the other; empty ones of molecules that have none. @param molecules rising */
  morganOf(molecules: readonly number[]): Uint8Array;
}

/** Fingerprints of one kind; each call first takes in what the notebook has gained. */
function keepInStep(db: Database, kind: "morgan" | "pattern"): () => readonly Block[] {
  const blocks: Block[] = [];
  return () => {
    for (;;) {
      const last = blocks.at(-1)?.molecules.at(-1) ?? 0;
      const next = fingerprintsAfter(db, last, { kind, limit: BLOCK });
      if (!next) break;
      blocks.push({ molecules: next.molecules, packed: packBytes(next.bytes, FINGERPRINT_BYTES) });
    }
    return blocks;
  };
}

/** Opens an empty library: each kind of search reads its own fingerprints when it is first asked. About 12 MB each for 50,000 molecules. */
export function openStructureLibrary(db: Database): StructureLibrary {
  const morgan = keepInStep(db, "morgan");
  const pattern = keepInStep(db, "pattern");
  return {
    similar(query, options) {
      // Both find places in the list that was packed of these molecules.
      const found = morgan().flatMap(({ molecules, packed }) =>
        mostSimilar(packed, query, options).map(({ index, similarity }) => ({
          molecule: molecules[index]!,
          similarity,
        })),
      );
      return found
        .sort((a, b) => b.similarity - a.similarity || a.molecule - b.molecule)
        .slice(0, options.limit);
    },
    morganOf(molecules) {
      const bytes = new Uint8Array(molecules.length * FINGERPRINT_BYTES);
      for (const block of morgan()) {
        const stored = new Uint8Array(block.packed.words.buffer, block.packed.words.byteOffset);
        let place = 0;
        for (const [k, molecule] of molecules.entries()) {
          while (place < block.molecules.length && block.molecules[place]! < molecule) place++;
          const from = place * FINGERPRINT_BYTES;
          if (block.molecules[place] === molecule)
            bytes.set(stored.subarray(from, from + FINGERPRINT_BYTES), k * FINGERPRINT_BYTES);
        }
      }
      return bytes;
    },
    mayContain: (query) =>
      pattern().flatMap(({ molecules, packed }) =>
        containingAll(packed, query).map((index) => molecules[index]!),
      ),
  };
}
