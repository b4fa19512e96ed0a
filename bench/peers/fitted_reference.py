"""Computes test/reference/fitted_fields.json with PySCF: python fitted_reference.py resources/basis out.json.

Hartree-Fock by density fitting in the auxiliary set that ships, its error against exact integrals, and Loewdin charges.
"""

import json
import sys

import numpy
import pyscf
from pyscf import gto, scf
from scipy.linalg import sqrtm

folder, target = sys.argv[1:3]

WATER = [("O", 0, 0, 0.1173), ("H", 0, 0.7572, -0.4692), ("H", 0, -0.7572, -0.4692)]
FORMALDEHYDE = [("O", 0, 0, 1.205), ("C", 0, 0, 0), ("H", 0, 0.9429, -0.5876), ("H", 0.05, -0.9429, -0.5876)]
HBR = [("H", 0.1, 0.2, 1.39), ("Br", 0, 0, 0)]
HCL = [("H", 0.1, 0.2, 1.25), ("Cl", 0, 0, 0)]

# atoms, charge, spin, basis file, kind; pure functions only, since PySCF gives both sets the same kind of functions
ENTRIES = [
    ("water 6-31G", WATER, 0, 0, "6-31g", "RHF"),
    ("water def2-TZVP", WATER, 0, 0, "def2-tzvp", "RHF"),
    ("water cation def2-SVP", WATER, 1, 1, "def2-svp", "UHF"),
    ("water cation def2-SVP", WATER, 1, 1, "def2-svp", "ROHF"),
    ("formaldehyde cc-pVDZ", FORMALDEHYDE, 0, 0, "cc-pvdz", "RHF"),
    ("hydrogen chloride def2-SVP", HCL, 0, 0, "def2-svp", "RHF"),
    ("hydrogen bromide def2-SVP", HBR, 0, 0, "def2-svp", "RHF"),
]


def shells(data):
    return [[s["l"], *[[a, c] for a, c in zip(s["exponents"], s["coefficients"])]] for s in data]


def read(file, elements):
    data = json.load(open(f"{folder}/{file}.json"))["elements"]
    return {symbol: shells(data[symbol]) for symbol in elements}


def lowdin(mol, density):
    root = sqrtm(mol.intor("int1e_ovlp")).real
    populations = numpy.diag(root @ density @ root)
    return [float(mol.atom_charge(a) - populations[p0:p1].sum()) for a, (_, _, p0, p1) in enumerate(mol.aoslice_by_atom())]


def entry(name, atoms, charge, spin, file, kind):
    elements = {symbol for symbol, *_ in atoms}
    mol = gto.M(atom=[(s, r) for s, *r in atoms], basis=read(file, elements), charge=charge, spin=spin, verbose=0)
    exact = getattr(scf, kind)(mol)
    fitted = getattr(scf, kind)(mol).density_fit(auxbasis=read("def2-universal-jkfit", elements))
    fitted.conv_tol, fitted.conv_tol_grad, fitted.max_cycle = 1e-12, 1e-9, 200
    energy = fitted.kernel()
    assert fitted.converged, name
    density = fitted.make_rdm1()
    return {
        "id": f"{name} {kind}", "geometry_angstrom": atoms, "charge": charge, "multiplicity": spin + 1, "basis": file,
        "kind": kind.lower(), "n_auxiliary": int(fitted.with_df.get_naoaux()), "energy": float(energy),
        "error": float(exact.energy_tot(dm=density) - energy),
        "lowdin_charges": lowdin(mol, numpy.asarray(density) if density.ndim == 2 else density.sum(axis=0)),
    }


entries = [entry(*e) for e in ENTRIES]
head = {"program": f"PySCF {pyscf.__version__}", "bohr_in_angstrom": 0.52917721092, "units": "hartree, e"}
with open(target, "w") as out:
    out.write(json.dumps(head)[:-1] + ', "entries": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]}\n")
