"""Harmonic frequencies and thermal terms of isotopologues, at the minima of test/reference/vibrations.json, from analytic Hessians.

    python bench/peers/isotopes_reference.py > test/reference/isotopes.json

Masses of isotopes are those of NIST (Wang et al., doi:10.1088/1674-1137/36/12/003); other atoms have their atomic weights.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pyscf
from pyscf import gto, scf
from pyscf.hessian import thermo

MINIMA = {
    case["name"]: case
    for case in json.loads(Path("test/reference/vibrations.json").read_text())["cases"]
}
MASSES = {"2H": 2.01410177812, "3H": 3.0160492779, "13C": 13.00335483507, "18O": 17.99915961286, "15N": 15.00010889888}
# name, molecule, isotope of each atom from 1, symmetry number
CASES = [
    ("HDO", "H2O", {2: "2H"}, 1),
    ("D2O", "H2O", {2: "2H", 3: "2H"}, 2),
    ("HTO", "H2O", {3: "3H"}, 1),
    ("13CO2", "CO2", {1: "13C"}, 2),
    ("OC18O", "CO2", {2: "18O"}, 1),
    ("15NH2D", "NH3", {1: "15N", 2: "2H"}, 1),
]


def case(name, molecule, isotopes, symmetry):
    minimum = MINIMA[molecule]
    xyz = np.reshape(minimum["coordinates_bohr"], (-1, 3))
    mol = gto.M(
        atom=list(zip(minimum["symbols"], xyz)),
        unit="bohr",
        basis="6-31g*",
        cart=True,
        charge=minimum["charge"],
        verbose=0,
    )
    mf = scf.RHF(mol)
    mf.conv_tol = 1e-13
    mf.kernel()
    hessian = mf.Hessian().kernel()
    masses = mol.atom_mass_list(isotope_avg=True)
    for atom, isotope in isotopes.items():
        masses[atom - 1] = MASSES[isotope]
    mol.atom_mass_list = lambda isotope_avg=False: masses
    analysis = thermo.harmonic_analysis(mol, hessian)
    waves = np.asarray(analysis["freq_wavenumber"], dtype=complex)
    assert np.allclose(waves.imag, 0)
    terms = thermo.thermo(mf, analysis["freq_au"], minimum.get("temperature", 298.15), 1e5)
    number = terms["sym_number"][0] if "sym_number" in terms else None
    gibbs = terms["G_tot"][0] - mf.e_tot
    # what this program counts as turns, in place of the element's point group
    boltzmann = 3.1668115634564e-6
    if number is not None:
        gibbs += boltzmann * 298.15 * (np.log(symmetry) - np.log(number))
    print(name, number, sorted(waves.real), file=sys.stderr)
    return {
        "name": name,
        "molecule": molecule,
        "isotopes": [{"atom": atom - 1, "massNumber": int("".join(c for c in isotope if c.isdigit()))} for atom, isotope in isotopes.items()],
        "frequencies_per_cm": sorted(round(float(w), 4) for w in waves.real),
        "symmetryNumber": symmetry,
        "zeroPoint_hartree": round(float(terms["ZPE"][0]), 9),
        "enthalpyTerms_hartree": round(float(terms["H_tot"][0] - mf.e_tot), 9),
        "gibbsTerms_hartree": round(float(gibbs), 9),
    }


print(json.dumps({"program": f"PySCF {pyscf.__version__}", "basis": "6-31g*", "cases": [case(*one) for one in CASES]}, indent=1))
