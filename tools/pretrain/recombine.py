#!/usr/bin/env python3
"""Print new small molecules, each once: halves of known molecules, cut at an acyclic single bond, joined where the same kind of bond was seen.

A bond's kind is what its two atoms and all their neighbours are (element, aromatic or not, in a ring or not, hydrogens, bonds), so that every atom made
has neighbours that an atom of the given molecules has (context-based mutation with radius 1, doi:10.1186/s13321-020-00431-w). Real molecules of ten atoms are too few to learn from
without repeating them. What prepare.py would drop is left to it.
"""
import argparse
import random
import re
from collections import defaultdict
from itertools import accumulate
from multiprocessing import Pool

from rdkit import Chem, RDLogger

from prepare import read_smiles

RDLogger.DisableLog("rdApp.*")
CUT = Chem.MolFromSmarts("[!#1]-;!@[!#1]")
ROOT = re.compile(r"^\*-?(\[[^\]]+\]|Br|Cl|.)(.*)$")
SIZES = {8: 1, 9: 3, 10: 8, 11: 25, 12: 63}  # heavy atoms: weight; about how the number of possible molecules grows


def own(atom):
    return f"{atom.GetSymbol()}{'a' * atom.GetIsAromatic()}{'r' * atom.IsInRing()}{atom.GetTotalNumHs()}{atom.GetDegree()}"


def surroundings(atom, other):
    bonds = [(bond.GetBondType().name, own(bond.GetOtherAtom(atom))) for bond in atom.GetBonds() if bond.GetOtherAtomIdx(atom.GetIdx()) != other.GetIdx()]
    return f"{own(atom)}{sorted(bonds)}"


def halves(smiles):
    """The halves of a molecule at each cut: (kind of its own atom, kind of the other's, heavy atoms, SMILES that begins with its own atom and closes ring 90)."""
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return []
    Chem.RemoveStereochemistry(mol)
    found = []
    for a, b in mol.GetSubstructMatches(CUT):
        bond = mol.GetBondBetweenAtoms(a, b).GetIdx()
        kinds = {i: surroundings(mol.GetAtomWithIdx(i), mol.GetAtomWithIdx(j)) for i, j in ((a, b), (b, a))}
        cut = Chem.FragmentOnBonds(mol, [bond], dummyLabels=[(0, 0)])
        places = []
        parts = Chem.GetMolFrags(cut, asMols=True, fragsMolAtomMapping=places)
        for part, atoms in zip(parts, places):
            here, there = (a, b) if a in atoms else (b, a)
            root = ROOT.match(Chem.MolToSmiles(part, rootedAtAtom=next(i for i, atom in enumerate(atoms) if atom >= mol.GetNumAtoms())))
            if root:
                found.append((kinds[here], kinds[there], len(atoms) - 1, f"{root[1]}-%90{root[2]}"))
    return found


def joins_of(total, pieces):
    """The pairs of lists whose halves join to so many atoms, and their numbers of joins, added up."""
    ways, numbers = [], []
    for (own, other), sizes in sorted(pieces.items()):
        for n, group in sorted(sizes.items()):
            rest = pieces.get((other, own), {}).get(total - n)
            if own <= other and rest:
                ways.append((group, rest))
                numbers.append(len(group) * len(rest))
    return ways, list(accumulate(numbers))


def random_joins(pieces, count, seed):
    choose = random.Random(seed)
    joins = {total: joins_of(total, pieces) for total in SIZES}
    for total in choose.choices(list(SIZES), list(SIZES.values()), k=count):
        ways, numbers = joins[total]
        [(first, rest)] = choose.choices(ways, cum_weights=numbers)
        yield f"{choose.choice(first)}.{choose.choice(rest)}"


def canonical(smiles):
    mol = Chem.MolFromSmiles(smiles)
    return mol and Chem.MolToSmiles(mol)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("inputs", nargs="+", help="molecules of at most twelve heavy atoms")
    options.add_argument("--count", type=int, required=True, help="joins to make; some give the same molecule")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    args = options.parse_args()
    found = defaultdict(lambda: defaultdict(set))
    with Pool(args.processes) as pool:
        for one in pool.imap(halves, (s for path in args.inputs for s in read_smiles(path)), chunksize=500):
            for own, other, size, smiles in one:
                found[own, other][size].add(smiles)
        pieces = {kind: {n: sorted(group) for n, group in sizes.items()} for kind, sizes in found.items()}
        seen = {None}
        for smiles in pool.imap(canonical, random_joins(pieces, args.count, args.seed), chunksize=1000):
            if smiles not in seen:
                print(smiles)
            seen.add(smiles)


if __name__ == "__main__":
    main()
