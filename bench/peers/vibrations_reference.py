"""Analytic Hessians and thermochemistry at tight Hartree-Fock/6-31G* minima: test/reference/vibrations.json.

    python bench/peers/vibrations_reference.py > test/reference/vibrations.json
"""

import json
import sys

import numpy as np
import pyscf
from pyscf import gto, scf
from pyscf.geomopt.geometric_solver import optimize
from pyscf.hessian import thermo

BASIS = "6-31g*"
TEMPERATURE, PRESSURE = 298.15, 1e5
TIGHT = dict(
    convergence_energy=1e-9,
    convergence_gmax=1e-6,
    convergence_grms=5e-7,
    convergence_dmax=2e-5,
    convergence_drms=1e-5,
)
# name, start in angstrom, charge, unpaired electrons
MOLECULES = [
    ("H2O", "O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469", 0, 0),
    ("CO2", "C 0 0 0; O 0 0 1.15; O 0 0 -1.15", 0, 0),
    ("NH3", "N 0 0 0.1; H 0.94 0 -0.27; H -0.47 0.81 -0.27; H -0.47 -0.81 -0.27", 0, 0),
    ("NH4+", "N 0 0 0; H 0.6 0.6 0.6; H -0.6 -0.6 0.6; H -0.6 0.6 -0.6; H 0.6 -0.6 -0.6", 1, 0),
    (
        "CH3OH",
        "C -0.05 0.66 0; O -0.05 -0.74 0; H -1.09 0.98 0; H 0.44 1.07 0.89; H 0.44 1.07 -0.89; H 0.87 -1.05 0",
        0,
        0,
    ),
    ("CH3", "C 0 0 0; H 1.07 0 0; H -0.535 0.93 0; H -0.535 -0.93 0", 0, 1),
]


def field(mol):
    mf = (scf.RHF if mol.spin == 0 else scf.UHF)(mol)
    mf.conv_tol = 1e-13
    mf.conv_tol_grad = 1e-9
    mf.verbose = 0
    return mf


def case(name, start, charge, unpaired):
    mol = gto.M(atom=start, charge=charge, spin=unpaired, basis=BASIS, cart=True, verbose=0)
    mol = optimize(field(mol), **TIGHT)
    mf = field(mol).run()
    analysis = thermo.harmonic_analysis(mol, mf.Hessian().kernel())
    waves = np.asarray(analysis["freq_wavenumber"], dtype=complex)
    terms = thermo.thermo(mf, analysis["freq_au"], TEMPERATURE, PRESSURE)
    return {
        "name": name,
        "charge": charge,
        "multiplicity": unpaired + 1,
        "symbols": [mol.atom_symbol(i) for i in range(mol.natm)],
        "coordinates_bohr": mol.atom_coords().round(8).ravel().tolist(),
        "energy_hartree": round(mf.e_tot, 10),
        "frequencies_per_cm": [round(w.real - abs(w.imag), 4) for w in waves],
        "symmetryNumber": int(terms["sym_number"][0]),
        "zeroPoint_hartree": round(terms["ZPE"][0], 9),
        "enthalpyTerms_hartree": round(terms["H_tot"][0] - mf.e_tot, 9),
        "gibbsTerms_hartree": round(terms["G_tot"][0] - mf.e_tot, 9),
    }


print(f"PySCF {pyscf.__version__}", file=sys.stderr)
json.dump(
    {
        "program": f"PySCF {pyscf.__version__}",
        "basis": BASIS,
        "temperature_kelvin": TEMPERATURE,
        "pressure_pascal": PRESSURE,
        "cases": [case(*molecule) for molecule in MOLECULES],
    },
    sys.stdout,
    indent=1,
)
