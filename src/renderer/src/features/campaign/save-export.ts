import type { ExportedFile, ExportFormat } from "#shared/campaign/export.ts";
import { saveFile } from "../../components/save-file.ts";
import { toast } from "../../components/toaster.ts";
import { integer } from "../../text/format.ts";

function bytesOf({ encoding, text }: ExportedFile): BlobPart {
  return encoding === "utf8" ? text : Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Hands over what the engine wrote, and says how much it is. */
export function saveExport(file: ExportedFile): void {
  saveFile(new File([bytesOf(file)], file.fileName, { type: file.mediaType }));
  void toast({
    message: `${file.fileName}: ${file.rows === 1 ? "one molecule" : `${integer(file.rows)} molecules`}`,
    intent: "success",
  });
}

/** What each format holds, and its name. */
export const FORMATS: Readonly<Record<ExportFormat, [text: string, label: string]>> = {
  sdf: ["Structures in 3D and all values", "SDF"],
  "sdf-v3000": ["The same for large molecules", "SDF V3000"],
  pdf: ["Report", "PDF"],
  plate: ["Wet-lab sheet with wells", "CSV"],
  csv: ["Table of all values", "CSV"],
  smiles: ["Identifiers and SMILES", "SMI"],
};
