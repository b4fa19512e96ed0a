"""Tasks of several determinants in PySCF."""

import numpy
from pyscf import fci, lib, mcscf, mrpt, scf
from pyscf.mcscf import avas

from molecule import molecule

THRESHOLD = 0.2


def space_of(task, threads):
    """The field, and core, active and empty orbitals; in no time."""
    lib.num_threads(threads)
    field = scf.RHF(molecule(task)).run()
    assert field.converged
    norb, nelec = task["space"]["norb"], task["space"]["nelec"]
    if not task.get("targets"):
        return field, norb, nelec, field.mo_coeff
    found = avas.kernel(field, task["targets"], threshold=THRESHOLD, minao="sto-3g", verbose=0)
    assert (found[0], found[1]) == (norb, nelec), found[:2]
    return field, norb, nelec, found[2]


def core_energy(cas, eris, orbitals):
    core = orbitals[:, : cas.ncore]
    h = numpy.einsum("pi,pq,qi->", core, cas.get_hcore(), core)
    return cas.energy_nuc() + 2 * h + numpy.trace(eris.vhf_c[: cas.ncore, : cas.ncore])


def casscf(task, parts, threads, program):
    field, norb, nelec, orbitals = space_of(task, threads)
    cas = mcscf.CASSCF(field, norb, nelec)
    # About as far as this program goes.
    cas.conv_tol, cas.conv_tol_grad, cas.fcisolver.conv_tol = 1e-9, 1e-5, 1e-10
    parts.time("transformation", lambda: cas.ao2mo(orbitals), lambda eris: (core_energy(cas, eris, orbitals), ""))
    iterations = []
    cas.callback = lambda variables: iterations.append((variables["imacro"], variables["totmicro"]))
    parts.time(
        "CASSCF",
        lambda: cas.kernel(orbitals),
        lambda found: (found[0], f"{iterations[-1][0]} macro-, {iterations[-1][1]} microiterations"),
    )
    assert cas.converged
    parts.time("NEVPT2", lambda: mrpt.NEVPT(cas).kernel(), lambda energy: (energy, ""))


def spins(task, parts, threads, program):
    field, norb, nelec, orbitals = space_of(task, threads)
    cas = mcscf.CASCI(field, norb, nelec)
    integrals = lambda: (*cas.get_h1eff(orbitals), cas.get_h2eff(orbitals))  # noqa: E731
    h1, core, h2 = parts.time("integrals", integrals, lambda found: (found[1], ""))
    for multiplicity in task["multiplicities"]:
        unpaired = multiplicity - 1
        solver = fci.solver(field.mol, singlet=multiplicity == 1)
        fci.addons.fix_spin_(solver, ss=unpaired * (unpaired + 2) / 4)
        electrons = ((nelec + unpaired) // 2, (nelec - unpaired) // 2)
        found = parts.time(
            f"2S + 1 = {multiplicity}",
            lambda: solver.kernel(h1, h2, norb, electrons, ecore=core),
            lambda found: (found[0], f"{numpy.size(found[1])} determinants"),
        )
        assert solver.converged
        assert abs(solver.spin_square(found[1], norb, electrons)[1] - multiplicity) < 1e-3
