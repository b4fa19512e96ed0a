/** A second source, as an example: a list of SMILES in the settings. Add a line to both sources.ts to use it. */
import { z } from "zod";
import { seal } from "#core/notebook/proof/record.ts";
import type { Source, SourceKind } from "#core/orchestration/sources/source.ts";
import type { SourceWords } from "#shared/campaign/sources/source-words.ts";
import { DomainError } from "#shared/errors.ts";

/** Stands in src/shared/campaign/sources/list.ts. */
export const ListSource = z.strictObject({
  source: z.literal("list"),
  smiles: z.array(z.string()).min(1),
  count: z.number().int(),
});
type ListSource = z.infer<typeof ListSource>;

export const listWords: SourceWords<ListSource> = {
  name: () => "a list",
  summary: ({ count }) => `a list of ${count}`,
  origin: ({ count }) => ["List", `${count} molecules`],
  method: ({ count }) => `${count} molecules were given in a list.`,
};

const sourceOf = (smiles: readonly string[]): Source => ({
  input: { source: "list", smiles },
  chunkSize: 2,
  message: "reading the list",
  lineage: async () => {
    const list = seal({ kind: "data-set", content: { name: "list", smiles } });
    return { records: [list], link: { role: "list", target: list.hash } };
  },
  async *draw({ first, count }) {
    for (const [k, one] of smiles.slice(first, first + count).entries())
      yield { index: first + k, smiles: one, nll: null };
  },
});

/** Stands in src/core/orchestration/sources/list.ts. */
export const listSource: SourceKind<ListSource> = {
  async check({ smiles, count }) {
    if (count <= smiles.length) return;
    const message = `generation.count: expected at most the ${smiles.length} of the list, got ${count}.`;
    throw new DomainError("invalid-input", message, { count });
  },
  open: async ({ smiles }) => sourceOf(smiles),
  reopen: async (input) => sourceOf(z.object({ smiles: z.array(z.string()) }).parse(input).smiles),
};
