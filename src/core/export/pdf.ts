/** Sets a report as PDF. */
import { createRequire } from "node:module";
import pdfmake from "pdfmake";
import { type ReportInput, reportDefinition } from "./report.ts";

const { resolve } = createRequire(import.meta.url);
const roboto = (style: string): string => resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);

/** @returns the bytes of the PDF; the same input gives the same bytes. */
export async function toPdf(input: ReportInput): Promise<Uint8Array> {
  const fonts = ["Regular", "Medium", "Italic", "MediumItalic"].map(roboto);
  const [normal, bold, italics, bolditalics] = fonts as [string, string, string, string];
  pdfmake.setFonts({ Roboto: { normal, bold, italics, bolditalics } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => fonts.includes(path));
  return await pdfmake.createPdf(reportDefinition(input)).getBuffer();
}
