"""Electrostatic potentials of Hartree-Fock densities at points in and around small molecules.

    python bench/peers/potential_reference.py > test/reference/potentials.json

What a unit charge feels at each point: of the nuclei less that of the electrons, from int1e_rinv. Points are drawn from a box 3 bohr
wider than the nuclei on each side, and one stands far away.
"""

import json
import sys

import numpy as np
import pyscf
from pyscf import gto, scf

CASES = [
    ("water", [("O", 0, 0, 0.1173), ("H", 0, 0.7572, -0.4692), ("H", 0, -0.7572, -0.4692)], 0, 0, "6-31g*", True),
    ("ammonium", [("N", 0, 0, 0), ("H", 0.6, 0.6, 0.6), ("H", -0.6, -0.6, 0.6), ("H", -0.6, 0.6, -0.6), ("H", 0.6, -0.6, -0.6)], 1, 0, "6-31g*", True),
    ("methyl", [("C", 0.1, 0, 0), ("H", 1.08, 0, 0.1), ("H", -0.5, 0.93, 0), ("H", -0.5, -0.93, 0)], 0, 1, "6-31g*", True),
    ("formaldehyde", [("C", 0, 0, -0.53), ("O", 0, 0, 0.68), ("H", 0, 0.94, -1.12), ("H", 0, -0.94, -1.12)], 0, 0, "cc-pvtz", False),
]
POINTS = 24
rng = np.random.default_rng(20261201)


def case(name, atoms, charge, spin, basis, cart):
    mol = gto.M(atom=atoms, charge=charge, spin=spin, basis=basis, cart=cart, verbose=0)
    mf = scf.UHF(mol) if spin else scf.RHF(mol)
    mf.conv_tol, mf.conv_tol_grad, mf.max_cycle = 1e-12, 2e-9, 200
    mf.kernel()
    assert mf.converged, name
    density = mf.make_rdm1()
    total = density if spin == 0 else density[0] + density[1]
    xyz = mol.atom_coords()
    low, high = xyz.min(axis=0) - 3, xyz.max(axis=0) + 3
    points = np.vstack([rng.uniform(low, high, (POINTS - 1, 3)), [[4.0, -35.0, 20.0]]])
    values = []
    for point in points:
        with mol.with_rinv_origin(point):
            electrons = np.einsum("ij,ji", mol.intor("int1e_rinv"), total)
        nuclei = sum(z / np.linalg.norm(point - at) for z, at in zip(mol.atom_charges(), xyz))
        values.append(nuclei - electrons)
    return {
        "name": name,
        "charge": charge,
        "multiplicity": spin + 1,
        "basis": basis,
        "symbols": [mol.atom_symbol(i) for i in range(mol.natm)],
        "coordinates_bohr": xyz.ravel().tolist(),
        "energy_hartree": mf.e_tot,
        "points_bohr": points.ravel().tolist(),
        "potential_hartree_per_e": values,
    }


json.dump({"program": f"PySCF {pyscf.__version__}", "cases": [case(*one) for one in CASES]}, sys.stdout, indent=1)
