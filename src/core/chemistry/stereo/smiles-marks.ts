/** The marks of stereo in the text of a SMILES, and the atoms that they belong to: what RDKit drops is only to be seen there. */

export interface WrittenAtom {
  /** As written, e.g. "[C@@H]". */
  readonly text: string;
  readonly bonds: WrittenBond[];
}

export interface WrittenBond {
  readonly from: number;
  readonly to: number;
  /** "" where none is written. */
  readonly symbol: string;
}

const TOKEN = /\[[^\]]*\]|Br|Cl|[A-Za-z*]|%\(\d+\)|%\d\d|\d|[()]|->|<-|[-=#$:/\\~.]/g;
const IS_ATOM = /^[A-Za-z*[]/;

/** Atoms in order of the text with their bonds; of a SMILES that a parser has taken. */
export function readMarks(smiles: string): WrittenAtom[] {
  const atoms: WrittenAtom[] = [];
  const open = new Map<string, { atom: number; symbol: string }>();
  const branches: number[] = [];
  let last = -1;
  let symbol = "";
  const join = (from: number, to: number, written: string): void => {
    const bond = { from, to, symbol: written };
    atoms[from]!.bonds.push(bond);
    atoms[to]!.bonds.push(bond);
  };
  for (const [token] of smiles.matchAll(TOKEN)) {
    if (IS_ATOM.test(token)) {
      atoms.push({ text: token, bonds: [] });
      if (last >= 0) join(last, atoms.length - 1, symbol);
      last = atoms.length - 1;
      symbol = "";
    } else if (token === "(") branches.push(last);
    else if (token === ")") last = branches.pop() ?? last;
    else if (token === ".") last = -1;
    else if (/^[%\d]/.test(token)) {
      const begun = open.get(token);
      if (begun === undefined) open.set(token, { atom: last, symbol });
      else {
        open.delete(token);
        // The mark may stand at either end: it is seen from the atom beside which it stands.
        if (begun.symbol !== "") join(begun.atom, last, begun.symbol);
        else join(last, begun.atom, symbol);
      }
      symbol = "";
    } else symbol = token;
  }
  return atoms;
}
