"""MP2 with fitted integrals on fields with fitted densities, both in def2-universal-JKFIT: test/reference/fitted_mp2.json.

    python bench/peers/fitted_mp2_reference.py resources/basis > test/reference/fitted_mp2.json
"""

import json
import sys

import pyscf
from pyscf import gto, mp, scf
from pyscf.df import DF

folder = sys.argv[1]
WATER = [["O", 0, 0, 0.1173], ["H", 0, 0.7572, -0.4692], ["H", 0, -0.7572, -0.4692]]
ETHANOL = [
    ["C", 1.1879, -0.3829, 0.0], ["C", 0.0, 0.5526, 0.0], ["O", -1.1867, -0.2472, 0.0], ["H", -1.9237, 0.385, 0.0],
    ["H", 2.0985, 0.2306, 0.0], ["H", 1.1184, -1.0093, 0.8869], ["H", 1.1184, -1.0093, -0.8869],
    ["H", -0.0227, 1.1812, 0.8852], ["H", -0.0227, 1.1812, -0.8852],
]
METHYL = [["C", 0, 0, 0], ["H", 1.07, 0, 0], ["H", -0.535, 0.9266, 0], ["H", -0.535, -0.9266, 0]]
# pure functions only, since PySCF gives both sets the same kind of functions: id, atoms, charge, unpaired electrons, basis, frozen core orbitals
CASES = [
    ("water cc-pVDZ", WATER, 0, 0, "cc-pvdz", 0),
    ("water def2-SVP, core frozen", WATER, 0, 0, "def2-svp", 1),
    ("ethanol 6-31G, core frozen", ETHANOL, 0, 0, "6-31g", 3),
    ("methyl cc-pVDZ, core frozen", METHYL, 0, 1, "cc-pvdz", 1),
]


def shells(data):
    return [[s["l"], *[[a, c] for a, c in zip(s["exponents"], s["coefficients"])]] for s in data]


def read(file, atoms):
    data = json.load(open(f"{folder}/{file}.json"))["elements"]
    return {symbol: shells(data[symbol]) for symbol in {symbol for symbol, *_ in atoms}}


def case(name, atoms, charge, unpaired, basis, frozen):
    auxiliary = read("def2-universal-jkfit", atoms)
    mol = gto.M(atom=[(s, r) for s, *r in atoms], charge=charge, spin=unpaired, basis=read(basis, atoms), verbose=0)
    mf = (scf.UHF if unpaired else scf.RHF)(mol).density_fit(auxbasis=auxiliary)
    mf.conv_tol = 1e-12
    mf.conv_tol_grad = 1e-9
    mf.kernel()
    assert mf.converged
    if unpaired:
        from pyscf.mp.dfump2 import DFUMP2

        correlated = DFUMP2(mf, frozen=frozen or None)
        correlated.with_df = DF(mol, auxbasis=auxiliary)
    else:
        from pyscf.mp.dfmp2 import DFMP2

        correlated = DFMP2(mf, frozen=frozen or None)
        correlated.with_df = DF(mol, auxbasis=auxiliary)
    correlated.kernel()
    exact = (mp.UMP2 if unpaired else mp.MP2)((scf.UHF if unpaired else scf.RHF)(mol).run(conv_tol=1e-12), frozen=frozen or None).run()
    print(name, correlated.e_corr, exact.e_corr, file=sys.stderr)
    return {
        "id": name,
        "geometry_angstrom": atoms,
        "charge": charge,
        "multiplicity": unpaired + 1,
        "basis": basis,
        "n_frozen_core": frozen,
        "energy": round(float(mf.e_tot), 10),
        "correlation": round(float(correlated.e_corr), 10),
        "exact_correlation": round(float(exact.e_corr), 10),
    }


json.dump({"program": f"PySCF {pyscf.__version__}", "entries": [case(*one) for one in CASES]}, sys.stdout, indent=1)
