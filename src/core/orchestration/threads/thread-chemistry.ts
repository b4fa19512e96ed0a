/** The chemistry of this thread, opened once. */
import { join } from "node:path";
import { type Chemistry, openChemistry } from "#core/chemistry/chemistry.ts";

let chemistry: Promise<Chemistry> | undefined;

/** @param resources the folder with filters/ */
export function threadChemistry(resources: string): Promise<Chemistry> {
  chemistry ??= openChemistry({ filtersDirectory: join(resources, "filters") });
  return chemistry;
}
