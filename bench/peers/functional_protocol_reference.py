"""Properties by density functionals from PySCF, written without the program's protocols: test/reference/functional_protocols.json.

    python -m venv V && V/bin/pip install pyscf==2.14.0 geometric==1.0.2 dftd3==1.7.0
    V/bin/python bench/peers/functional_protocol_reference.py test/reference/functional_protocols.json

Vertical: at geometries written here. Adiabatic, proton affinity and bond: Hartree-Fock/6-31G* minima and Hartree-Fock/STO-3G thermal terms as in
protocol_reference.py, energies by the functional with D3(BJ). Cartesian d; grids of level 6. C-PCM as in solvent_reference.py.
"""

import json
import sys

import numpy as np
import pyscf
from dftd3.interface import DispersionModel, RationalDampingParam
from pyscf import dft, gto
from pyscf.solvent import pcm
from protocol_reference import AMMONIA, AMMONIUM, WATER, minimum, proton, terms

BONDI = {"H": 1.2, "O": 1.52, "N": 1.55, "Cl": 1.75}
BOHR = 0.52917721092


def dispersion(mol, functional):
    model = DispersionModel(np.array(mol.atom_charges()), mol.atom_coords())
    return float(model.get_dispersion(RationalDampingParam(method=functional), grad=False)["energy"])


def energy(atoms, functional, basis, charge=0, spin=0, permittivity=None):
    mol = gto.M(atom=atoms, charge=charge, spin=spin, basis=basis, cart=True, verbose=0)
    field = (dft.UKS if spin else dft.RKS)(mol, xc=functional)
    field.grids.level, field.small_rho_cutoff = 6, 0
    if permittivity:
        continuum = pcm.PCM(mol)
        continuum.method, continuum.eps, continuum.lebedev_order = "C-PCM", permittivity, 29
        table = np.zeros(119)
        for symbol, radius in BONDI.items():
            table[gto.charge(symbol)] = 1.2 * radius / BOHR
        continuum.radii_table = table
        field = pcm.pcm_for_scf(field, continuum)
    field.conv_tol, field.conv_tol_grad, field.max_cycle = 1e-11, 1e-7, 300
    field.kernel()
    assert field.converged
    return field.e_tot + dispersion(mol, functional)


CHLORINE = [("Cl", (0, 0, 0)), ("Cl", (0, 0, 1.988))]
PLUS = "6-31+g**"


def vertical(atoms, functional, basis, permittivity=None):
    return energy(atoms, functional, basis, 1, 1, permittivity) - energy(atoms, functional, basis, 0, 0, permittivity)


def affinity(atoms, functional, basis):
    return energy(atoms, functional, basis) - energy(atoms, functional, basis, -1, 1)


def adiabatic(functional, basis, permittivity=None):
    cation, neutral = minimum(WATER, 1, 1), minimum(WATER)
    return energy(cation, functional, basis, 1, 1, permittivity) - energy(neutral, functional, basis, 0, 0, permittivity)


def protonation(functional, basis):
    neutral, ion = minimum(AMMONIA), minimum(AMMONIUM, 1)
    difference = energy(neutral, functional, basis) - energy(ion, functional, basis, 1)
    (h, _), (h_ion, _), (h_proton, _) = terms(neutral), terms(ion, 1), proton()
    return difference + h + h_proton - h_ion


def bond(functional, basis):
    hydroxyl = minimum(WATER[:2], 0, 1)
    parts = energy(hydroxyl, functional, basis, 0, 1) + energy([("H", (0, 0, 0))], functional, basis, 0, 1)
    return parts - energy(minimum(WATER), functional, basis)


# property, SMILES, functional, solvent, basis, value; vertical ones at the geometries above
cases = [
    ("vertical-ionisation-energy", "O", "b3lyp", None, "6-31g*", vertical(WATER, "b3lyp", "6-31g*")),
    ("vertical-ionisation-energy", "O", "pbe0", "acetonitrile", "6-31g*", vertical(WATER, "pbe0", "6-31g*", 35.688)),
    ("vertical-electron-affinity", "ClCl", "pbe0", None, "6-31g*", affinity(CHLORINE, "pbe0", "6-31g*")),
    ("fundamental-gap", "ClCl", "pbe0", None, "6-31g*", vertical(CHLORINE, "pbe0", "6-31g*") - affinity(CHLORINE, "pbe0", "6-31g*")),
    ("adiabatic-ionisation-energy", "O", "b3lyp", None, PLUS, adiabatic("b3lyp", PLUS)),
    ("adiabatic-ionisation-energy", "O", "b3lyp", "water", PLUS, adiabatic("b3lyp", PLUS, 78.3553)),
    ("proton-affinity", "N", "b3lyp", None, PLUS, protonation("b3lyp", PLUS)),
    ("bond-dissociation-energy", "O", "pbe0", None, PLUS, bond("pbe0", PLUS)),
]
with open(sys.argv[1], "w") as out:
    json.dump(
        {
            "program": f"PySCF {pyscf.__version__}",
            "cases": [
                {"property": p, "smiles": s, "functional": f, "solvent": c, "basis": b, "value_hartree": round(float(v), 8)}
                for p, s, f, c, b, v in cases
            ],
        },
        out,
        indent=1,
    )
