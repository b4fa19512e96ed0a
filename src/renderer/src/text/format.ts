/** Numbers as people read them: absence is a dash. */
import { printedDecimal } from "#shared/decimals.ts";

export const NONE = "–";

/** Fixed decimals with a true minus sign. */
export function typeset(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  return printedDecimal(value, digits);
}

export const hartrees = (energy: number | null | undefined): string => typeset(energy, 6);

/** "2.1·10⁻⁶" for what is nearly nothing. */
export function scientific(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (value === 0) return "0";
  const [digits = "", exponent = ""] = value.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")]
    .map((one) => (one === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(one)]))
    .join("");
  return `${digits.replace("-", "−")}·10${raised}`;
}

const count = new Intl.NumberFormat("en-GB");
export const integer = (value: number | null | undefined): string =>
  value === null || value === undefined ? NONE : count.format(value);

/** "1.2 s", "340 ms", "2 min 5 s", "< 1 ms". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return "< 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const dateTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
export const when = (iso: string): string => dateTime.format(new Date(iso));

/** "C6H6O" with the digits lowered. */
export function formulaParts(formula: string): { text: string; lowered: boolean }[] {
  return [...formula.matchAll(/\d+|\D+/g)].map(([text]) => ({ text, lowered: /^\d/.test(text) }));
}
