"""D3(BJ) energies and gradients of clusters that hold every element from H to Xe: test/reference/dispersion.json.

    python -m venv V && V/bin/pip install dftd3==1.7.0 numpy
    V/bin/python bench/peers/dispersion_reference.py > test/reference/dispersion.json
"""

import importlib.metadata
import json

import numpy as np
from dftd3.interface import DispersionModel, RationalDampingParam

ANGSTROM_PER_BOHR = 0.529177210544
METHODS = ["hf", "pbe", "pbe0", "b3lyp", "r2scan"]
ATOMS = 9
APART = 1.9, 2.6  # angstrom: the nearest two are not closer, a step of the random walk is longer
SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr "
    "Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe"
).split()

draw = np.random.default_rng(20)


def places():
    """A random walk that does not come near itself."""
    walk = [np.zeros(3)]
    while len(walk) < ATOMS:
        step = draw.normal(size=3)
        there = walk[draw.integers(len(walk))] + APART[1] * draw.uniform(0.75, 1.2) * step / np.linalg.norm(step)
        if min(np.linalg.norm(there - at) for at in walk) > APART[0]:
            walk.append(there)
    return np.round(walk, 4)


clusters = []
for numbers in draw.permutation(np.arange(1, 55)).reshape(-1, ATOMS):
    at = places()
    model = DispersionModel(numbers, at / ANGSTROM_PER_BOHR)
    found = {}
    for method in METHODS:
        result = model.get_dispersion(RationalDampingParam(method=method, atm=False), grad=True)
        found[method] = {"energy_hartree": float(result["energy"]), "gradient": result["gradient"].ravel().tolist()}
    clusters.append({
        "symbols": [SYMBOLS[z - 1] for z in numbers],
        "coordinates_angstrom": at.ravel().tolist(),
        "d3bj": found,
    })
print(json.dumps({"program": f"dftd3 {importlib.metadata.version('dftd3')} (s-dftd3), without terms of three atoms", "clusters": clusters}, indent=1))
