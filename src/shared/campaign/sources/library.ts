/** Molecules of a person's own: rows of files, kept in the notebook so that nothing depends on the files staying where they were. */
import { z } from "zod";
import { Sha256 } from "../../ids.ts";
import { ELEMENT_SYMBOLS } from "../../molecule/molecule.ts";
import type { SourceWords } from "./source-words.ts";

/** Rows at most: a library is read as a whole. */
export const MAX_LIBRARY_ROWS = 1_000_000;

/** A column of measured values, to hold predicted ones against. */
export const MeasuredColumn = z.strictObject({
  column: z.string().min(1),
  /** One of MEASURED_UNITS in any case; where nothing is said, the one that the head ends in, as "IP (kcal/mol)", else the one in which the property is shown, or none. */
  unit: z.string().min(1).exactOptional(),
});
export type MeasuredColumn = z.infer<typeof MeasuredColumn>;

export const LibrarySource = z.strictObject({
  source: z.literal("library"),
  /** Hash of the record that holds the rows. */
  library: Sha256,
  /** "amines.csv", for people. */
  name: z.string().min(1).max(200),
  /** How many of the rows, from the first. */
  count: z.number().int().min(1).max(MAX_LIBRARY_ROWS),
  measured: z.array(MeasuredColumn).exactOptional(),
  /** Heads of the data columns, in the order of the files. */
  columns: z.array(z.string()).default([]),
});
export type LibrarySource = z.infer<typeof LibrarySource>;

/** Heads of the data columns that the candidates of a campaign have; of a model's there are none. */
export const dataColumnsOf = (generation: { source: string } | LibrarySource): readonly string[] =>
  "columns" in generation ? generation.columns : [];

/**
 * Settings of the filter that leave a person's own molecules alone: only what cannot be computed is left out. Ions and radicals
 * stay, tautomers are different molecules, and of a salt the largest organic component is computed.
 */
export const OWN_MOLECULES = {
  species: "any" as const,
  component: "largest-organic" as const,
  elements: ELEMENT_SYMBOLS,
  minHeavyAtoms: 0,
  maxHeavyAtoms: 100,
  maxRingSize: 100,
  maxSaScore: 10,
  alerts: [] as never[],
};

const molecules = (count: number): string => `${count} molecule${count === 1 ? "" : "s"}`;

export const libraryWords: SourceWords<LibrarySource> = {
  name: ({ name }) => name,
  summary: ({ name, count }) => `${name} · ${count} row${count === 1 ? "" : "s"}`,
  origin: ({ name, library }) => ["Library", `${name}, record ${library}`],
  method: ({ name, count, library }) =>
    `${molecules(count)} were given by a person (${name}, record ${library}); names and data columns are as in the file.`,
};
