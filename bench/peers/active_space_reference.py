"""Computes test/reference/active_spaces.json with PySCF: python active_space_reference.py resources/basis out.json.

Occupations of unrelaxed MP2 natural orbitals with the core frozen, sizes of AVAS spaces over STO-3G, and the CASCI energy
in each space; basis sets are read from the shipped files.
"""

import json
import sys

import numpy
import pyscf
from pyscf import gto, mcscf, mp, scf
from pyscf.mcscf import avas

folder, target = sys.argv[1:3]

WATER = [("O", 0, 0, 0.1173), ("H", 0, 0.7572, -0.4692), ("H", 0, -0.7572, -0.4692)]
FORMALDEHYDE = [("O", 0, 0, 1.205), ("C", 0, 0, 0), ("H", 0, 0.9429, -0.5876), ("H", 0.05, -0.9429, -0.5876)]
NITROGEN = [("N", 0, 0, 0), ("N", 0, 0, 1.4)]
BUTADIENE = [
    ("C", -0.611, 1.739, 0), ("C", -0.611, 0.398, 0), ("C", 0.611, -0.398, 0), ("C", 0.611, -1.739, 0),
    ("H", 0.319, 2.305, 0), ("H", -1.541, 2.299, 0), ("H", -1.564, -0.129, 0),
    ("H", 1.564, 0.129, 0), ("H", 1.541, -2.299, 0), ("H", -0.319, -2.305, 0),
]  # fmt: skip
HYDROXYL = [("O", 0, 0, 0), ("H", 0.1, 0.2, 0.95)]
AMMONIA_CATION = [("N", 0, 0, 0.05), ("H", 0, 1.02, 0), ("H", 0.88, -0.51, 0), ("H", -0.88, -0.51, 0)]

# id, atoms, charge, spin, basis file, frozen core, occupation threshold
NATURAL = [
    ("water 6-31G", WATER, 0, 0, "6-31g", 1, 0.015),
    ("stretched nitrogen 6-31G*", NITROGEN, 0, 0, "6-31gs", 2, 0.02),
    ("formaldehyde def2-SVP", FORMALDEHYDE, 0, 0, "def2-svp", 2, 0.02),
    ("hydroxyl 6-31G**", HYDROXYL, 0, 1, "6-31gss", 1, 0.015),
    ("ammonia cation 6-31G", AMMONIA_CATION, 1, 1, "6-31g", 1, 0.015),
]
# id, atoms, charge, spin, basis file, targets, threshold
AVAS = [
    ("butadiene 6-31G, π", BUTADIENE, 0, 0, "6-31g", ["C 2pz"], 0.2),
    ("water 6-31G, valence", WATER, 0, 0, "6-31g", ["O 2s", "O 2p", "H 1s"], 0.2),
    ("formaldehyde def2-SVP, carbonyl", FORMALDEHYDE, 0, 0, "def2-svp", ["O 2p", "C 2p"], 0.4),
    ("stretched nitrogen 6-31G*", NITROGEN, 0, 0, "6-31gs", ["N 2p"], 0.2),
    ("hydroxyl 6-31G**", HYDROXYL, 0, 1, "6-31gss", ["O 2p", "H 1s"], 0.2),
]


def molecule(atoms, charge, spin, file):
    data = json.load(open(f"{folder}/{file}.json"))
    shells = {
        symbol: [[s["l"], *[[a, c] for a, c in zip(s["exponents"], s["coefficients"])]] for s in data["elements"][symbol]]
        for symbol, *_ in atoms
    }
    return gto.M(
        atom=[(symbol, r) for symbol, *r in atoms],
        basis=shells, charge=charge, spin=spin, cart=data["functions"] == "cartesian", verbose=0,
    )


def converged(field):
    field.conv_tol, field.conv_tol_grad, field.max_cycle = 1e-12, 1e-8, 200
    field.kernel()
    assert field.converged
    return field


def casci(field, norb, nelec, orbitals):
    cas = mcscf.CASCI(field, norb, nelec)
    cas.fcisolver.conv_tol = 1e-12
    energy = cas.kernel(orbitals)[0]
    spin = field.mol.spin / 2
    s2 = cas.fcisolver.spin_square(cas.ci, norb, cas.nelecas)[0]
    assert abs(s2 - spin * (spin + 1)) < 1e-6, s2
    return {"n_electrons": int(sum(cas.nelecas)), "n_orbitals": int(norb), "casci": float(energy)}


def head(entry):
    name, atoms, charge, spin, file = entry[:5]
    return {"id": name, "geometry_angstrom": atoms, "charge": charge, "multiplicity": spin + 1, "basis": file}


def natural(entry):
    _, atoms, charge, spin, file, frozen, threshold = entry
    mol = molecule(atoms, charge, spin, file)
    field = converged((scf.UHF if spin else scf.RHF)(mol))
    density = numpy.asarray(mp.MP2(field, frozen=frozen).run().make_rdm1(ao_repr=True))
    if spin:
        density = density[0] + density[1]
    s, u = numpy.linalg.eigh(mol.intor("int1e_ovlp_cart" if mol.cart else "int1e_ovlp_sph"))
    root, inverse = (u * s**0.5) @ u.T, (u / s**0.5) @ u.T
    occupations, vectors = numpy.linalg.eigh(root @ density @ root)
    occupations, orbitals = occupations[::-1], inverse @ vectors[:, ::-1]
    ncore = int((occupations > 2 - threshold).sum())
    norb = int((occupations >= threshold).sum()) - ncore
    restricted = scf.ROHF(mol).run() if spin else field
    return {
        **head(entry), "n_frozen_core": frozen, "threshold": threshold, "scf": field.e_tot,
        "occupations": occupations.tolist(), **casci(restricted, norb, mol.nelectron - 2 * ncore, orbitals),
    }


def valence(entry):
    _, atoms, charge, spin, file, targets, threshold = entry
    mol = molecule(atoms, charge, spin, file)
    field = converged((scf.ROHF if spin else scf.RHF)(mol))
    # The chemical core of these molecules (H to Ne) takes no part.
    core = sum(charge > 2 for charge in mol.atom_charges())
    norb, nelec, orbitals = avas.kernel(field, targets, threshold=threshold, minao="sto-3g", ncore=core, verbose=0)
    return {**head(entry), "targets": targets, "threshold": threshold, "scf": field.e_tot, **casci(field, norb, nelec, orbitals)}


result = {
    "program": f"PySCF {pyscf.__version__}", "bohr_in_angstrom": 0.52917721092, "units": "hartree, electrons",
    "natural": [natural(e) for e in NATURAL], "avas": [valence(e) for e in AVAS],
}  # fmt: skip
with open(target, "w") as out:
    json.dump(result, out, ensure_ascii=False, indent=1)
    out.write("\n")
