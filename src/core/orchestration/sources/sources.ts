/** The sources that a campaign's settings can name: a line for each. */
import type { NotebookRecord } from "#core/notebook/proof/record.ts";
import type { GenerationSettings, SourceName, SourceSettings } from "#shared/campaign/sources/sources.ts";
import { DomainError } from "#shared/errors.ts";
import { librarySource } from "./library.ts";
import { modelSource } from "./model.ts";
import type { Source, SourceKind, SourceServices } from "./source.ts";

const SOURCES: { [Name in SourceName]: SourceKind<SourceSettings[Name]> } = {
  model: modelSource,
  library: librarySource,
};

function kindOf<Name extends SourceName>(source: Name): SourceKind<SourceSettings[Name]> {
  if (Object.hasOwn(SOURCES, source)) return SOURCES[source];
  const known = Object.keys(SOURCES).join(", ");
  const message = `This version of Ansatz has no source "${source}" of molecules: expected one of ${known}.`;
  throw new DomainError("not-supported", message, { source });
}

/** @throws DomainError as the source's `check` does */
export const checkSource = (settings: GenerationSettings, services: SourceServices): Promise<void> =>
  kindOf(settings.source).check(settings, services);

/** What must be in the notebook from the campaign's start on. */
export const foundingRecords = (settings: GenerationSettings, services: SourceServices): NotebookRecord[] =>
  kindOf(settings.source).founding?.(settings, services) ?? [];

/** @throws DomainError as the source's `open` does */
export const openSource = (settings: GenerationSettings, services: SourceServices): Promise<Source> =>
  kindOf(settings.source).open(settings, services);

/** @param input of a run, as its record has it; one that names no source is a model's */
export const reopenSource = (
  input: { source?: string | undefined },
  services: SourceServices,
): Promise<Source> => kindOf((input.source ?? "model") as SourceName).reopen(input, services);
