"""Computes test/reference/kohn_sham_gradients.json with PySCF: python kohn_sham_gradients.py resources/basis out.json.

Gradients of Kohn-Sham energies on 200 spheres of 1454 points an atom, none left out, with the response of the grid.
"""

import json
import sys

import pyscf
from pyscf import dft, gto

folder, target = sys.argv[1:3]

WATER = [("O", 0, 0.1, 0.02), ("H", 0.05, 0.88, 0.6), ("H", 0, -0.64, 0.55)]
AMINO = [("N", 0, 0, 0.1), ("H", 0.05, 0.85, 0.62), ("H", -0.03, -0.79, 0.71)]
MOLECULES = [("water", WATER, 0), ("amino radical", AMINO, 1)]
FUNCTIONALS = {"svwn5": "LDA,VWN5", "pbe": "PBE,PBE", "pbe0": "PBE0", "b3lyp": "B3LYP", "r2scan": "R2SCAN,R2SCAN"}
BASIS = "6-31g"


def read(elements):
    data = json.load(open(f"{folder}/{BASIS}.json"))["elements"]
    return {symbol: [[s["l"], *zip(s["exponents"], s["coefficients"])] for s in data[symbol]] for symbol in elements}


def entry(name, atoms, spin, functional):
    mol = gto.M(atom=[(s, r) for s, *r in atoms], basis=read({s for s, *_ in atoms}), spin=spin, verbose=0)
    field = (dft.UKS if spin else dft.RKS)(mol, xc=FUNCTIONALS[functional])
    field.grids.atom_grid, field.grids.prune = (200, 1454), None
    field.small_rho_cutoff = 0
    field.conv_tol, field.conv_tol_grad = 1e-11, 1e-7
    energy = field.kernel()
    assert field.converged, name
    gradient = field.nuc_grad_method()
    gradient.grid_response = True
    slopes = gradient.kernel()
    print(name, functional, energy, abs(slopes.sum(0)).max(), flush=True)
    return {
        "id": f"{name} {functional}", "functional": functional, "geometry_angstrom": atoms, "charge": 0, "multiplicity": spin + 1,
        "basis": BASIS, "energy": round(float(energy), 9), "gradient": [round(float(x), 8) for x in slopes.ravel()],
    }


entries = [entry(*m, f) for m in MOLECULES for f in FUNCTIONALS]
head = {
    "program": f"PySCF {pyscf.__version__} on libxc {dft.libxc.__version__}", "bohr_in_angstrom": 0.52917721092,
    "units": "hartree, hartree/bohr",
}
with open(target, "w") as out:
    out.write(json.dumps(head)[:-1] + ', "entries": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]}\n")
