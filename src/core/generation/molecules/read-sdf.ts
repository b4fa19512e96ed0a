/** Records of an SDF, V2000 or V3000. */
import { type Mol, type RDKit, withReason } from "#core/chemistry/toolkit/rdkit.ts";
import type { Entry } from "./molecule-table.ts";

/** The records, numbered from 1; an empty one counts unless it is the last. */
export function sdfRecords(text: string): Entry[] {
  const records = text.split(/^\$\$\$\$.*(?:\n|$)/m);
  if (records.at(-1)?.trim() === "") records.pop();
  return records.map((record, i) => ({ line: i + 1, text: record }));
}

/** The molecule of a record, to be freed, or why there is none. */
export function readSdfRecord(rdkit: RDKit, record: string): Mol | { reason: string } {
  if (record.trim() === "") return { reason: "an empty record" };
  if (/^\$(?:RXN|RDFILE)/m.test(record)) return { reason: "a reaction" };
  const block = molblockOf(record);
  if (block === "") return { reason: "no molecule in the record (M  END is missing)" };
  const parsed = withReason(rdkit, () => rdkit.get_mol(block));
  return "value" in parsed ? parsed.value : { reason: `not a molecule that RDKit accepts: ${parsed.reason}` };
}

/** The structure of a record, up to its end; empty where there is none. */
export function molblockOf(record: string): string {
  const end = /^M +END.*$/m.exec(record);
  return end ? `${withHead(record.slice(0, end.index))}M  END\n` : "";
}

/** Three lines before the line of counts: some files lack the title, others have blank lines above it. */
function withHead(block: string): string {
  const lines = block.split("\n");
  const counts = lines.findIndex((line) => /V[23]000\s*$/i.test(line));
  return counts < 0
    ? block
    : ["", "", "", ...lines.slice(0, counts)].slice(-3).concat(lines.slice(counts)).join("\n");
}
