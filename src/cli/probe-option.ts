/** `--probe`: what molecules are to bind, as a definition. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { DomainError } from "#shared/errors.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import { PROBE_FILE, probeOfFile, probeOfSmiles } from "#shared/properties/read-probe.ts";
import { readTextFile } from "./files.ts";

/** @param text path of a file, or a SMILES @throws DomainError invalid-input */
export function probeDefinition(text: string): PropertyDefinition {
  if (existsSync(text)) return probeOfFile(basename(text), readTextFile(text));
  if (!PROBE_FILE.test(text)) return probeOfSmiles(text);
  const message = `--probe: expected an existing file or a SMILES, got "${text}".`;
  throw new DomainError("invalid-input", message);
}
