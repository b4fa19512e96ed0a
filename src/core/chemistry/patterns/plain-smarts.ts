/** SMARTS made plain, for a fingerprint that rules out no molecule with a match. */

/** Atoms (brackets nested up to three deep), bonds with what combines them, ring closures, branches and dots. */
const TOKEN =
  /\[(?:[^[\]]|\[(?:[^[\]]|\[[^[\]]*\])*\])*\]|Br|Cl|[BCNOPSFIbcnopsAa*]|[-=#:~@!&,;/\\]+|%\d\d|\d|[().]/gy;

/** A bracket that starts with an element, which the rest narrows. */
const ELEMENT = /^\[\d*(Cl|Br|[BCNOPSFI]|[bcnops]|#\d+)(?![a-z\d*])/;

const isAtom = (token: string): boolean => /^[[A-Za-z*]/.test(token);
/** Never aromatic: no bond of it is, so that "single or aromatic" means single. */
const isAliphatic = (atom: string | undefined): boolean => atom !== undefined && /^[A-Z]/.test(atom);

/** The element that a bracket demands, as SMARTS; any atom where it demands none or leaves a choice. */
function plainAtom(token: string): string {
  if (!token.startsWith("[")) return token;
  const [first = ""] = token.split(";", 1);
  const element = /[,$(]/.test(first) ? undefined : ELEMENT.exec(first)?.[1];
  if (element === undefined) return "*";
  return element.startsWith("#") ? `[${element}]` : element;
}

/** The order that a bond demands; any bond where it leaves a choice. */
const plainBond = (bond: string): string => (/^[-=#:]?$/.test(bond) ? bond : "~");

/** A bond left open means single or aromatic, for which the fingerprint keeps nothing: three times as many molecules pass. */
function spelledBond(bond: string, ends: readonly [string | undefined, string | undefined]): string {
  return bond === "" && ends.some(isAliphatic) ? "-" : bond;
}

interface Opening {
  atom: string | undefined;
  bond: string;
}

/** Writes the query's atoms and bonds one after the other. */
function plainTokens(tokens: readonly string[]): string {
  const branches: (string | undefined)[] = [];
  const openings = new Map<string, Opening>();
  let previous: string | undefined;
  let bond = "";
  let text = "";
  for (const token of tokens) {
    if (isAtom(token)) {
      const atom = plainAtom(token);
      text += (previous === undefined ? bond : spelledBond(bond, [previous, atom])) + atom;
      previous = atom;
      bond = "";
    } else if (/^[%\d]/.test(token)) {
      const opening = openings.get(token);
      // Either end may say what bond it is: only the second knows whether none does.
      text += (opening?.bond === "" ? spelledBond(bond, [opening.atom, previous]) : bond) + token;
      if (opening) openings.delete(token);
      else openings.set(token, { atom: previous, bond });
      bond = "";
    } else if (token === "(" || token === ")" || token === ".") {
      text += token;
      if (token === "(") branches.push(previous);
      else previous = token === ")" ? branches.pop() : undefined;
    } else bond = plainBond(token);
  }
  return text + bond;
}

/**
 * A query that asks for no more than the given one: elements, aromaticity and bond orders where they are demanded.
 *
 * RDKit's pattern fingerprint takes some queries at their word that match more than they name ("[h]", "!#", "[v4;C]", "[X2]"
 * beside others): molecules with a match lack its bits. Of plain atoms and bonds it does not.
 *
 * @returns undefined where the SMARTS holds what is not known here, so that nothing can be ruled out
 */
export function screenSmarts(smarts: string): string | undefined {
  const tokens = smarts.match(TOKEN) ?? [];
  return tokens.join("") === smarts ? plainTokens(tokens) : undefined;
}
