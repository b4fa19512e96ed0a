"""Energies of a large space within a given error: PySCF's selected CI, and DMRG in block2."""

import shutil
import tempfile

from pyscf import fci, lib, mcscf, scf

from molecule import molecule

# Of its strings, from coarse to fine: selection and coefficients, as its authors couple them.
CUTOFFS = [3e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5]
BOND_DIMENSIONS = [100, 200, 300, 400, 600, 800]
# After a run of so many seconds of the processor none is begun that is larger.
MOST_SECONDS = 60


def is_last(task, parts, energy):
    return abs(energy - task["exact_hartree"]) <= task["error_hartree"] or parts.list[-1]["cpu"] > 1e3 * MOST_SECONDS


def by_pyscf(task, parts):
    field = scf.RHF(molecule(task)).run(conv_tol=1e-11)
    cas = mcscf.CASCI(field, task["space"]["norb"], task["space"]["nelec"])
    (h1, core), h2 = cas.get_h1eff(), cas.get_h2eff()
    for cutoff in CUTOFFS:
        solver = fci.selected_ci.SCI(field.mol)
        solver.select_cutoff = solver.ci_coeff_cutoff = cutoff
        solver.max_cycle = 100
        energy, _ = parts.time(
            f"cutoff {cutoff}",
            lambda: solver.kernel(h1, h2, cas.ncas, cas.nelecas, ecore=core),
            lambda found: (found[0], f"{found[1].size} determinants: {found[0] - task['exact_hartree']:.1e}"),
        )
        if is_last(task, parts, energy):
            return


def by_block2(task, parts, threads):
    from pyblock2._pyscf.ao2mo import integrals
    from pyblock2.driver.core import DMRGDriver, SymmetryTypes

    field = scf.RHF(molecule(task, symmetry="d2h")).run(conv_tol=1e-11)
    norb, nelec = task["space"]["norb"], task["space"]["nelec"]
    found = integrals.get_rhf_integrals(field, (field.mol.nelectron - nelec) // 2, norb, g2e_symm=8)
    ncas, electrons, spin, core, h1, h2, symmetries = found
    for bond_dimension in BOND_DIMENSIONS:
        scratch = tempfile.mkdtemp()
        driver = DMRGDriver(scratch=scratch, symm_type=SymmetryTypes.SU2, n_threads=threads, stack_mem=2 << 30)

        def solve():
            driver.initialize_system(ncas, electrons, spin, orb_sym=symmetries)
            hamiltonian = driver.get_qc_mpo(h1e=h1, g2e=h2, ecore=core, reorder="fiedler", iprint=0)
            first = min(bond_dimension, 250)
            state = driver.get_random_mps(tag="KET", bond_dim=first, nroots=1)
            return driver.dmrg(
                hamiltonian, state, n_sweeps=20, tol=1e-6, iprint=0,
                bond_dims=[first] * 4 + [bond_dimension] * 4, noises=[1e-4] * 4 + [1e-5] * 4 + [0], thrds=[1e-10] * 8,
            )  # fmt: skip

        try:
            energy = parts.time(
                f"bond dimension {bond_dimension}", solve, lambda e: (e, f"{e - task['exact_hartree']:.1e}")
            )
        finally:
            shutil.rmtree(scratch)
        if is_last(task, parts, energy):
            return


def selected(task, parts, threads, program):
    lib.num_threads(threads)
    if program == "block2":
        by_block2(task, parts, threads)
    else:
        by_pyscf(task, parts)
