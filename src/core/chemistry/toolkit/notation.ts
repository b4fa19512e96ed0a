/** Which notation a text is: SMILES, or one that people take for it, which is named. */

/** A text that is no molecule, and why. */
export interface InvalidMolecule {
  outcome: "invalid";
  reason: string;
}

export const invalid = (reason: string): InvalidMolecule => ({ outcome: "invalid", reason });

export function isInvalid(value: object): value is InvalidMolecule {
  return "outcome" in value && value.outcome === "invalid";
}

const MAX_SHOWN = 80;

/** Text as a message may show it: 80 printable characters at most. */
export function shown(text: string): string {
  const printable = text.slice(0, MAX_SHOWN + 1).replace(/[^\x20-\x7e]/g, "?");
  return printable.length > MAX_SHOWN ? `${printable.slice(0, MAX_SHOWN)}…` : printable;
}

interface Notation {
  smiles: string;
  /** Of CXSMILES, "|…|", what changes the molecule and is read; empty where there is none. */
  extension: string;
}

const SMILES_CHARACTERS = /^[A-Za-z0-9[\]()=#$:/\\@+\-.%*]+$/;

/** Notations that hold a character that SMILES lacks, or begin as no SMILES does. */
const OTHER_NOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/^InChI=/i, "an InChI: expected a SMILES"],
  [/^[A-Z]{14}-[A-Z]{10}-[A-Z]$/, "an InChIKey, from which no molecule can be made: expected a SMILES"],
  [
    /->|<-/,
    "a dative bond (-> or <-), which is not read: write it with charges, [NH3+][BH3-] for [NH3]->[BH3]",
  ],
  [/>/, "a reaction (reactants>agents>products): expected the SMILES of one molecule"],
  [/~/, "a bond of any kind (~), as patterns have it: expected the SMILES of one molecule"],
  [/[!&,;]/, "a SMARTS pattern (one of ! & , ;): expected the SMILES of one molecule"],
  [/[{}]/, "a polymer or a macro in braces: expected the SMILES of one molecule"],
];

/** "SMILES |extension|". */
const CXSMILES = /^(?<smiles>\S+)\s+\|(?<extension>[^|]*)\|(?:\s.*)?$/s;

/** Fields of an extension that RDKit reads and that leave no doubt of what molecule is meant. */
const RADICALS = /(?:^|,)(\^[1-7]:\d+(?:,\d+)*)(?=,|$)/g;
/** Fields that change no molecule: absolute stereo as the SMILES has it, coordinates of a drawing, labels and values of atoms. */
const SILENT =
  /(?:^|,)(?:a:\d+(?:,\d+)*|\([^()]*\)|\$(?!.*_R)[\w.+;: -]*\$|atomProp(?::\d+\.[\w -]*\.[\w +-]*)+)(?=,|$)/g;

/**
 * The SMILES in a text, and of a CXSMILES extension the radicals; drawings, labels and names are left out.
 *
 * @returns invalid, naming the notation, for everything else: also for an extension with a part that could change the molecule
 */
export function readNotation(text: string): Notation | InvalidMolecule {
  const trimmed = text.trim();
  if (trimmed === "") return invalid("empty SMILES");
  const { smiles = trimmed, extension = "" } = CXSMILES.exec(trimmed)?.groups ?? {};
  if (
    !SMILES_CHARACTERS.test(smiles) ||
    OTHER_NOTATIONS.slice(0, 2).some(([pattern]) => pattern.test(smiles))
  ) {
    const other = OTHER_NOTATIONS.find(([pattern]) => pattern.test(smiles));
    if (other) return invalid(other[1]);
    if (/\s/.test(smiles))
      return invalid(
        `text after the SMILES, "${shown(smiles.replace(/^\S+\s+/, ""))}": expected the SMILES alone`,
      );
    return invalid("characters that no SMILES contains");
  }
  const radicals = [...extension.matchAll(RADICALS)].map(([, radical = ""]) => radical);
  const rest = extension.replaceAll(RADICALS, "").replaceAll(SILENT, "").replace(/^,+/, "");
  if (rest !== "")
    return invalid(
      `a CXSMILES extension with "${shown(rest)}": of one, only radicals (^1:0), drawings and labels are read`,
    );
  return { smiles, extension: radicals.length > 0 ? `|${radicals.join(",")}|` : "" };
}
