/** SMARTS with its single bonds spelled out, which tells a fingerprint more and matches the same. */

/** Atoms, bonds (with what combines them), ring closures, branches and dots; brackets that hold no others. */
const TOKEN = /\[[^[\]]*\]|Br|Cl|[BCNOPSFIbcnopsAa*]|[-=#:~@!&,;/\\]+|%\d\d|\d|[().]/gy;

const isAtom = (token: string): boolean => /^[[A-Za-z*]/.test(token);
/** Never aromatic: no bond of it is, so that "single or aromatic" means single. */
const isAliphatic = (atom: string | undefined): boolean => atom !== undefined && /^[A-Z]/.test(atom);

function tokensOf(smarts: string): string[] | undefined {
  const tokens = smarts.match(TOKEN) ?? [];
  return tokens.join("") === smarts ? tokens : undefined;
}

/**
 * Writes "-" where a bond is left open and one of its atoms is aliphatic.
 *
 * A SMARTS bond that is not written means single or aromatic, for which RDKit's pattern fingerprint keeps nothing: three times
 * as many molecules pass it. SMARTS with nested brackets are returned as they are.
 */
export function withExplicitBonds(smarts: string): string {
  const tokens = tokensOf(smarts);
  if (!tokens) return smarts;
  const branches: (string | undefined)[] = [];
  /** Open ring closures that say what bond they are. */
  const said = new Map<string, boolean>();
  let previous: string | undefined;
  let bond = "";
  let text = "";
  for (const token of tokens) {
    if (isAtom(token)) {
      const isOpen = bond === "" && previous !== undefined;
      text += bond + (isOpen && (isAliphatic(previous) || isAliphatic(token)) ? "-" : "") + token;
      previous = token;
      bond = "";
    } else if (/^[%\d]/.test(token)) {
      const opened = said.get(token);
      text += bond + (bond === "" && !opened && isAliphatic(previous) ? "-" : "") + token;
      if (opened === undefined) said.set(token, bond !== "");
      else said.delete(token);
      bond = "";
    } else if (token === "(" || token === ")" || token === ".") {
      text += token;
      if (token === "(") branches.push(previous);
      else previous = token === ")" ? branches.pop() : undefined;
    } else bond = token;
  }
  return text + bond;
}
