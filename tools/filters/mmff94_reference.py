"""Records MMFF94 energies of RDKit's Python package at rough geometries, as the oracle of the force-field test.

Usage: V/bin/python tools/filters/mmff94_reference.py test/reference/rdkit-mmff94.json
"""
import json
import sys

import rdkit
from rdkit import Chem
from rdkit.Chem import AllChem

SMILES = (
    "C O N CCO CC(=O)O CC(=O)N c1ccccc1 c1ccncc1 c1cc[nH]c1 C1CC1 C1CCC2CCCCC2C1 CC#N C=C C#C CS(C)=O CS CP(C)C "
    "FC(F)(F)F ClCCl CBr C[N+](=O)[O-] N[C@@H](C)C(=O)O Cn1cnc2c1c(=O)n(C)c(=O)n2C CC(=O)Oc1ccccc1C(=O)O OB(O)O C[Se]C"
).split()


def record(smiles):
    m = Chem.AddHs(Chem.MolFromSmiles(smiles))
    AllChem.EmbedMolecule(m, randomSeed=7)
    block = Chem.MolToMolBlock(m)
    m = Chem.MolFromMolBlock(block, removeHs=False)
    properties = AllChem.MMFFGetMoleculeProperties(m, mmffVariant="MMFF94")
    field = properties and AllChem.MMFFGetMoleculeForceField(m, properties, nonBondedThresh=1000.0)
    return {"smiles": smiles, "mmff94_kcal_per_mol": field.CalcEnergy() if field else None, "molblock": block}


with open(sys.argv[1], "w") as f:
    f.write(f'{{"program": "rdkit {rdkit.__version__} (Python)", "molecules": [\n')
    f.write(",\n".join(json.dumps(record(s)) for s in SMILES))
    f.write("\n]}\n")
