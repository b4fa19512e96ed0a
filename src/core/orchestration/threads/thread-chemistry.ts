/** The chemistry of this thread, opened once. */
import { join } from "node:path";
import type { Chemistry } from "#core/chemistry/chemistry.ts";

let chemistry: Promise<Chemistry> | undefined;

/** @param resources the folder with filters/ */
export function threadChemistry(resources: string): Promise<Chemistry> {
  chemistry ??= open(resources);
  return chemistry;
}

async function open(resources: string): Promise<Chemistry> {
  const { openChemistry } = await import("#core/chemistry/chemistry.ts");
  return openChemistry({ filtersDirectory: join(resources, "filters") });
}
