"""Computes test/reference/larger_basis_sets.json with PySCF: python chemistry_reference.py resources/basis out.json.

Energies, MP2, dipoles and nuclear gradients in the basis sets that ship, read from the shipped files.
"""

import json
import sys

import numpy
import pyscf
from pyscf import gto, mp, qmmm, scf

folder, target = sys.argv[1:3]
BOHR = 0.52917721092

WATER = [("O", 0, 0, 0.1173), ("H", 0, 0.7572, -0.4692), ("H", 0, -0.7572, -0.4692)]
FORMALDEHYDE = [("O", 0, 0, 1.205), ("C", 0, 0, 0), ("H", 0, 0.9429, -0.5876), ("H", 0.05, -0.9429, -0.5876)]
HBR = [("H", 0.1, 0.2, 1.39), ("Br", 0, 0, 0)]
HCL = [("H", 0.1, 0.2, 1.25), ("Cl", 0, 0, 0)]
HI = [("H", 0.1, 0.2, 1.58), ("I", 0, 0, 0)]
AMMONIA_CATION = [("N", 0, 0, 0.05), ("H", 0, 1.02, 0), ("H", 0.88, -0.51, 0), ("H", -0.88, -0.51, 0)]
HYDROXYL = [("O", 0, 0, 0), ("H", 0.1, 0.2, 0.95)]

# id, atoms, charge, spin, basis file, ghosts, charges, MP2?, gradient?
ENTRIES = [
    ("water 6-311G**", WATER, 0, 0, "6-311gss", [], [], True, False),
    ("water def2-SVP", WATER, 0, 0, "def2-svp", [], [], True, True),
    ("water def2-TZVP", WATER, 0, 0, "def2-tzvp", [], [], True, True),
    ("water cc-pVDZ", WATER, 0, 0, "cc-pvdz", [], [], True, False),
    ("water 6-31G*", WATER, 0, 0, "6-31gs", [], [], True, True),
    ("water 6-31G, two point charges", WATER, 0, 0, "6-31g", [], [(0.5, 1.0, 2.5, 0.4), (-2.0, 0.3, 0.1, -0.7)], False, True),
    ("water 6-31G*, ghost oxygen", WATER + [("O", 0, 0, 2.9)], 0, 0, "6-31gs", [3], [], True, False),
    ("formaldehyde def2-TZVP", FORMALDEHYDE, 0, 0, "def2-tzvp", [], [], True, True),
    ("formaldehyde cc-pVDZ", FORMALDEHYDE, 0, 0, "cc-pvdz", [], [], True, True),
    ("hydrogen bromide def2-TZVP", HBR, 0, 0, "def2-tzvp", [], [], False, True),
    ("hydrogen bromide 6-31G**", HBR, 0, 0, "6-31gss", [], [], False, False),
    ("hydrogen bromide STO-3G", HBR, 0, 0, "sto-3g", [], [], False, True),
    ("hydrogen chloride 6-311G**", HCL, 0, 0, "6-311gss", [], [], True, False),
    ("hydrogen iodide STO-3G", HI, 0, 0, "sto-3g", [], [], False, False),
    ("hydrogen iodide 6-311G**", HI, 0, 0, "6-311gss", [], [], False, False),
    ("ammonia cation def2-SVP", AMMONIA_CATION, 1, 1, "def2-svp", [], [], True, True),
    ("hydroxyl 6-31G**", HYDROXYL, 0, 1, "6-31gss", [], [], True, True),
]


def shells(data):
    return [[s["l"], *[[a, c] for a, c in zip(s["exponents"], s["coefficients"])]] for s in data]


def entry(name, atoms, charge, spin, file, ghosts, charges, want_mp2, want_gradient):
    data = json.load(open(f"{folder}/{file}.json"))
    labels = [f"ghost-{s}" if i in ghosts else s for i, (s, *_) in enumerate(atoms)]
    basis = {label: shells(data["elements"][s]) for label, (s, *_) in zip(labels, atoms)}
    mol = gto.M(
        atom=[(label, r) for label, (_, *r) in zip(labels, atoms)],
        basis=basis, charge=charge, spin=spin, cart=data["functions"] == "cartesian", verbose=0,
    )
    field = (scf.UHF if spin else scf.RHF)(mol)
    if charges:
        field = qmmm.mm_charge(field, [c[:3] for c in charges], [c[3] for c in charges], unit="Angstrom")
    field.conv_tol, field.conv_tol_grad, field.max_cycle = 1e-11, 1e-8, 200
    field.kernel()
    assert field.converged, name
    result = {
        "id": name, "geometry_angstrom": atoms, "charge": charge, "multiplicity": spin + 1, "basis": file,
        "ghosts": ghosts, "point_charges_angstrom": charges, "n_basis_functions": int(mol.nao), "energy": field.e_tot,
        "dipole_au": field.dip_moment(unit="AU", verbose=0).tolist(),
    }
    if want_mp2:
        result["mp2_correlation"] = float(mp.MP2(field).run().e_corr)
    if want_gradient:
        gradient = field.nuc_grad_method()
        gradient.grid_response = False
        result["gradient"] = numpy.asarray(gradient.kernel()).tolist()
    return result


entries = [entry(*e) for e in ENTRIES]
head = {"program": f"PySCF {pyscf.__version__}", "bohr_in_angstrom": BOHR, "units": "hartree, bohr, e"}
with open(target, "w") as out:
    out.write(json.dumps(head)[:-1] + ', "entries": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]}\n")
