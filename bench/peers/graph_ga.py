"""A graph genetic algorithm as a reference row for steering (after Jensen, doi:10.1039/C8SC05372C; own implementation).

    python3 graph_ga.py OBJECTIVE CALLS SEED START.smi TARGET MAX_ATOMS

Prints one JSON document: molecules and their scores in the order of the calls. The population starts from molecules of START.smi;
no molecule has more heavy atoms than MAX_ATOMS.
"""
import json
import random
import sys

from rdkit import Chem, DataStructs, RDLogger
from rdkit.Chem import QED, AllChem, Crippen, rdFingerprintGenerator, rdMolDescriptors

RDLogger.DisableLog("rdApp.*")
POPULATION, OFFSPRING, MUTATION_RATE = 100, 50, 0.5
MAX_ATOMS = int(sys.argv[6])
GENERATOR = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024)
TARGET = GENERATOR.GetFingerprint(Chem.MolFromSmiles(sys.argv[5]))
ELEMENTS = [6, 6, 6, 7, 8, 9, 16, 17]


def window(value, low, high, width):
    return 1.0 if low <= value <= high else max(0.0, 1 - min(abs(value - low), abs(value - high)) / width)


OBJECTIVES = {
    "qed": QED.qed,
    "similarity": lambda m: DataStructs.TanimotoSimilarity(GENERATOR.GetFingerprint(m), TARGET),
    "windows": lambda m: (window(Crippen.MolLogP(m), 2, 3, 3) * window(rdMolDescriptors.CalcTPSA(m), 90, 110, 60) * QED.qed(m)) ** (1 / 3),
}


def sane(mol):
    """The molecule read anew from its SMILES, or None."""
    try:
        Chem.SanitizeMol(mol)
        fresh = Chem.MolFromSmiles(Chem.MolToSmiles(mol))
    except Exception:
        return None
    if fresh is None or "." in Chem.MolToSmiles(fresh) or not 3 <= fresh.GetNumHeavyAtoms() <= MAX_ATOMS:
        return None
    if any(len(ring) > 7 for ring in fresh.GetRingInfo().AtomRings()):
        return None
    return fresh


def cut(mol):
    """The molecule cut at a random single bond outside rings: pieces with an attachment point each."""
    bonds = [b.GetIdx() for b in mol.GetBonds() if not b.IsInRing() and b.GetBondType() == Chem.BondType.SINGLE]
    if not bonds:
        return []
    return list(Chem.GetMolFrags(Chem.FragmentOnBonds(mol, [random.choice(bonds)], dummyLabels=[(0, 0)]), asMols=True, sanitizeFrags=False))


def crossover(a, b):
    first, second = cut(a), cut(b)
    if not first or not second:
        return None
    one, two = random.choice(first), random.choice(second)
    joined = Chem.RWMol(Chem.CombineMols(one, two))
    dummies = [x for x in joined.GetAtoms() if x.GetAtomicNum() == 0]
    if len(dummies) != 2:
        return None
    ends = [d.GetNeighbors()[0].GetIdx() for d in dummies]
    joined.AddBond(*ends, Chem.BondType.SINGLE)
    for index in sorted((d.GetIdx() for d in dummies), reverse=True):
        joined.RemoveAtom(index)
    return sane(joined)


def mutate(mol):
    edited = Chem.RWMol(mol)
    Chem.Kekulize(edited, clearAromaticFlags=True)
    atoms = list(range(edited.GetNumAtoms()))
    kind = random.choice(["append", "insert", "delete", "element", "order", "ring"])
    atom = random.choice(atoms)
    if kind == "append":
        edited.AddBond(atom, edited.AddAtom(Chem.Atom(random.choice(ELEMENTS))), Chem.BondType.SINGLE)
    elif kind == "insert" and edited.GetNumBonds():
        bond = random.choice(list(edited.GetBonds()))
        ends = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        edited.RemoveBond(*ends)
        new = edited.AddAtom(Chem.Atom(random.choice([6, 7, 8])))
        for end in ends:
            edited.AddBond(end, new, Chem.BondType.SINGLE)
    elif kind == "delete" and edited.GetAtomWithIdx(atom).GetDegree() == 1:
        edited.RemoveAtom(atom)
    elif kind == "element":
        edited.GetAtomWithIdx(atom).SetAtomicNum(random.choice(ELEMENTS))
    elif kind == "order" and edited.GetNumBonds():
        random.choice(list(edited.GetBonds())).SetBondType(random.choice([Chem.BondType.SINGLE, Chem.BondType.DOUBLE]))
    elif kind == "ring":
        paths = [other for other in atoms if other != atom and 3 <= len(Chem.GetShortestPath(mol, atom, other)) <= 6] if len(atoms) > 3 else []
        if not paths:
            return None
        edited.AddBond(atom, random.choice(paths), Chem.BondType.SINGLE)
    for a in edited.GetAtoms():
        a.SetNoImplicit(False)
        a.SetNumExplicitHs(0)
    return sane(edited)


def main():
    objective, calls, seed, start = OBJECTIVES[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    random.seed(seed)
    known, scores = {}, []

    def evaluate(mol):
        key = Chem.MolToSmiles(mol)
        if key not in known and len(scores) < calls:
            known[key] = (objective(mol), mol)
            scores.append(known[key][0])

    lines = open(start).read().split()
    for smiles in random.sample(lines, min(POPULATION, len(lines))):
        evaluate(Chem.MolFromSmiles(smiles))
    while len(scores) < calls:
        population = sorted(known.values(), key=lambda x: -x[0])[:POPULATION]
        weights = [score + 1e-6 for score, _ in population]
        for _ in range(OFFSPRING):
            (_, a), (_, b) = random.choices(population, weights, k=2)
            child = crossover(a, b)
            if child is not None and random.random() < MUTATION_RATE:
                child = mutate(child) or child
            if child is not None:
                evaluate(child)
    print(json.dumps({"scores": scores, "molecules": list(known)}))


main()
