"""Excitations of closed shells by single excitations: CIS of RHF, TDA of RKS, singlets with their oscillator strengths and triplets.

python bench/peers/excitations_reference.py > test/reference/excitations.json

Grids of functionals: PySCF's level 4. 1 bohr = 0.52917721092 Å.
"""
import json

import pyscf
from pyscf import gto, scf, dft, tdscf

MOLECULES = {
    "water": ("O 0 0 0.1173; H 0 0.7572 -0.4692; H 0 -0.7572 -0.4692", "6-31g*"),
    "formaldehyde": ("O 0 0 1.205; C 0 0 0; H 0 0.9429 -0.5876; H 0 -0.9429 -0.5876", "6-31g"),
}
CASES = [
    ("water", "rhf"), ("water", "pbe"), ("water", "b3lyp"), ("water", "r2scan"), ("formaldehyde", "rhf"),
]
SINGLETS, TRIPLETS = 4, 3


def field(atom, basis, method):
    mol = gto.M(atom=atom, basis=basis, cart=basis == "6-31g*", verbose=0)
    if method == "rhf":
        mf = scf.RHF(mol)
    else:
        mf = dft.RKS(mol)
        mf.xc = method
        mf.grids.level = 4
    mf.conv_tol = 1e-12
    mf.conv_tol_grad = 1e-8
    mf.kernel()
    assert mf.converged
    return mol, mf


cases = []
for name, method in CASES:
    atom, basis = MOLECULES[name]
    mol, mf = field(atom, basis, method)
    singlets = tdscf.TDA(mf)
    singlets.conv_tol = 1e-10
    # more than asked for, so that none is missed
    singlets.nstates = SINGLETS + 4
    singlets.kernel()
    strengths = singlets.oscillator_strength(gauge="length")
    triplets = tdscf.TDA(mf)
    triplets.singlet = False
    triplets.conv_tol = 1e-10
    triplets.nstates = TRIPLETS + 4
    triplets.kernel()
    cases.append({
        "id": f"{name} {method}",
        "method": method,
        "basis": basis,
        "charge": 0,
        "geometry_angstrom": [[p.split()[0], *map(float, p.split()[1:])] for p in atom.split(";")],
        "energy_hartree": round(float(mf.e_tot), 10),
        "singlets_hartree": [round(float(e), 9) for e in singlets.e[:SINGLETS]],
        "oscillatorStrengths": [round(float(f), 8) for f in strengths[:SINGLETS]],
        "triplets_hartree": [round(float(e), 9) for e in triplets.e[:TRIPLETS]],
    })
print(json.dumps({"program": f"PySCF {pyscf.__version__}", "cases": cases}, indent=1))
