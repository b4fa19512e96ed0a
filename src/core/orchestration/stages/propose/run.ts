/** Propose: molecules from a campaign's source. */
import type { Chunk, Drawn, DrawOptions, Source } from "../../sources/source.ts";

export const proposeStage = {
  name: "propose",
  /** 2: the grammar gives some constrained samples another end. */
  version: 2,
  /** In threads of the source's own: one after the other, as they are written. */
  async *run(
    { source, first, count }: { source: Source } & Chunk,
    options: DrawOptions,
  ): AsyncGenerator<Drawn, void, undefined> {
    for await (const { index, smiles, nll, given, molblock } of source.draw({ first, count }, options))
      yield { index, smiles, nll, ...(given && { given }), ...(molblock !== undefined && { molblock }) };
  },
} as const;
