/** The notebook's fingerprints, packed side by side in memory and kept in step with the notebook. */
import {
  containingAll,
  mostSimilar,
  type PackedFingerprints,
  packFingerprints,
} from "#core/chemistry/similarity.ts";
import type { Database } from "#core/notebook/database.ts";
import { fingerprintsAfter } from "#core/notebook/fingerprints.ts";

interface Block {
  molecules: number[];
  morgan: PackedFingerprints;
  pattern: PackedFingerprints;
}

export interface StructureLibrary {
  /** Molecules by similarity, best first. */
  similar(
    query: Uint8Array,
    options: { threshold: number; limit: number },
  ): { molecule: number; similarity: number }[];
  /** Molecules that may contain the query, in order. */
  mayContain(query: Uint8Array): number[];
}

/** Opens an empty library; each search first takes in what the notebook has gained. About 25 MB for 50,000 molecules. */
export function openStructureLibrary(db: Database): StructureLibrary {
  const blocks: Block[] = [];
  const catchUp = (): void => {
    const last = blocks.at(-1)?.molecules.at(-1) ?? 0;
    const rows = [...fingerprintsAfter(db, last)];
    if (rows.length === 0) return;
    blocks.push({
      molecules: rows.map(({ molecule }) => molecule),
      morgan: packFingerprints(rows.map(({ morgan }) => morgan)),
      pattern: packFingerprints(rows.map(({ pattern }) => pattern)),
    });
  };
  return {
    similar(query, options) {
      catchUp();
      const found = blocks.flatMap(({ molecules, morgan }) =>
        mostSimilar(morgan, query, options).map(({ index, similarity }) => ({
          molecule: molecules[index]!,
          similarity,
        })),
      );
      return found
        .sort((a, b) => b.similarity - a.similarity || a.molecule - b.molecule)
        .slice(0, options.limit);
    },
    mayContain(query) {
      catchUp();
      return blocks.flatMap(({ molecules, pattern }) =>
        containingAll(pattern, query).map((index) => molecules[index]!),
      );
    },
  };
}
