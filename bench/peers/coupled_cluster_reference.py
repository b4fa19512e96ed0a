"""CCSD and CCSD(T) of closed and open shells by PySCF: test/reference/coupled_cluster.json.

    python bench/peers/coupled_cluster_reference.py > test/reference/coupled_cluster.json

Open shells on UHF, d functions as the basis sets were published with. D1 is the largest singular value of the singles, T1 their norm over the
root of the correlated electrons; of open shells the norm's square is the mean over the spins.
"""
import json

import numpy as np
import pyscf
from pyscf import cc, gto, scf

CASES = [
    # name, atoms, charge, unpaired, basis, Cartesian, frozen
    ("water", "O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469", 0, 0, "6-31g*", True, 0),
    ("water, frozen core", "O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469", 0, 0, "cc-pvdz", False, 1),
    ("ethylene, frozen core", "C 0 0 0.667; C 0 0 -0.667; H 0 0.922 1.238; H 0 -0.922 1.238; H 0 0.922 -1.238; H 0 -0.922 -1.238", 0, 0, "6-31g", False, 2),
    ("ozone, frozen core", "O 0 0 0.445; O 0 1.089 -0.2225; O 0 -1.089 -0.2225", 0, 0, "6-31g", False, 3),
    ("methylene, triplet", "C 0 0 0.1; H 0 0.99 -0.3; H 0 -0.99 -0.3", 0, 2, "6-31g*", True, 0),
    ("oxygen, triplet, frozen core", "O 0 0 0.604; O 0 0 -0.604", 0, 2, "cc-pvdz", False, 2),
    ("water cation, frozen core", "O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469", 1, 1, "6-31g", False, 1),
    ("hydrogen atom beside helium", "H 0 0 0; He 0 0 1.2", 0, 1, "cc-pvdz", False, 0),
    ("lithium", "Li 0 0 0", 0, 1, "6-31g", False, 0),
]


def singles(found):
    spins = found.t1 if isinstance(found.t1, tuple) else (found.t1, found.t1)
    electrons = sum(t.shape[0] for t in spins)
    norm = sum(float((t**2).sum()) for t in spins) / 2
    largest = max(np.linalg.svd(t)[1].max() if t.size else 0.0 for t in spins)
    return {"t1Diagnostic": float(np.sqrt(norm / electrons)), "d1Diagnostic": float(largest)}


def entry(name, atoms, charge, unpaired, basis, is_cartesian, frozen):
    mol = gto.M(atom=atoms, charge=charge, spin=unpaired, basis=basis, cart=is_cartesian, verbose=0)
    field = scf.UHF(mol) if unpaired else scf.RHF(mol)
    field.conv_tol, field.conv_tol_grad = 1e-12, 1e-8
    field.kernel()
    for _ in range(3):
        orbitals, _, is_stable, _ = field.stability(return_status=True)
        if is_stable:
            break
        field.kernel(field.make_rdm1(orbitals, field.mo_occ))
    found = cc.CCSD(field, frozen=frozen)
    found.conv_tol, found.conv_tol_normt, found.max_cycle = 1e-11, 1e-9, 200
    found.kernel()
    assert field.converged and found.converged
    return {
        "name": name,
        "atoms": atoms,
        "charge": charge,
        "multiplicity": unpaired + 1,
        "basis": basis,
        "nFrozenCore": frozen,
        "field_hartree": field.e_tot,
        "ccsd_hartree": found.e_tot,
        "triples_hartree": float(found.ccsd_t()),
        **singles(found),
    }


print(json.dumps({"program": f"PySCF {pyscf.__version__}", "entries": [entry(*case) for case in CASES]}, indent=1))
