/** A user's own basis set: the Gaussian94 format (.gbs), as the Basis Set Exchange writes it. */
import { DomainError } from "#shared/errors.ts";
import { atomicNumber } from "#shared/molecule/molecule.ts";
import type { BasisSet, ElementShell } from "./basis.ts";
import { contractionFault } from "./contraction.ts";

const ANGULAR_LETTERS = "SPDF";

interface Cursor {
  readonly lines: readonly string[];
  next: number;
}

const refuse = (line: number, expected: string, got: string): never => {
  throw new DomainError(
    "invalid-input",
    `Basis set file, line ${line}: expected ${expected}, got "${got}".`,
    {
      line,
      expected,
      got,
    },
  );
};

/** Fortran writes exponents with D: 1.0D+02. */
const toNumber = (text: string): number => Number(text.replace(/[dD]/, "e"));

/** `SP 3 1.0`, then that many rows of an exponent and one coefficient a letter. */
function readShells(cursor: Cursor): ElementShell[] {
  const line = cursor.next + 1;
  const header = cursor.lines[cursor.next++]!.trim();
  const [letters = "", countText = "", scaleText = "1"] = header.split(/\s+/);
  const momenta = [...letters.toUpperCase()].map((letter) => ANGULAR_LETTERS.indexOf(letter));
  const count = Number(countText);
  const scale = toNumber(scaleText);
  const isShell = momenta.length > 0 && !momenta.includes(-1) && new Set(momenta).size === momenta.length;
  if (!isShell || !Number.isInteger(count) || count < 1 || !(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    refuse(line, "a shell such as `SP 3 1.0` of s, p, d or f functions", header);
  }
  const shells = momenta.map((l): ElementShell => ({ l, exponents: [], coefficients: [] }));
  for (let i = 0; i < count; i++) {
    const row = (cursor.lines[cursor.next++] ?? "").trim();
    const [exponent = Number.NaN, ...coefficients] = row.split(/\s+/).map(toNumber);
    const isRow = coefficients.length === shells.length && coefficients.every(Number.isFinite);
    if (!isRow || !(exponent > 0 && exponent < Number.POSITIVE_INFINITY)) {
      refuse(cursor.next, `a positive exponent and ${shells.length} coefficient(s)`, row);
    }
    for (const [k, shell] of shells.entries()) {
      if (coefficients[k] === 0) continue;
      shell.exponents.push(exponent * scale ** 2);
      shell.coefficients.push(coefficients[k]!);
    }
  }
  for (const [k, shell] of shells.entries()) {
    if (shell.exponents.length === 0) refuse(line, `a coefficient of ${letters[k]} that is not 0`, header);
    const fault = contractionFault(shell);
    if (fault)
      throw new DomainError("invalid-input", `Basis set file, line ${line}, ${letters[k]}: ${fault}.`, {
        line,
      });
  }
  return shells;
}

/**
 * Reads a basis set in Gaussian94 format.
 *
 * @param functions whether d and higher shells are Cartesian or pure; the format does not say
 * @throws DomainError `invalid-input` naming the line, what was expected and what stands there; for shells above f,
 * effective core potentials, and shells that contractionFault refuses too
 */
export function parseGaussianBasis(
  text: string,
  { name, functions }: { name: string; functions: BasisSet["functions"] },
): BasisSet {
  const cursor: Cursor = { lines: text.split(/\r\n?|\n/), next: 0 };
  const elements: Record<string, ElementShell[]> = {};
  while (cursor.next < cursor.lines.length) {
    const line = cursor.lines[cursor.next]!.trim();
    if (line === "" || line.startsWith("!") || line.startsWith("****")) {
      cursor.next++;
      continue;
    }
    const [label = "", zero] = line.replace(/^-/, "").split(/\s+/);
    const symbol = label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();
    if (atomicNumber(symbol) === undefined || zero !== "0")
      refuse(cursor.next + 1, "an element such as `C 0`", line);
    if (elements[symbol])
      refuse(cursor.next + 1, `one block for ${symbol}; effective core potentials are not known`, line);
    cursor.next++;
    const shells: ElementShell[] = [];
    while (cursor.next < cursor.lines.length && !cursor.lines[cursor.next]!.startsWith("****")) {
      if (cursor.lines[cursor.next]!.trim() === "") break;
      shells.push(...readShells(cursor));
    }
    if (shells.length === 0)
      refuse(cursor.next + 1, `shells of ${symbol}`, cursor.lines[cursor.next] ?? "end of file");
    elements[symbol] = shells.sort((a, b) => a.l - b.l);
  }
  if (Object.keys(elements).length === 0) refuse(1, "an element such as `C 0`", "an empty file");
  return { name, functions, references: [], elements };
}
