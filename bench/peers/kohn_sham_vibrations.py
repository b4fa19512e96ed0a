"""Analytic Hessians and thermochemistry at minima of density functionals in 6-31G*: test/reference/kohn_sham_vibrations.json.

    python bench/peers/kohn_sham_vibrations.py [NAME ...] > test/reference/kohn_sham_vibrations.json
"""

import json
import sys

import numpy as np
import pyscf
from pyscf import dft, gto
from pyscf.hessian import thermo
from scipy.optimize import minimize

BASIS = "6-31g*"
TEMPERATURE, PRESSURE = 298.15, 1e5
# start in angstrom, unpaired electrons, functional
MOLECULES = {
    "H2O": ("O 0 0 0.125; H 0 0.762 -0.473; H 0 -0.762 -0.473", 0, "b3lyp"),
    "CH3": ("C 0 0 0; H 1.09 0 0; H -0.545 0.944 0; H -0.545 -0.944 0", 1, "pbe"),
}
LIBXC = {"b3lyp": "b3lyp", "pbe": "pbe,pbe"}


def field(mol, functional):
    mf = (dft.RKS if mol.spin == 0 else dft.UKS)(mol, xc=LIBXC[functional])
    mf.grids.level = 5
    mf.small_rho_cutoff = 0
    mf.conv_tol, mf.conv_tol_grad = 1e-12, 1e-8
    return mf


def minimum(mol, functional):
    """In bohr, by BFGS on gradients with the response of the grid."""

    def energy_and_gradient(x):
        mf = field(mol.copy().set_geom_(x.reshape(-1, 3), unit="bohr"), functional)
        energy = mf.kernel()
        gradient = mf.nuc_grad_method()
        gradient.grid_response = True
        return energy, gradient.kernel().ravel()

    found = minimize(energy_and_gradient, mol.atom_coords().ravel(), jac=True, method="BFGS", options={"gtol": 2e-6})
    print(found.message, found.fun, abs(found.jac).max(), found.nit, file=sys.stderr, flush=True)
    return mol.copy().set_geom_(found.x.reshape(-1, 3), unit="bohr")


def case(name):
    start, unpaired, functional = MOLECULES[name]
    mol = minimum(gto.M(atom=start, spin=unpaired, basis=BASIS, cart=True, verbose=0), functional)
    mf = field(mol, functional)
    mf.kernel()
    analysis = thermo.harmonic_analysis(mol, mf.Hessian().kernel())
    waves = np.asarray(analysis["freq_wavenumber"], dtype=complex)
    terms = thermo.thermo(mf, analysis["freq_au"], TEMPERATURE, PRESSURE)
    return {
        "name": name,
        "functional": functional,
        "charge": 0,
        "multiplicity": unpaired + 1,
        "symbols": [mol.atom_symbol(i) for i in range(mol.natm)],
        "coordinates_bohr": mol.atom_coords().round(8).ravel().tolist(),
        "energy_hartree": round(mf.e_tot, 9),
        "frequencies_per_cm": [round(w.real - abs(w.imag), 3) for w in waves],
        "symmetryNumber": int(terms["sym_number"][0]),
        "zeroPoint_hartree": round(terms["ZPE"][0], 9),
        "enthalpyTerms_hartree": round(terms["H_tot"][0] - mf.e_tot, 9),
        "gibbsTerms_hartree": round(terms["G_tot"][0] - mf.e_tot, 9),
    }


json.dump(
    {
        "program": f"PySCF {pyscf.__version__} on libxc {dft.libxc.__version__}",
        "basis": BASIS,
        "temperature_kelvin": TEMPERATURE,
        "pressure_pascal": PRESSURE,
        "cases": [case(name) for name in sys.argv[1:] or MOLECULES],
    },
    sys.stdout,
    indent=1,
)
