#!/usr/bin/env python3
"""Print the pieces of molecules that one or two cuts of acyclic single bonds leave, closed with hydrogen, each once, as SMILES.

Small molecules as chemists make them: lists of small molecules are either enumerations or short. What prepare.py would drop is left to it.
"""
import argparse
from itertools import combinations
from multiprocessing import Pool

from rdkit import Chem, RDLogger

from prepare import read_smiles

RDLogger.DisableLog("rdApp.*")
CUT = Chem.MolFromSmarts("[!D1]-;!@[!D1]")


def pieces(smiles, least, most):
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return set()
    Chem.RemoveStereochemistry(mol)
    bonds = [mol.GetBondBetweenAtoms(*pair).GetIdx() for pair in mol.GetSubstructMatches(CUT)]
    found = set()
    for cut in [(b,) for b in bonds] + list(combinations(bonds, 2)):
        for atoms in Chem.GetMolFrags(Chem.FragmentOnBonds(mol, cut, addDummies=False)):
            if least <= len(atoms) <= most:
                found.add(atoms)
    return {Chem.MolFragmentToSmiles(mol, atoms, canonical=False) for atoms in found}


def work(task):
    return pieces(*task)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("inputs", nargs="+")
    options.add_argument("--least", type=int, default=6)
    options.add_argument("--most", type=int, default=12)
    options.add_argument("--processes", type=int, default=2)
    args = options.parse_args()
    seen = set()
    with Pool(args.processes) as pool:
        tasks = ((s, args.least, args.most) for path in args.inputs for s in read_smiles(path))
        for found in pool.imap(work, tasks, chunksize=500):
            for smiles in found - seen:
                print(smiles)
            seen |= found


if __name__ == "__main__":
    main()
