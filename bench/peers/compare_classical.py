"""Tasks of one determinant in PySCF."""

import numpy
from pyscf import dft, gto, lib, scf
from pyscf.hessian import thermo
from pyscf.mp.dfmp2 import DFMP2
from pyscf.solvent import pcm

from molecule import molecule

FUNCTIONALS = {"r2scan": "R2SCAN,R2SCAN"}
AUXILIARY = "def2-universal-jkfit"
BOHR = 0.52917721092
# Bondi, Angstrom, as in src/core/quantum/molecule/cavity.ts
RADII = {"H": 1.2, "C": 1.7, "N": 1.55, "O": 1.52}


def in_solvent(field, permittivity):
    """C-PCM on the surface of this program: 302 points on spheres of 1.2 radii."""
    continuum = pcm.PCM(field.mol)
    continuum.method, continuum.eps, continuum.lebedev_order = "C-PCM", permittivity, 29
    table = numpy.zeros(119)
    for symbol, radius in RADII.items():
        table[gto.charge(symbol)] = 1.2 * radius / BOHR
    continuum.radii_table = table
    return pcm.pcm_for_scf(field, continuum)


def timed_field(parts, make):
    """`make` gives a field that has not been converged."""
    field = parts.time("field", lambda: make().run(), lambda found: (found.e_tot, f"{found.cycles} iterations"))
    assert field.converged
    return field


def field(task, parts, threads, program):
    lib.num_threads(threads)
    functional = task.get("functional")

    def make():
        mol = molecule(task)
        plain = dft.RKS(mol, xc=FUNCTIONALS.get(functional, functional)) if functional else scf.RHF(mol)
        return in_solvent(plain, task["dielectric"]) if "dielectric" in task else plain

    found = timed_field(parts, make)
    parts.time("gradient", lambda: found.nuc_grad_method().kernel(), lambda _: (None, ""))


def fitted_mp2(task, parts, threads, program):
    lib.num_threads(threads)
    found = timed_field(parts, lambda: scf.RHF(molecule(task)).density_fit(auxbasis=AUXILIARY))

    def correlated():
        mp2 = DFMP2(found, frozen=task["nFrozenCore"] or None)
        mp2.with_df = found.with_df
        return mp2.kernel()[0]

    parts.time("MP2", correlated, lambda energy: (energy, ""))


def vibrations(task, parts, threads, program):
    lib.num_threads(threads)
    found = timed_field(parts, lambda: scf.RHF(molecule(task)))

    def tell(hessian):
        highest = max(numpy.asarray(thermo.harmonic_analysis(found.mol, hessian)["freq_wavenumber"]).real)
        return None, f"highest {highest:.1f} cm⁻¹"

    parts.time("second derivatives", lambda: found.Hessian().kernel(), tell)
