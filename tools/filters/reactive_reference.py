"""Writes test/reference/reactive-alerts.json: which groups of resources/filters/reactive.json RDKit's Python package finds in molecules.

Usage: python tools/filters/reactive_reference.py samples.smi > test/reference/reactive-alerts.json

samples.smi: raw samples of a shipped model, one a line; the examples of every group are added.
"""
import json
import sys
from pathlib import Path

import rdkit
from rdkit import Chem

groups = json.loads((Path(__file__).parents[2] / "resources/filters/reactive.json").read_text())
patterns = [(group["name"], Chem.MolFromSmarts(group["smarts"])) for group in groups]
written = [smiles for group in groups for smiles in (group["example"], group["counterexample"])]
molecules = {}
for smiles in written + Path(sys.argv[1]).read_text().split():
    mol = Chem.MolFromSmiles(smiles)
    if mol is not None:
        molecules[Chem.MolToSmiles(mol)] = [name for name, pattern in patterns if mol.HasSubstructMatch(pattern)]
lines = ",\n".join(f"  {json.dumps(smiles)}: {json.dumps(names)}" for smiles, names in molecules.items())
print(f'{{"program": "RDKit {rdkit.__version__} (Python), tools/filters/reactive_reference.py", "molecules": {{\n{lines}\n}}}}')
