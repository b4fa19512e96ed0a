/** Sets a report as PDF. */
import pdfmake from "pdfmake";
import { FACES, withLetters } from "./letters.ts";
import { type ReportInput, reportDefinition } from "./report.ts";

const FONT_FILES: ReadonlySet<string> = new Set(
  Object.values(FACES).flatMap(({ normal, bold, italics, bolditalics }) => [
    normal,
    bold,
    italics,
    bolditalics,
  ]),
);

/** @returns the bytes of the PDF; the same input gives the same bytes. */
export async function toPdf(input: ReportInput): Promise<Uint8Array> {
  pdfmake.setFonts({ ...FACES });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));
  return await pdfmake.createPdf(withLetters(reportDefinition(input))).getBuffer();
}
