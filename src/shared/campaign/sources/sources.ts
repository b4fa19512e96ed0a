/** Where a campaign's molecules may come from: a line for each source in both tables. */
import { z } from "zod";
import { LibrarySource, libraryWords } from "./library.ts";
import { ModelSource, modelWords } from "./model.ts";
import type { SourceWords } from "./source-words.ts";

export const GenerationSettings = z.discriminatedUnion("source", [ModelSource, LibrarySource]);
export type GenerationSettings = z.infer<typeof GenerationSettings>;

/** The settings of each source, by its name. */
export type SourceSettings = {
  [Settings in GenerationSettings as Settings["source"]]: Settings;
};
export type SourceName = keyof SourceSettings;

const WORDS: { [Name in SourceName]: SourceWords<SourceSettings[Name]> } = {
  model: modelWords,
  library: libraryWords,
};

/** What the source of these settings says of itself. */
export const sourceWords = <Name extends SourceName>({
  source,
}: {
  source: Name;
}): SourceWords<SourceSettings[Name]> => WORDS[source];
