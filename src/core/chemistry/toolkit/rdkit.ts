/** The only importer of RDKit's WebAssembly build. */
import init, { type MainModule, type Mol, type MolList } from "@rdkit/rdkit";
import { type InvalidMolecule, invalid, isInvalid, readNotation, shown } from "./notation.ts";

export type RDKit = MainModule;
export type { Mol, MolList };

/** Longer input is refused before parsing: it cannot be a molecule that this program evaluates. */
const MAX_SMILES_LENGTH = 1000;

/** Parsing or drawing far larger molecules overruns the module's stack, and nothing works after that. */
export const MAX_HEAVY_ATOMS = 250;

/** One match for each atom but hydrogen: in brackets, or of the organic subset. */
const HEAVY_ATOMS = /\[(?!\d*H[^a-z])[^\]]*\]|Br|Cl|(?<!\[)[BCNOPSFIbcnops*]/g;
/** The number by which reactions map an atom in brackets; it says nothing of the molecule. */
const ATOM_MAP = /(?<=\[[^[\]:]+):\d+(?=\])/g;

let loading: Promise<RDKit> | undefined;

/** Loads the module once per thread (about 0.2 s); later calls answer the same one. */
export function loadRdkit(): Promise<RDKit> {
  loading ??= init.default().then((rdkit) => {
    // Otherwise every broken SMILES writes to stderr; reasons are captured where they are wanted.
    rdkit.disable_logging();
    // Its names for five and more neighbours are not canonical, and it finds them where all neighbours are alike.
    rdkit.allow_non_tetrahedral_chirality(false);
    return withErrors(rdkit);
  });
  return loading;
}

/** RDKit threw where it should have answered, as it does for the JSON of a molecule without atoms. */
export class RdkitError extends Error {
  override readonly name = "RdkitError";
}

type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

/** Every function and method of the module made to throw Errors: C++ exceptions come as `WebAssembly.Exception`, which is no Error. */
function withErrors(rdkit: RDKit): RDKit {
  wrapAll(rdkit as unknown as Record<string, unknown>);
  return rdkit;
}

function wrapAll(functions: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(functions)) {
    if (typeof value !== "function" || name === "constructor" || !/^[a-z]/i.test(name)) continue;
    const prototype = value.prototype as Record<string, unknown> | undefined;
    if (prototype && "delete" in prototype) wrapAll(prototype);
    else functions[name] = throwingErrors(name, value as AnyFunction);
  }
}

/** Keeps the properties of the function, among which are its overloads. */
const throwingErrors = (name: string, call: AnyFunction): AnyFunction =>
  Object.assign(function (this: unknown, ...given: unknown[]) {
    try {
      return call.apply(this, given);
    } catch (error) {
      throw error instanceof Error ? error : new RdkitError(`RDKit failed in ${name} and gave no reason`);
    }
  }, call);

/** Does something that RDKit may refuse with null or by throwing, and gives its reason. */
export function withReason<T>(rdkit: RDKit, attempt: () => T | null): { value: T } | { reason: string } {
  const log = rdkit.set_log_capture("rdApp.error");
  try {
    const value = attempt();
    return value === null ? { reason: firstError(log?.get_buffer() ?? "") ?? "no reason given" } : { value };
  } catch (error) {
    if (!(error instanceof RdkitError)) throw error;
    return { reason: firstError(log?.get_buffer() ?? "") ?? error.message };
  } finally {
    log?.delete();
  }
}

/**
 * Parses and sanitises a SMILES.
 *
 * @returns a molecule that the caller must free (`using`), or why there is none. Atom-map numbers are not read; what
 * readNotation names is refused, and so are the formats that RDKit would guess.
 */
export function parseSmiles(rdkit: RDKit, text: string): Mol | InvalidMolecule {
  const notation = readNotation(text);
  if (isInvalid(notation)) return notation;
  const { smiles, extension } = notation;
  if (smiles.length > MAX_SMILES_LENGTH) {
    return invalid(`SMILES of ${smiles.length} characters: at most ${MAX_SMILES_LENGTH} are read`);
  }
  const nAtoms = smiles.match(HEAVY_ATOMS)?.length ?? 0;
  if (nAtoms > MAX_HEAVY_ATOMS) {
    return invalid(`expected at most ${MAX_HEAVY_ATOMS} heavy atoms, got ${nAtoms}`);
  }
  const unmapped = smiles.replaceAll(ATOM_MAP, "");
  const parsed = withReason(rdkit, () =>
    rdkit.get_mol(extension === "" ? unmapped : `${unmapped} ${extension}`),
  );
  return "value" in parsed ? parsed.value : invalid(parsed.reason.replaceAll(unmapped, shown(unmapped)));
}

/** "[12:00:00] Explicit valence …\n…" → "Explicit valence …" */
function firstError(log: string): string | undefined {
  const lines = log.split("\n").map((line) => line.replace(/^\[[\d:]+\]\s*/, "").trim());
  return lines.find((line) => /[a-z]/i.test(line));
}
