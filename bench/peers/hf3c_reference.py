"""What HF-3c adds, in clusters that hold every element from H to Ar, and its energies of molecules: test/reference/hf_3c.json.

    python -m venv V && V/bin/pip install dftd3==1.7.0 pyscf==2.14.0 basis_set_exchange==0.12 numpy
    V/bin/python bench/peers/hf3c_reference.py > test/reference/hf_3c.json

MINIX is put together here from the Basis Set Exchange's MINIS and the exponents of doi:10.1002/jcc.23317.
"""

import importlib.metadata
import json

import basis_set_exchange
import numpy as np
from dftd3.interface import DispersionModel, GeometricCounterpoise, RationalDampingParam
from pyscf import gto, scf

ANGSTROM_PER_BOHR = 0.529177210544
SYMBOLS = "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar".split()
ADDED = {"P": [2, [0.45, 1.0]], "S": [2, [0.55, 1.0]], "Li": [1, [0.1, 1.0]]}
MOLECULES = [
    ("water", 1, "O 0 0 0.1173; H 0 0.7572 -0.4692; H 0 -0.7572 -0.4692"),
    ("methyl", 2, "C 0 0 0.05; H 1.079 0 0; H -0.5395 0.9344 0; H -0.5395 -0.9344 0"),
    ("hydrogen sulphide dimer", 1, "S 0 0 0; H 0.97 0 0.93; H -0.97 0 0.93; S 0.2 3.9 0.4; H 0.2 2.7 1.0; H 1.1 4.3 1.2"),
    ("formamide", 1, "C 0.16 0.39 0.01; O 1.2 -0.25 0; N -1.08 -0.16 0.02; H 0.14 1.49 0.02; H -1.18 -1.16 0; H -1.9 0.42 -0.03"),
    ("lithium fluoride", 1, "Li 0 0 0; F 0 0 1.57"),
]
draw = np.random.default_rng(3)


def corrections(numbers, at):
    bohr = np.array(at) / ANGSTROM_PER_BOHR
    damping = RationalDampingParam(s6=1.0, s8=0.8777, a1=0.4171, a2=2.9149, s9=0.0)
    parts = [
        DispersionModel(numbers, bohr).get_dispersion(damping, grad=True),
        GeometricCounterpoise(numbers, bohr, method="hf3c").get_counterpoise(grad=True),
    ]
    return {
        "energy_hartree": float(sum(part["energy"] for part in parts)),
        "gradient": [float(x) for x in sum(part["gradient"] for part in parts).flatten()],
    }


def places(count):
    walk = [np.zeros(3)]
    while len(walk) < count:
        step = draw.normal(size=3)
        there = walk[draw.integers(len(walk))] + draw.uniform(1.5, 2.6) * step / np.linalg.norm(step)
        if min(np.linalg.norm(there - at) for at in walk) > 1.3:
            walk.append(there)
    return np.round(walk, 4)


def minix(symbol):
    minis = gto.basis.parse(basis_set_exchange.get_basis("Scaled MINI", elements=[symbol], fmt="nwchem"), symbol)
    return minis + ([ADDED[symbol]] if symbol in ADDED else [])


clusters = []
for numbers in draw.permutation(np.arange(1, 19)).reshape(-1, 6):
    at = places(len(numbers))
    clusters.append({
        "symbols": [SYMBOLS[z - 1] for z in numbers],
        "coordinates_angstrom": [float(x) for x in at.flatten()],
        **corrections(numbers, at),
    })
molecules = []
for name, multiplicity, atoms in MOLECULES:
    rows = [row.split() for row in atoms.split(";")]
    symbols, at = [row[0] for row in rows], [[float(x) for x in row[1:]] for row in rows]
    mol = gto.M(atom=list(zip(symbols, at)), basis={s: minix(s) for s in set(symbols)}, spin=multiplicity - 1, cart=False, verbose=0)
    field = (scf.RHF if multiplicity == 1 else scf.UHF)(mol)
    field.conv_tol = 1e-12
    energy = field.kernel()
    assert field.converged
    added = corrections(np.array([SYMBOLS.index(s) + 1 for s in symbols]), at)["energy_hartree"]
    molecules.append({
        "name": name, "multiplicity": multiplicity, "symbols": symbols,
        "coordinates_angstrom": [x for row in at for x in row],
        "field_hartree": float(energy), "added_hartree": added,
    })
print(json.dumps({
    "made_by": {name: importlib.metadata.version(name) for name in ("dftd3", "pyscf", "basis_set_exchange")},
    "clusters": clusters, "molecules": molecules,
}, indent=1))
