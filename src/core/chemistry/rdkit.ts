/** The only importer of RDKit's WebAssembly build. */
import init, { type MainModule, type Mol } from "@rdkit/rdkit";

export type RDKit = MainModule;
export type { Mol };

/** A SMILES that RDKit does not accept, and RDKit's reason. */
export interface InvalidMolecule {
  outcome: "invalid";
  reason: string;
}

/** Longer input is refused before parsing: it cannot be a molecule that this program evaluates. */
export const MAX_SMILES_LENGTH = 1000;

/** Parsing or drawing far larger molecules overruns the module's stack, and nothing works after that. */
export const MAX_HEAVY_ATOMS = 250;

const MAX_SHOWN = 80;

/** Text as a message may show it: 80 printable characters at most. */
export function shown(text: string): string {
  const printable = text.slice(0, MAX_SHOWN + 1).replace(/[^\x20-\x7e]/g, "?");
  return printable.length > MAX_SHOWN ? `${printable.slice(0, MAX_SHOWN)}…` : printable;
}

/** One match an atom other than hydrogen, bracket atoms or those of the organic subset. */
const HEAVY_ATOMS = /\[(?!\d*H[^a-z])[^\]]*\]|Br|Cl|(?<!\[)[BCNOPSFIbcnops*]/g;
/** Of an atom in brackets the number that reactions map it by, which says nothing of the molecule. */
const ATOM_MAP = /(?<=\[[^[\]:]+):\d+(?=\])/g;
const SMILES_CHARACTERS = /^[A-Za-z0-9[\]()=#$:/\\@+\-.%*~]+$/;

let loading: Promise<RDKit> | undefined;

/** Loads the module once per thread (about 0.2 s); later calls answer the same one. */
export function loadRdkit(): Promise<RDKit> {
  loading ??= init.default().then((rdkit) => {
    // Otherwise every broken SMILES writes to stderr; reasons are captured where they are wanted.
    rdkit.disable_logging();
    return rdkit;
  });
  return loading;
}

/** Does something that RDKit may refuse with null, and gives its reason. */
export function withReason<T>(rdkit: RDKit, attempt: () => T | null): { value: T } | { reason: string } {
  const log = rdkit.set_log_capture("rdApp.error");
  try {
    const value = attempt();
    return value === null ? { reason: firstError(log?.get_buffer() ?? "") ?? "no reason given" } : { value };
  } finally {
    log?.delete();
  }
}

/**
 * Parses and sanitises a SMILES.
 *
 * @returns a molecule that the caller must free (`using`), or why there is none. Atom-map numbers are left out; CXSMILES
 * extensions, names after the SMILES, reactions and the other formats that RDKit would guess are refused.
 */
export function parseSmiles(rdkit: RDKit, smiles: string): Mol | InvalidMolecule {
  if (smiles.length === 0) return invalid("empty SMILES");
  if (smiles.length > MAX_SMILES_LENGTH) {
    return invalid(`SMILES of ${smiles.length} characters: at most ${MAX_SMILES_LENGTH} are read`);
  }
  if (!SMILES_CHARACTERS.test(smiles)) return invalid("characters that no SMILES contains");
  const nAtoms = smiles.match(HEAVY_ATOMS)?.length ?? 0;
  if (nAtoms > MAX_HEAVY_ATOMS) {
    return invalid(`expected at most ${MAX_HEAVY_ATOMS} heavy atoms, got ${nAtoms}`);
  }
  const unmapped = smiles.replaceAll(ATOM_MAP, "");
  const parsed = withReason(rdkit, () => rdkit.get_mol(unmapped));
  return "value" in parsed ? parsed.value : invalid(parsed.reason.replaceAll(unmapped, shown(unmapped)));
}

export function isInvalid(value: object): value is InvalidMolecule {
  return "outcome" in value && value.outcome === "invalid";
}

const invalid = (reason: string): InvalidMolecule => ({ outcome: "invalid", reason });

/** "[12:00:00] Explicit valence …\n…" → "Explicit valence …" */
function firstError(log: string): string | undefined {
  const lines = log.split("\n").map((line) => line.replace(/^\[[\d:]+\]\s*/, "").trim());
  return lines.find((line) => line.length > 0);
}
