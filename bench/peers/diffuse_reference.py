"""Computes test/reference/diffuse_sets.json with PySCF and its own basis sets: python diffuse_reference.py out.json.

Hartree-Fock and MP2 with diffuse sets and chosen d and f functions; combinations of functions with an overlap eigenvalue below
THRESHOLD are left out by canonical orthogonalisation.
"""

import json
import sys

import numpy
import pyscf
from pyscf import gto, mp, scf

THRESHOLD = 1e-7


def leave_out_dependent(mf):
    """Canonical orthogonalisation in place of the generalised eigenproblem; returns how many combinations are left out."""
    values, vectors = numpy.linalg.eigh(mf.get_ovlp())
    kept = values >= THRESHOLD
    x = vectors[:, kept] / numpy.sqrt(values[kept])

    def solve(f):
        e, c = numpy.linalg.eigh(x.T @ f @ x)
        return e, x @ c

    def eig(f, s, **_):
        if f.ndim == 2:
            return solve(f)
        (ea, ca), (eb, cb) = solve(f[0]), solve(f[1])
        return numpy.array((ea, eb)), numpy.array((ca, cb))

    if not kept.all():
        mf.eig = eig
    return int((~kept).sum())


def chain(n, r):
    return "; ".join(f"H 0 0 {i * r:.6f}" for i in range(n))


WATER = "O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469"
METHYL = "C 0 0 0; H 1.079 0 0; H -0.5395 0.934441 0; H -0.5395 -0.934441 0"
AMMONIA = "N 0 0 0.116; H 0 0.9377 -0.2707; H 0.812 -0.4689 -0.2707; H -0.812 -0.4689 -0.2707"
# name, atoms, charge, multiplicity, basis, functions (None: as published)
CASES = [
    ("water, 5d", WATER, 0, 1, "6-31g*", "pure"),
    ("water, 6d", WATER, 0, 1, "6-31g*", "cartesian"),
    ("water, 6d on Dunning", WATER, 0, 1, "cc-pvdz", "cartesian"),
    ("water, 10f", WATER, 0, 1, "cc-pvtz", "cartesian"),
    ("hydroxide", "O 0 0 0; H 0 0 0.964", -1, 1, "6-31+g*", None),
    ("hydroxide, 5d", "O 0 0 0; H 0 0 0.964", -1, 1, "6-31++g**", "pure"),
    ("hydroxide", "O 0 0 0; H 0 0 0.964", -1, 1, "aug-cc-pvdz", None),
    ("fluoride", "F 0 0 0", -1, 1, "aug-cc-pvtz", None),
    ("fluoride", "F 0 0 0", -1, 1, "6-31+g", None),
    ("chloride", "Cl 0 0 0", -1, 1, "def2-svpd", None),
    ("chloride", "Cl 0 0 0", -1, 1, "aug-cc-pvdz", None),
    ("cyanide", "C 0 0 0; N 0 0 1.177", -1, 1, "aug-cc-pvdz", None),
    ("cyanide", "C 0 0 0; N 0 0 1.177", -1, 1, "6-31+g**", None),
    ("hydride", "H 0 0 0", -1, 1, "aug-cc-pvtz", None),
    ("argon", "Ar 0 0 0", 0, 1, "aug-cc-pvtz", None),
    ("krypton", "Kr 0 0 0", 0, 1, "def2-svpd", None),
    ("hydrogen bromide", "Br 0 0 0; H 0 0 1.414", 0, 1, "aug-cc-pvdz", None),
    ("ammonia", AMMONIA, 0, 1, "aug-cc-pvdz", None),
    ("ammonia", AMMONIA, 0, 1, "6-31++g*", None),
    ("methyl radical", METHYL, 0, 2, "aug-cc-pvdz", None),
    ("methyl radical", METHYL, 0, 2, "def2-svpd", None),
    ("superoxide", "O 0 0 0; O 0 0 1.34", -1, 2, "6-31+g*", None),
    ("lithium atom", "Li 0 0 0", 0, 2, "aug-cc-pvdz", None),
    ("H8 chain, 0.45 Å", chain(8, 0.45), 0, 1, "aug-cc-pvdz", None),
    ("H6 chain, 0.45 Å", chain(6, 0.45), 0, 1, "aug-cc-pvdz", None),
    ("H5 chain, 0.45 Å", chain(5, 0.45), 0, 2, "aug-cc-pvdz", None),
    ("H8 chain, 0.3 Å", chain(8, 0.3), 0, 1, "6-31++g**", "cartesian"),
]


def compute(name, atoms, charge, multiplicity, basis, functions):
    cartesian = functions == "cartesian" or (functions is None and basis.startswith("6-31"))
    mol = gto.M(atom=atoms, charge=charge, spin=multiplicity - 1, basis=basis, cart=cartesian, verbose=0)
    mf = (scf.RHF if multiplicity == 1 else scf.UHF)(mol)
    dropped = leave_out_dependent(mf)
    mf.conv_tol, mf.conv_tol_grad, mf.max_cycle = 1e-11, 1e-5, 300
    mf.kernel()
    for _ in range(3 if dropped == 0 else 0):
        orbitals, _, stable, _ = mf.stability(return_status=True)
        if stable:
            break
        mf.kernel(mf.make_rdm1(orbitals, mf.mo_occ))
    assert mf.converged, name
    correlated = (mp.MP2 if multiplicity == 1 else mp.UMP2)(mf).run()
    return {
        "name": name,
        "symbols": [mol.atom_symbol(i) for i in range(mol.natm)],
        "coordinates_bohr": [round(float(x), 12) for x in mol.atom_coords().ravel()],
        "charge": charge,
        "multiplicity": multiplicity,
        "basis": basis,
        "functions": functions,
        "nBasis": mol.nao,
        "dropped": dropped,
        "hartreeFock_hartree": round(float(mf.e_tot), 10),
        "mp2_hartree": round(float(correlated.e_tot), 10),
    }


entries = []
for case in CASES:
    entries.append(compute(*case))
    print(entries[-1], file=sys.stderr, flush=True)
with open(sys.argv[1], "w") as out:
    json.dump({"program": f"PySCF {pyscf.__version__}", "cases": entries}, out, indent=1, ensure_ascii=False)
    out.write("\n")
