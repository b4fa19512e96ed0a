/** Where a campaign's molecules come from. Each source is a file beside this one. */
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import type { Link, NotebookRecord } from "#core/notebook/proof/record.ts";
import type { Proposal } from "#shared/campaign/candidate.ts";
import type { Libraries } from "../libraries/libraries.ts";
import type { Models } from "../models/models.ts";

/** What sources are opened with. */
export interface SourceServices {
  models: Models;
  libraries: Libraries;
  resources: string;
}

/** What a source's molecules come from, as the notebook keeps it. */
export interface Lineage {
  /** Each after those that it links to. */
  records: readonly NotebookRecord[];
  /** From a run to the one that stands for the source. */
  link: Link;
}

/** Some of a source's molecules, in its order. */
export interface Chunk {
  /** Index of the first one. */
  first: number;
  count: number;
}

/** A molecule of a source. */
export interface Drawn extends Proposal {
  /** The atoms in space of one whose `given.coordinates` is its hash. */
  molblock?: string;
}

export interface DrawOptions {
  signal?: AbortSignal | undefined;
  /** Told of each molecule that could not be written to its end. */
  onGivenUp?: (() => void) | undefined;
}

/** A source, opened. */
export interface Source {
  /** What decides its molecules: stands in the record of a run and, with the chunk, in the key of its result. */
  readonly input: Readonly<Record<string, Json>>;
  /** Molecules that one job proposes. */
  readonly chunkSize: number;
  /** What is told while it draws: "sampling molecules". */
  readonly message: string;
  /** What its molecules come from. */
  lineage(): Promise<Lineage>;
  /** The molecules of a chunk, each the same whichever chunk it is drawn in. */
  draw(chunk: Chunk, options: DrawOptions): AsyncIterable<Drawn>;
}

/** How sources of one kind are opened. */
export interface SourceKind<Settings> {
  /** Looks at a campaign's settings before it starts. @throws DomainError invalid-input, not-found, model-damaged */
  check(settings: Settings, services: SourceServices): Promise<void>;
  /** Records that are in the notebook from the campaign's start on, each after those that it links to; absent: none. */
  founding?(settings: Settings, services: SourceServices): NotebookRecord[];
  /** @throws DomainError not-found, model-damaged */
  open(settings: Settings, services: SourceServices): Promise<Source>;
  /** The source of a run from the `input` in its record. @throws DomainError not-found where it is there no more */
  reopen(input: unknown, services: SourceServices): Promise<Source>;
}

/** Molecules a job: a killed process loses at most this many. */
export const CHUNK = 1000;
