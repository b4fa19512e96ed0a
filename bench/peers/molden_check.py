"""Reads a Molden file with PySCF and prints what its orbitals give: molden_check.py FILE [CHARGE]

The largest deviation of C^T S C from 1, the electrons, the dipole (debye, about the origin) and the energy of the
determinant that the occupations fill; of fractional ones the CASCI energy in the orbitals that they part fill.
"""

import sys

import numpy
from pyscf import mcscf, scf
from pyscf.tools import molden

PARTLY = 1e-8

mol, energies, orbitals, occupations, _, _ = molden.load(sys.argv[1])
mol.charge = int(sys.argv[2]) if len(sys.argv) > 2 else 0
sets = orbitals if isinstance(occupations, tuple) else (orbitals,)
filled = occupations if isinstance(occupations, tuple) else (occupations,)
overlap = mol.intor("int1e_ovlp")
identity = max(abs(c.T @ overlap @ c - numpy.eye(c.shape[1])).max() for c in sets)
density = sum((c * n) @ c.T for c, n in zip(sets, filled))
print(f"deviation from orthonormal {identity:.1e}, electrons {sum(n.sum() for n in filled):.10f}")
print("dipole", scf.hf.dip_moment(mol, density, verbose=0))
active = (filled[0] > PARTLY) & (filled[0] < 2 - PARTLY) & (abs(filled[0] - 1) > PARTLY)
if active.any():
    electrons = round(filled[0][active].sum())
    mf = scf.RHF(mol)
    ci = mcscf.CASCI(mf, int(active.sum()), electrons)
    ci.canonicalization = False
    ci.verbose = 0
    print(f"CASCI energy {ci.kernel(orbitals)[0]:.10f}, natural occupations {filled[0][active]}")
    gamma = ci.fcisolver.make_rdm1(ci.ci, ci.ncas, ci.nelecas)
    print(f"its density matrix less the occupations {abs(gamma - numpy.diag(filled[0][active])).max():.1e}")
else:
    if len(sets) == 2:
        pair = [(c * n) @ c.T for c, n in zip(sets, filled)]
    else:
        pair = [(orbitals * (occupations > level)) @ orbitals.T for level in (0.5, 1.5)]
    mol.spin = round(numpy.trace((pair[0] - pair[1]) @ overlap))
    print(f"energy of the determinant {scf.UHF(mol).energy_tot(numpy.array(pair)):.10f}")
