"""Computes test/reference/solvent_fields.json with PySCF: python solvent_reference.py resources/basis out.json.

C-PCM and COSMO on one surface (SWIG, 302 points a sphere, 1.2 x Bondi): ions, radicals, Kohn-Sham, gradients, and MP2 and CASCI in the
reaction field of the Hartree-Fock density as it is.
"""

import json
import sys

import numpy
import pyscf
from pyscf import dft, gto, mcscf, mp, scf
from pyscf.solvent import pcm

folder, target = sys.argv[1:3]
BOHR = 0.52917721092
# Bondi, Angstrom
RADII = {"H": 1.2, "Li": 1.82, "C": 1.7, "N": 1.55, "O": 1.52, "F": 1.47, "S": 1.8, "Cl": 1.75}

WATER = [("O", 0, 0, 0.1173), ("H", 0, 0.7572, -0.4692), ("H", 0, -0.7572, -0.4692)]
FORMALDEHYDE = [("O", 0, 0, 1.205), ("C", 0, 0, 0), ("H", 0, 0.9429, -0.5876), ("H", 0.05, -0.9429, -0.5876)]
AMINO = [("N", 0, 0, 0.1418), ("H", 0, 0.8031, -0.4964), ("H", 0, -0.8031, -0.4964)]
AMMONIA_CATION = [("N", 0, 0, 0.05), ("H", 0, 1.02, 0), ("H", 0.88, -0.51, 0), ("H", -0.88, -0.51, 0)]
DIOXIDE = [("C", 0, 0, 0), ("O", 0, 1.14, 0.47), ("O", 0.02, -1.14, 0.47)]
CHLOROMETHANE = [("Cl", 0, 0, 1.79), ("C", 0, 0, 0), ("H", 1.03, 0, -0.34), ("H", -0.515, 0.892, -0.34), ("H", -0.515, -0.892, -0.34)]

# id, atoms, charge, spin, basis file, functional, model, permittivity, what else
ENTRIES = [
    ("water def2-SVP", WATER, 0, 0, "def2-svp", None, "C-PCM", 78.3553, ["gradient", "mp2", "casci"]),
    ("water 6-31G*, COSMO", WATER, 0, 0, "6-31gs", None, "COSMO", 4.7113, ["gradient"]),
    ("formaldehyde 6-31G", FORMALDEHYDE, 0, 0, "6-31g", None, "C-PCM", 35.688, ["gradient", "mp2", "casci"]),
    ("amino radical 6-31G*", AMINO, 0, 1, "6-31gs", None, "C-PCM", 46.826, ["gradient", "mp2"]),
    ("ammonia cation 6-31G*", AMMONIA_CATION, 1, 1, "6-31gs", None, "C-PCM", 7.4257, ["gradient"]),
    ("carbon dioxide anion 6-31G", DIOXIDE, -1, 1, "6-31g", None, "C-PCM", 35.688, []),
    ("chloromethane 6-31G*", CHLOROMETHANE, 0, 0, "6-31gs", None, "C-PCM", 2.3741, ["gradient"]),
    ("ammonia cation 6-31G*, PBE0", AMMONIA_CATION, 1, 1, "6-31gs", "PBE0", "C-PCM", 35.688, []),
    ("formaldehyde 6-31G, PBE", FORMALDEHYDE, 0, 0, "6-31g", "PBE,PBE", "C-PCM", 78.3553, []),
]


def molecule(atoms, charge, spin, file):
    data = json.load(open(f"{folder}/{file}.json"))
    basis = {s: [[x["l"], *zip(x["exponents"], x["coefficients"])] for x in data["elements"][s]] for s, *_ in atoms}
    return gto.M(
        atom=[(s, r) for s, *r in atoms], basis=basis, charge=charge, spin=spin, cart=data["functions"] == "cartesian", verbose=0
    )


def field_of(mol, functional):
    if functional is None:
        return (scf.UHF if mol.spin else scf.RHF)(mol)
    field = (dft.UKS if mol.spin else dft.RKS)(mol, xc=functional)
    field.grids.level = 5
    field.small_rho_cutoff = 0
    return field


def converged(field):
    field.conv_tol, field.conv_tol_grad, field.max_cycle = 1e-12, 1e-8, 300
    field.kernel()
    assert field.converged
    return field


def in_solvent(mol, functional, model, permittivity):
    continuum = pcm.PCM(mol)
    continuum.method, continuum.eps, continuum.lebedev_order = model, permittivity, 29
    table = numpy.zeros(119)
    for symbol, radius in RADII.items():
        table[gto.charge(symbol)] = 1.2 * radius / BOHR
    continuum.radii_table = table
    return converged(pcm.pcm_for_scf(field_of(mol, functional), continuum))


def fixed_casci(mol, field):
    """(4e,4o) with the potential of the converged charges in the core Hamiltonian."""
    density = field.make_rdm1()
    energy, potential = field.with_solvent.kernel(density)
    plain = scf.RHF(mol)
    core = plain.get_hcore() + potential
    constant = plain.energy_nuc() + energy - numpy.einsum("ij,ji", potential, density)
    plain.get_hcore = lambda *_: core
    plain.energy_nuc = lambda *_: constant
    plain.mo_coeff, plain.mo_occ, plain.mo_energy = field.mo_coeff, field.mo_occ, field.mo_energy
    plain.e_tot = plain.energy_tot(density)
    assert abs(plain.e_tot - field.e_tot) < 1e-9
    cas = mcscf.CASCI(plain, 4, 4)
    cas.fcisolver.conv_tol = 1e-12
    return float(cas.kernel()[0])


def entry(name, atoms, charge, spin, file, functional, model, permittivity, wanted):
    mol = molecule(atoms, charge, spin, file)
    field = in_solvent(mol, functional, model, permittivity)
    result = {
        "id": name, "geometry_angstrom": atoms, "charge": charge, "multiplicity": spin + 1, "basis": file, "functional": functional,
        "model": model, "dielectric": permittivity, "n_basis_functions": int(mol.nao), "points": len(field.with_solvent.surface["grid_coords"]),
        "energy": float(field.e_tot), "gas_phase": float(converged(field_of(mol, functional)).e_tot), "term": float(field.with_solvent.e),
    }
    if "mp2" in wanted:
        field.with_solvent.frozen = True
        plain = (mp.ump2.UMP2 if spin else mp.mp2.MP2)(field)
        energy = plain.kernel(mo_energy=field.mo_energy, mo_coeff=field.mo_coeff)[0]
        field.with_solvent.frozen = False
        result["mp2_correlation"] = float(energy)
    if "casci" in wanted:
        result["casci"] = fixed_casci(mol, field)
    if "gradient" in wanted:
        result["gradient"] = numpy.asarray(field.nuc_grad_method().kernel()).tolist()
    print(name, result["energy"], result["energy"] - result["gas_phase"], flush=True)
    return result


entries = [entry(*e) for e in ENTRIES]
head = {"program": f"PySCF {pyscf.__version__}", "bohr_in_angstrom": BOHR, "units": "hartree, bohr"}
with open(target, "w") as out:
    out.write(json.dumps(head)[:-1] + ', "entries": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]}\n")
