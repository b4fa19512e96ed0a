"""Numbers of properties by PySCF, written without the program's protocols: test/reference/protocols.json.

    python bench/peers/protocol_reference.py out.json

Hartree-Fock/6-31G* minima (Cartesian d), frozen-core MP2 there, vibrations at Hartree-Fock/STO-3G minima with frequencies times 0.93.
"""

import json
import sys

import numpy as np
import pyscf
from pyscf import gto, mp, scf
from pyscf.data.nist import BOLTZMANN, HARTREE2J
from pyscf.geomopt.geometric_solver import optimize
from pyscf.hessian import thermo

TIGHT = dict(convergence_energy=1e-9, convergence_gmax=1e-5, convergence_grms=5e-6, convergence_dmax=1e-4, convergence_drms=5e-5)
SCALE, TEMPERATURE, PRESSURE = 0.93, 298.15, 1e5
CORE = {"N": 1, "O": 1, "C": 1, "Li": 1, "Mg": 5}


def field(mol):
    mf = (scf.RHF if mol.spin == 0 else scf.UHF)(mol)
    mf.conv_tol, mf.conv_tol_grad, mf.verbose = 1e-12, 1e-8, 0
    return mf


def molecule(atoms, charge, spin, basis):
    return gto.M(atom=atoms, charge=charge, spin=spin, basis=basis, cart=True, verbose=0)


def minimum(atoms, charge=0, spin=0, basis="6-31g*"):
    if len(atoms) == 1:
        return atoms
    mol = optimize(field(molecule(atoms, charge, spin, basis)), **TIGHT)
    return [(mol.atom_symbol(i), tuple(mol.atom_coord(i, unit="Ang"))) for i in range(mol.natm)]


def energies(atoms, basis, charge=0, spin=0):
    mol = molecule(atoms, charge, spin, basis)
    mf = field(mol).run()
    core = sum(CORE.get(mol.atom_symbol(i), 0) for i in range(mol.natm))
    pt = (mp.MP2 if spin == 0 else mp.UMP2)(mf, frozen=core)
    has_pairs = mol.nelectron - 2 * core > 1
    return np.array([mf.e_tot, mf.e_tot + (pt.kernel()[0] if has_pairs else 0)])


def terms(atoms, charge=0, spin=0):
    mol = molecule(minimum(atoms, charge, spin, "sto-3g"), charge, spin, "sto-3g")
    mf = field(mol).run()
    waves = thermo.harmonic_analysis(mol, mf.Hessian().kernel())["freq_au"]
    found = thermo.thermo(mf, np.asarray(waves) * SCALE, TEMPERATURE, PRESSURE)
    return found["H_tot"][0] - mf.e_tot, found["G_tot"][0] - mf.e_tot


def proton():
    k_t = BOLTZMANN * TEMPERATURE / HARTREE2J
    mass = 1.007276 * 1822.888486
    q = (mass * k_t / (2 * np.pi)) ** 1.5 * k_t / (PRESSURE / 2.9421015697e13)
    return 2.5 * k_t, 2.5 * k_t - k_t * (np.log(q) + 2.5)


AMMONIA = [("N", (0, 0, 0.1)), ("H", (0.94, 0, -0.27)), ("H", (-0.47, 0.81, -0.27)), ("H", (-0.47, -0.81, -0.27))]
AMMONIUM = [("N", (0, 0, 0))] + [("H", (0.6 * a, 0.6 * b, 0.6 * a * b)) for a in (1, -1) for b in (1, -1)]
WATER = [("O", (0, 0, 0.117)), ("H", (0, 0.757, -0.469)), ("H", (0, -0.757, -0.469))]


def protonation(basis="6-31+g**"):
    neutral, ion = minimum(AMMONIA), minimum(AMMONIUM, 1)
    difference = energies(neutral, basis) - energies(ion, basis, 1)
    (h, g), (h_ion, g_ion), (h_proton, g_proton) = terms(neutral), terms(ion, 1), proton()
    return list(difference + h + h_proton - h_ion), list(difference + g + g_proton - g_ion)


def bound(probe, place, charge, basis):
    """The probe is put beside water, whose oxygen it is to find; what the parts pay to bend is in it."""
    alone, free = minimum(WATER), minimum(probe, charge)
    both = minimum(WATER + place, charge)
    ghost = lambda atoms, which: [("GHOST-" + s if i in which else s, xyz) for i, (s, xyz) in enumerate(atoms)]
    water, other = [0, 1, 2], list(range(3, len(both)))
    held = energies(ghost(both, other), basis) + energies(ghost(both, water), basis, charge) - energies(both, basis, charge)
    bent = energies(both[:3], basis) - energies(alone, basis)
    if len(probe) > 1:
        bent = bent + energies(both[3:], basis, charge) - energies(free, basis, charge)
    return list(held - bent)


def ion(symbol, charge, distance, basis="6-31+g*"):
    return bound([(symbol, (0, 0, 0))], [(symbol, (0, 0, distance))], charge, basis)


def dimer(basis="6-31+g**"):
    return bound(WATER, [("O", (0.3, 0, 3.02)), ("H", (0.3, 0, 2.05)), ("H", (1.23, 0, 3.25))], 0, basis)


def bond(basis="6-31+g**"):
    hydroxyl = minimum(WATER[:2], 0, 1)
    parts = energies(hydroxyl, basis, 0, 1) + energies([("H", (0, 0, 0))], basis, 0, 1)
    return list(parts - energies(minimum(WATER), basis))


def ionisation(basis="6-31+g**"):
    return list(energies(minimum(WATER, 1, 1), basis, 1, 1) - energies(minimum(WATER), basis))


if __name__ == "__main__":
    affinity, basicity = protonation()
    cases = [
        ("proton-affinity", "N", "6-31+g**", affinity),
        ("gas-phase-basicity", "N", "6-31+g**", basicity),
        ("lithium-affinity", "O", "6-31+g*", ion("Li", 1, 1.97)),
        ("magnesium-affinity", "O", "6-31+g*", ion("Mg", 2, 2.1)),
        ("water-affinity", "O", "6-31+g**", dimer()),
        ("bond-dissociation-energy", "O", "6-31+g**", bond()),
        ("adiabatic-ionisation-energy", "O", "6-31+g**", ionisation()),
    ]
    with open(sys.argv[1], "w") as out:
        json.dump(
            {
                "program": f"PySCF {pyscf.__version__}",
                "cases": [
                    {"property": p, "smiles": s, "basis": b, "hartreeFock_hartree": round(v[0], 8), "mp2_hartree": round(v[1], 8)}
                    for p, s, b, v in cases
                ],
            },
            out,
            indent=1,
        )
