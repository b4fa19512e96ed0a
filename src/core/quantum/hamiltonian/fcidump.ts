/**
 * FCIDUMP: the text file in which programs exchange Hamiltonians (P. J. Knowles, N. C. Handy, Comput. Phys. Commun. 54, 75
 * (1989), doi:10.1016/0010-4655(89)90033-7). A header of names and values, then a line `value i j k l` for each integral
 * (ij|kl) in chemists' order, orbitals from 1; h_ij where k = l = 0, the core energy where all four are 0.
 */
import { DomainError } from "#shared/errors.ts";
import { throwIfCancelled } from "../control-block.ts";
import { MAX_SELECTED_ORBITALS } from "../native/limits.ts";
import type { ActiveHamiltonian, NativeContext } from "./hamiltonian.ts";

/** Integrals that are smaller are not written, Hartree: rounding, not interaction. */
const NEGLIGIBLE_HARTREE = 1e-14;

function refuse(place: string, expected: string, got: string): never {
  throw new DomainError("invalid-input", `FCIDUMP, ${place}: expected ${expected}, got ${got}.`, { place });
}

/** What stands behind `NAME =` in the header. */
const headerValue = (header: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*([^,\\s/&$]+)`, "i").exec(header)?.[1];

/** `NAME = integer` of the header. */
function headerNumber(header: string, name: string): number | undefined {
  const text = headerValue(header, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isInteger(value) ? value : refuse("header", `a whole number for ${name}`, `"${text}"`);
}

/** Programs write IUHF as a number or UHF as a logical value of Fortran where each spin has orbitals of its own. */
function refuseTwoSets(header: string): void {
  const name = ["UHF", "IUHF"].find((one) => !/^(\.?f(alse)?\.?|0)$/i.test(headerValue(header, one) ?? "0"));
  if (name) refuse("header", "one set of orbitals for both spins", `${name} = ${headerValue(header, name)}`);
}

interface Header {
  readonly norb: number;
  readonly nelec: readonly [number, number];
}

function readHeader(header: string): Header {
  const norb = headerNumber(header, "NORB") ?? refuse("header", "NORB, the number of orbitals", "none");
  const electrons =
    headerNumber(header, "NELEC") ?? refuse("header", "NELEC, the number of electrons", "none");
  const excess = headerNumber(header, "MS2") ?? 0;
  refuseTwoSets(header);
  if (norb < 1 || norb > MAX_SELECTED_ORBITALS)
    refuse("header", `1 to ${MAX_SELECTED_ORBITALS} orbitals`, `${norb}`);
  const nelec = [(electrons + excess) / 2, (electrons - excess) / 2] as const;
  const fits = (n: number): boolean => Number.isInteger(n) && n >= 0 && n <= norb;
  if (!nelec.every(fits) || electrons < 1)
    refuse("header", `1 to ${2 * norb} electrons whose number fits MS2`, `${electrons} with MS2 = ${excess}`);
  return { norb, nelec };
}

/** Where the header ends: `&END`, `$END` or a slash on a line of its own. */
function splitHeader(text: string): { header: string; body: string } {
  const match = /^[ \t]*[&$]FCI\b[\s\S]*?(?:[&$]END\b|\/)/i.exec(text.trimStart());
  if (!match) return refuse("header", "&FCI … &END", `"${text.slice(0, 40).trim()}"`);
  return { header: match[0], body: text.trimStart().slice(match[0].length) };
}

interface Tensors {
  readonly norb: number;
  readonly one: Float64Array;
  readonly two: Float64Array;
}

/** Writes (pq|rs) in its eight orders; orbitals from 0. */
function setTwo(
  { norb, two }: Tensors,
  [p, q, r, s]: readonly [number, number, number, number],
  value: number,
) {
  const [pq, qp, rs, sr] = [p * norb + q, q * norb + p, r * norb + s, s * norb + r];
  const n2 = norb ** 2;
  for (const a of [pq, qp]) for (const b of [rs, sr]) two[a * n2 + b] = two[b * n2 + a] = value;
}

/** Reads one line into the tensors; the core energy, where the line holds it. */
function readLine(tensors: Tensors, line: string, number: number): number | undefined {
  const fields = line.split(/\s+/);
  const value = Number(fields[0]?.replace(/[dD]/, "e"));
  const indices = fields.slice(1, 5).map(Number);
  const place = `line ${number} of the integrals`;
  const isIndex = (i: number): boolean => Number.isInteger(i) && i >= 0 && i <= tensors.norb;
  if (fields.length !== 5 || !Number.isFinite(value) || !indices.every(isIndex))
    refuse(place, `a number and four orbitals from 0 to ${tensors.norb}`, `"${line}"`);
  const [i, j, k, l] = indices as [number, number, number, number];
  if (i > 0 && j > 0 && k > 0 && l > 0) setTwo(tensors, [i - 1, j - 1, k - 1, l - 1], value);
  else if (k > 0 || l > 0 || (j > 0 && i === 0))
    refuse(place, "(ij|kl), h_ij or the core energy", `"${line}"`);
  else if (j > 0) {
    const { norb, one } = tensors;
    one[(i - 1) * norb + j - 1] = one[(j - 1) * norb + i - 1] = value;
  } else if (i === 0) return value;
  // An orbital energy, `ε i 0 0 0`, follows from the integrals.
  return undefined;
}

/** Lines between two looks at the flag of cancellation. */
const LINES_AT_ONCE = 1024;

/** The lines of a text that are not empty, by number from 0. Throws AbortError. */
function* linesOf(
  text: string,
  { control }: Pick<NativeContext, "control">,
): Iterable<[line: string, number: number]> {
  for (let start = 0, number = 0; start < text.length; number++) {
    if (number % LINES_AT_ONCE === 0) throwIfCancelled(control);
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end).trim();
    if (line !== "") yield [line, number];
    start = end + 1;
  }
}

/** Reads all lines; the core energy. */
function readBody(tensors: Tensors, body: string, context: Pick<NativeContext, "control">): number {
  let found: { readonly energy: number; readonly line: number } | undefined;
  let last = 0;
  for (const [line, number] of linesOf(body, context)) {
    last = number;
    const energy = readLine(tensors, line, number);
    if (energy === undefined) continue;
    const place = `line ${number} of the integrals`;
    if (found) refuse(place, "one core energy", "a second one, as files of two sets of orbitals have");
    found = { energy, line: number };
  }
  if (!found)
    return refuse(
      "the end",
      "the core energy, `E 0 0 0 0`",
      "none: was the file cut off? 0 0 0 0 0 where it is zero",
    );
  if (found.line < last && !body.endsWith("\n"))
    refuse("the end", "a line that is ended", "one that may be cut off: end it where it is whole");
  return found.energy;
}

/**
 * Reads a Hamiltonian from the text of an FCIDUMP file of real orbitals, one set for both spins; symmetry labels are not needed. The core
 * energy, which programs write last, has to be there: without it nobody knows whether integrals are missing.
 *
 * @throws DomainError `invalid-input` that names the line, what was expected and what came; AbortError
 */
export function parseFcidump(text: string, context: Pick<NativeContext, "control"> = {}): ActiveHamiltonian {
  const { header, body } = splitHeader(text);
  const { norb, nelec } = readHeader(header);
  const tensors = { norb, one: new Float64Array(norb ** 2), two: new Float64Array(norb ** 4) };
  const coreEnergy = readBody(tensors, body, context);
  return { norb, nelec, coreEnergy, oneBodyTensor: tensors.one, twoBodyTensor: tensors.two };
}

/**
 * The text of an FCIDUMP file of this Hamiltonian; MS2 = nα − nβ, no symmetry labels. Numbers are written to the last bit, but for
 * integrals below 1e-14 Hartree, which are left out; of the eight orders of (pq|rs), which may differ by rounding, the file has the one
 * with p ≥ q, r ≥ s and pq ≥ rs. Throws AbortError.
 */
export function formatFcidump(
  hamiltonian: ActiveHamiltonian,
  { control }: Pick<NativeContext, "control"> = {},
): string {
  const { norb, nelec, coreEnergy, oneBodyTensor: one, twoBodyTensor: two } = hamiltonian;
  const [nalpha, nbeta] = nelec;
  const lines = [
    `&FCI NORB=${norb},NELEC=${nalpha + nbeta},MS2=${nalpha - nbeta},`,
    `  ORBSYM=${"1,".repeat(norb)}`,
    "  ISYM=1,",
    "&END",
  ];
  const write = (value: number, ...orbitals: readonly number[]): void => {
    if (Math.abs(value) >= NEGLIGIBLE_HARTREE)
      lines.push([value.toExponential(16), ...orbitals.map((p) => String(p).padStart(3))].join(" "));
  };
  for (let p = 0; p < norb; p++)
    for (let q = 0; q <= p; q++) {
      throwIfCancelled(control);
      for (let r = 0; r <= p; r++)
        for (let s = 0; s <= (r === p ? q : r); s++)
          write(two[((p * norb + q) * norb + r) * norb + s]!, p + 1, q + 1, r + 1, s + 1);
    }
  for (let p = 0; p < norb; p++) for (let q = 0; q <= p; q++) write(one[p * norb + q]!, p + 1, q + 1, 0, 0);
  lines.push([coreEnergy.toExponential(16), "  0", "  0", "  0", "  0"].join(" "));
  return `${lines.join("\n")}\n`;
}
