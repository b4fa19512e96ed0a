"""Records what RDKit's Python package says of some hundred molecules, as the oracle of the descriptor tests.

Usage: V/bin/python tools/filters/reference.py test/unit/core/chemistry/molecules.smi test/reference/rdkit-descriptors.json
The molecules: hand-written ones, then every k-th of the sets that come with the RDKit package itself.
"""
import json
import os
import sys

import rdkit
from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import QED, Crippen, Descriptors, rdMolDescriptors as md
from rdkit.Chem import FilterCatalog as fc

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer  # noqa: E402

RDLogger.DisableLog("rdApp.*")


def smiles_of(path, skip=0, every=1):
    with open(path) as f:
        return [line.split()[0] for line in f.readlines()[skip::every] if line.strip()]


def catalogue(name):
    return fc.FilterCatalog(fc.FilterCatalogParams(getattr(fc.FilterCatalogParams.FilterCatalogs, name)))


CATALOGUES = {name: catalogue(name) for name in ("PAINS_A", "PAINS_B", "PAINS_C", "BRENK", "NIH")}


def record(smiles):
    m = Chem.MolFromSmiles(smiles)
    if m is None:
        return None
    return {
        "smiles": smiles,
        "canonicalSmiles": Chem.MolToSmiles(m),
        "inchiKey": Chem.MolToInchiKey(m),
        "formula": md.CalcMolFormula(m),
        "exactMass_dalton": Descriptors.ExactMolWt(m),
        "molecularWeight_dalton": Descriptors.MolWt(m),
        "heavyAtoms": m.GetNumHeavyAtoms(),
        "rotatableBonds": md.CalcNumRotatableBonds(m),
        "ringCount": md.CalcNumRings(m),
        "hydrogenBondDonors": md.CalcNumHBD(m),
        "hydrogenBondAcceptors": md.CalcNumHBA(m),
        "logP": Crippen.MolLogP(m),
        "tpsa_angstrom2": md.CalcTPSA(m),
        "qed": QED.qed(m),
        "saScore": sascorer.calculateScore(m),
        "alerts": {
            name: [e.GetDescription() for e in c.GetMatches(m)] for name, c in CATALOGUES.items() if c.HasMatch(m)
        },
    }


def main(hand_written, target):
    smiles = smiles_of(hand_written)
    smiles += smiles_of(os.path.join(RDConfig.RDContribDir, "SA_Score", "data", "zim.100.txt"), skip=1)
    smiles += smiles_of(os.path.join(RDConfig.RDDataDir, "NCI", "first_5K.smi"), every=20)
    records = [r for r in map(record, dict.fromkeys(smiles)) if r]
    with open(target, "w") as f:
        f.write(f'{{"program": "rdkit {rdkit.__version__} (Python)", "molecules": [\n')
        f.write(",\n".join(json.dumps(r) for r in records))
        f.write("\n]}\n")
    print(len(records), "molecules")


if __name__ == "__main__":
    main(*sys.argv[1:])
