"""Writes test/reference/molden.json: energies, dipoles and natural occupations that orbitals in a Molden file must give.

Dipoles in e bohr about the origin, electrons negative. Run in .venv/peers-chemistry: python bench/peers/molden_reference.py
"""

import json
from pathlib import Path

import numpy
import pyscf
from pyscf import gto, mcscf, scf

WATER = [["O", 0.1, -0.2, 0.3], ["H", 0.7, 0.5, 0.45], ["H", -0.8, -0.1, 0.4]]
FLUORIDE = [["F", 0.1, -0.2, 0.3], ["H", 0.6, 0.3, 0.9]]
HYDROXYL = [["O", 0.1, -0.2, 0.3], ["H", 0.7, 0.4, 0.75]]
HYDRIDE = [["Li", 0.1, -0.2, 0.3], ["H", 1.1, 0.8, 1.7]]

CASES = [
    ("water, Cartesian d", "rhf", WATER, "6-31g*", True, 1, None),
    ("hydrogen fluoride, spherical d and f", "rhf", FLUORIDE, "cc-pvtz", False, 1, None),
    ("hydrogen fluoride, Cartesian d and f", "rhf", FLUORIDE, "cc-pvtz", True, 1, None),
    ("hydroxyl, orbitals of each spin", "uhf", HYDROXYL, "cc-pvdz", False, 2, None),
    ("hydroxyl, one set of orbitals", "rohf", HYDROXYL, "6-31g*", True, 2, None),
    ("lithium hydride, natural orbitals", "casscf", HYDRIDE, "6-31g*", True, 1, (2, 2)),
]


def dipole(mol, density):
    electrons = numpy.einsum("xij,ji->x", mol.intor("int1e_r"), density)
    return list(mol.atom_charges() @ mol.atom_coords() - electrons)


def entry(name, method, atoms, basis, cartesian, multiplicity, space):
    mol = gto.M(atom=atoms, basis=basis, cart=cartesian, spin=multiplicity - 1, verbose=0)
    field = {"rhf": scf.RHF, "casscf": scf.RHF, "uhf": scf.UHF, "rohf": scf.ROHF}[method](mol)
    field.conv_tol = 1e-12
    field.kernel()
    solved, occupations = field, None
    if space:
        nelec, norb = space
        solved = mcscf.CASSCF(field, norb, nelec)
        solved.conv_tol, solved.conv_tol_grad = 1e-13, 1e-8
        solved.kernel()
        gamma = solved.fcisolver.make_rdm1(solved.ci, norb, solved.nelecas)
        occupations = sorted(numpy.linalg.eigvalsh(gamma), reverse=True)
    density = solved.make_rdm1()
    return {
        "id": name,
        "method": method,
        "geometry_angstrom": atoms,
        "charge": 0,
        "multiplicity": multiplicity,
        "basis": basis,
        "functions": "cartesian" if cartesian else "pure",
        "active_space": space,
        "energy": solved.e_tot,
        "dipole_au": dipole(mol, density.sum(axis=0) if density.ndim == 3 else density),
        "natural_occupations": occupations,
    }


document = {
    "program": f"PySCF {pyscf.__version__}, bench/peers/molden_reference.py",
    "entries": [entry(*case) for case in CASES],
}
path = Path(__file__).parents[2] / "test/reference/molden.json"
path.write_text(json.dumps(document, indent=1) + "\n")
