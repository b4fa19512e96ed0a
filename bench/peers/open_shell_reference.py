"""Open shells beside a closed one by UHF and UMP2 (PySCF): test/reference/open_shells.json.

    python bench/peers/open_shell_reference.py > test/reference/open_shells.json

Each start is the RHF orbitals with a hole, or with an electron moved, kept by maximum overlap; the core is not correlated.
"""
import json

import numpy as np
import pyscf
from pyscf import gto, mp, scf

MOLECULES = {
    "water": ("O 0 0 0.117; H 0 0.757 -0.469; H 0 -0.757 -0.469", 1),
    "formaldehyde": ("C 0 0 -0.5296; O 0 0 0.6716; H 0 0.9372 -1.1246; H 0 -0.9372 -1.1246", 2),
}
# Its second hole, in a combination of both lone pairs, is a saddle point of UHF.
PYRAZINE = (
    "N 0 0 1.396; N 0 0 -1.396; C 0 1.13 0.697; C 0 -1.13 0.697; C 0 1.13 -0.697; C 0 -1.13 -0.697; "
    "H 0 2.06 1.25; H 0 -2.06 1.25; H 0 2.06 -1.25; H 0 -2.06 -1.25",
    6,
)
BASIS = "6-31g"


def solution(mol, rhf, charge, spin, occupations, frozen):
    open_shell = mol.copy()
    open_shell.charge, open_shell.spin = charge, spin
    open_shell.build(False, False)
    orbitals = (rhf.mo_coeff, rhf.mo_coeff)
    uhf = scf.UHF(open_shell)
    uhf.conv_tol, uhf.max_cycle = 1e-12, 300
    start = uhf.make_rdm1(orbitals, occupations)
    uhf = scf.addons.mom_occ(uhf, orbitals, occupations)
    uhf.kernel(start)
    assert uhf.converged
    ump2 = mp.UMP2(uhf, frozen=frozen).run()
    return {
        "uhf_hartree": uhf.e_tot,
        "ump2_hartree": ump2.e_tot,
        "spinSquare": uhf.spin_square()[0],
        "spinSquareChange": spin_square_change(uhf, ump2.t2[1], frozen),
    }


def spin_square_change(uhf, amplitudes, frozen):
    """What the doubles add to <S2>, to first order: 2 <first order|S2|determinant>."""
    (alpha, beta), (n_alpha, n_beta) = uhf.mo_coeff, uhf.mol.nelec
    overlap = alpha.T @ uhf.get_ovlp() @ beta
    empty_occupied = overlap[n_alpha:, frozen:n_beta]
    occupied_empty = overlap[frozen:n_alpha, n_beta:]
    return -2 * float(np.einsum("ijab,aj,ib->", amplitudes, empty_occupied, occupied_empty))


def entry(name, atoms, frozen, moves=((0, 0), (1, 0), (0, 1))):
    mol = gto.M(atom=atoms, basis=BASIS, cart=True, verbose=0)
    rhf = scf.RHF(mol).run(conv_tol=1e-12)
    occupied = mol.nelectron // 2
    closed = np.zeros((2, len(rhf.mo_occ)))
    closed[:, :occupied] = 1

    def changed(hole, electron=None):
        occupations = closed.copy()
        occupations[1, occupied - 1 - hole] = 0
        if electron is not None:
            occupations[0, occupied + electron] = 1
        return occupations

    holes = [solution(mol, rhf, 1, 1, changed(k), frozen) for k in range(3)]
    pairs = [solution(mol, rhf, 0, 2, changed(*move), frozen) for move in moves]
    return {
        "name": name,
        "atoms": atoms,
        "basis": BASIS,
        "nFrozenCore": frozen,
        "mp2_hartree": mp.MP2(rhf, frozen=frozen).run().e_tot,
        "holes": holes,
        "pairs": pairs,
    }


entries = [entry(name, *what) for name, what in MOLECULES.items()]
saddle = entry("pyrazine", *PYRAZINE, moves=())
print(json.dumps({"program": f"PySCF {pyscf.__version__}", "entries": entries, "saddle": saddle}, indent=1))
