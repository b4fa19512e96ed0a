#!/usr/bin/env python3
"""Count molecules that a chemist would hardly make, by rules that share nothing with resources/filters/reactive.json.

A molecule is implausible if at least one of these holds:
- small rings: two or more rings of three or four atoms, or one with a double bond inside, one of three atoms with a double bond beside it,
  or one with two hetero atoms;
- stereocentres: four or more;
- SA score above 4.5 (doi:10.1186/1758-2946-1-8).
It is unfamiliar, which many a solvent is too, if it has
- an environment: an atom with its neighbours (ECFP2), or
- a ring system: rings that share atoms, with what is doubly bonded to them (after Walters, useful_rdkit_utils),
that fewer than --seen of the known molecules have.
Beside these: the mean BR-SAScore, from the building blocks of eMolecules and the reactions of USPTO
(doi:10.1186/s13321-024-00879-0), and the share above 8.5, as 5 % of ChEMBL's molecules of at most 13 heavy atoms are, where its package is installed.

    plausibility.py samples.smi … --known known.smi.gz … [--show 10]

Of each file: the share of its different valid molecules that break each rule. Stereo marks are left off.
"""
import argparse
import random
from collections import Counter
from multiprocessing import Pool

from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator
from rdkit.Chem.rdMolDescriptors import CalcNumAtomStereoCenters

from prepare import read_smiles, sascorer

try:
    from BRSAScore import SAScorer
    BR_SCORE = SAScorer().calculateScore
except ImportError:
    BR_SCORE = None

RDLogger.DisableLog("rdApp.*")
ENVIRONMENTS = rdFingerprintGenerator.GetMorganGenerator(radius=1)
UNFAMILIAR = {"environment", "ring system"}
MOST_STEREOCENTRES = 3
MOST_SA = 4.5
MOST_BR_SA = 8.5


def parse(smiles):
    mol = Chem.MolFromSmiles(smiles)
    if mol is None or mol.GetNumAtoms() == 0:
        return None
    Chem.RemoveStereochemistry(mol)
    return mol


def ring_systems(mol):
    """Canonical SMILES of each set of rings that share atoms, with the atoms doubly bonded to it."""
    systems = []
    for ring in map(set, mol.GetRingInfo().AtomRings()):
        apart = [s for s in systems if not s & ring]
        systems = apart + [ring.union(*(s for s in systems if s & ring))]
    found = set()
    for system in systems:
        ends = {n.GetIdx() for i in system for n in mol.GetAtomWithIdx(i).GetNeighbors()
                if mol.GetBondBetweenAtoms(i, n.GetIdx()).GetBondType() == Chem.BondType.DOUBLE}
        found.add(Chem.MolFragmentToSmiles(mol, sorted(system | ends), isomericSmiles=False))
    return found


def parts(smiles):
    """The environments and ring systems of a molecule, each once."""
    mol = parse(smiles)
    if mol is None:
        return set(), set()
    return set(ENVIRONMENTS.GetSparseCountFingerprint(mol).GetNonzeroElements()), ring_systems(mol)


def strained(mol):
    rings = [r for r in mol.GetRingInfo().AtomRings() if len(r) < 5]
    if len(rings) > 1:
        return True
    for ring in rings:
        atoms = [mol.GetAtomWithIdx(i) for i in ring]
        inside = any(mol.GetBondBetweenAtoms(a, b).GetBondTypeAsDouble() > 1 for a in ring for b in ring if a < b and mol.GetBondBetweenAtoms(a, b))
        beside = len(ring) == 3 and any(b.GetBondTypeAsDouble() > 1 and b.GetOtherAtomIdx(a.GetIdx()) not in ring for a in atoms for b in a.GetBonds())
        if inside or beside or sum(a.GetSymbol() != "C" for a in atoms) > 1:
            return True
    return False


def start_worker(environments, systems):
    global KNOWN_ENVIRONMENTS, KNOWN_SYSTEMS
    KNOWN_ENVIRONMENTS, KNOWN_SYSTEMS = environments, systems


def judge(smiles):
    """Canonical SMILES, the rules that the molecule breaks and its BR-SAScore, or None for an invalid string."""
    mol = parse(smiles)
    if mol is None:
        return None
    smiles = Chem.MolToSmiles(mol)
    tests = {
        "environment": lambda: not set(ENVIRONMENTS.GetSparseCountFingerprint(mol).GetNonzeroElements()) <= KNOWN_ENVIRONMENTS,
        "ring system": lambda: not ring_systems(mol) <= KNOWN_SYSTEMS,
        "small rings": lambda: strained(mol),
        "stereocentres": lambda: CalcNumAtomStereoCenters(mol) > MOST_STEREOCENTRES,
        "SA score": lambda: sascorer.calculateScore(mol) > MOST_SA,
    }
    return smiles, ([name for name, test in tests.items() if test()], BR_SCORE(smiles)[0] if BR_SCORE else None)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("inputs", nargs="+", help="samples, one SMILES a line or in the first column")
    options.add_argument("--known", nargs="+", required=True, help="molecules that have been made")
    options.add_argument("--seen", type=int, default=2, help="known molecules that must share an environment or ring system")
    options.add_argument("--show", type=int, default=0, help="print so many that break a rule")
    options.add_argument("--processes", type=int, default=2)
    args = options.parse_args()
    environments, systems = Counter(), Counter()
    with Pool(args.processes) as pool:
        for found, rings in pool.imap_unordered(parts, (s for path in args.known for s in read_smiles(path)), chunksize=1000):
            environments.update(found)
            systems.update(rings)
    known = [{part for part, n in counts.items() if n >= args.seen} for counts in (environments, systems)]
    with Pool(args.processes, start_worker, known) as pool:
        for path in args.inputs:
            found = dict(filter(None, pool.imap(judge, read_smiles(path), chunksize=200)))
            counts = Counter(name for rules, _ in found.values() for name in rules)
            bad = {smiles: rules for smiles, (rules, _) in found.items() if rules}
            implausible = sum(not set(rules) <= UNFAMILIAR for rules in bad.values())
            unfamiliar = sum(not UNFAMILIAR.isdisjoint(rules) for rules in bad.values())
            print(f"{path}: {len(found)} different molecules, implausible {implausible / len(found):.4f}, unfamiliar {unfamiliar / len(found):.4f}: "
                  + ", ".join(f"{name} {n / len(found):.4f}" for name, n in counts.most_common()))
            if BR_SCORE:
                scores = [score for _, score in found.values()]
                print(f"  BR-SAScore {sum(scores) / len(scores):.2f}, above {MOST_BR_SA} {sum(s > MOST_BR_SA for s in scores) / len(scores):.4f}")
            for smiles in random.Random(1).sample(sorted(bad), min(args.show, len(bad))):
                print(f"  {smiles}  {', '.join(bad[smiles])}")
    if BR_SCORE is None:
        print("BR-SAScore was not counted: pip install brsascore matplotlib 'setuptools<81'")


if __name__ == "__main__":
    main()
