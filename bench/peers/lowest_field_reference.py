"""The lowest RHF, UHF and ROHF solutions of test/reference/lowest_fields.json by PySCF, of many starts.

python bench/peers/lowest_field_reference.py test/reference/lowest_fields.json [id …]   prints id, energy, <S^2>, hits/starts
"""
import json
import sys

import numpy as np
from pyscf import gto, lib, scf
from scipy.linalg import expm

RANDOM_STARTS = 16
FOLLOWED = 3  # lowest different solutions that are tested for stability
FIELDS = {"uhf": scf.UHF, "rohf": scf.ROHF, "rhf": scf.RHF}
lib.num_threads(1)


def rotated(random, orbitals, first, last):
    """Orbitals first … last - 1 rotated into each other at random."""
    first, last = max(0, first), min(orbitals.shape[1], last)
    size = last - first
    generator = random.normal(size=(size, size))
    generator = (generator - generator.T) * random.uniform(0.3, 2.0) / np.sqrt(size)
    result = orbitals.copy()
    result[:, first:last] = orbitals[:, first:last] @ expm(generator)
    return result


def atom_spins(mol):
    """Superposed atoms with up or down spins on each, the first up; at most four patterns."""
    alpha, beta = scf.UHF(mol).get_init_guess(key="atom")
    for pattern in range(min(2 ** (mol.natm - 1), 4)):
        densities = np.array([alpha, beta])
        for atom, (first, last) in enumerate(mol.aoslice_by_atom()[:, 2:]):
            sign = -1 if atom > 0 and pattern >> (atom - 1) & 1 else 1
            densities[0, first:last, first:last] *= 1 + 0.4 * sign
            densities[1, first:last, first:last] *= 1 - 0.4 * sign
        yield densities


class Search:
    def __init__(self, mol, kind):
        self.mol, self.kind, self.integrals, self.found = mol, kind, None, []

    def field(self, tolerance=1e-8):
        field = FIELDS[self.kind](self.mol)
        field._eri, field.conv_tol, field.max_cycle = self.integrals, tolerance, 50
        return field

    def second_order(self, orbitals, occupations, tolerance, cycles):
        newton = self.field().newton()
        newton.verbose, newton.conv_tol, newton.max_cycle = 0, tolerance, cycles
        newton.kernel(orbitals, occupations)
        return newton

    def start(self, density):
        field = self.field()
        field.kernel(density)
        self.integrals = field._eri
        if not field.converged:
            field = self.second_order(field.mo_coeff, field.mo_occ, 1e-8, 25)
        self.found.append(field)
        return field

    def run(self):
        random = np.random.default_rng(7)
        first = self.start(None)
        for guess in ("1e", "huckel"):
            self.start(self.field().get_init_guess(key=guess))
        n_alpha, n_beta = self.mol.nelec
        restricted = (scf.RHF if n_alpha == n_beta else scf.ROHF)(self.mol).run()
        orbitals = np.asarray(restricted.mo_coeff)
        if self.kind == "uhf":
            for densities in atom_spins(self.mol):
                self.start(densities)
        for k in range(RANDOM_STARTS):
            if self.kind == "uhf":
                alpha, beta = (orbitals, orbitals) if k % 2 else first.mo_coeff
                alpha = rotated(random, alpha, n_alpha - 5, n_alpha + 4)
                beta = rotated(random, beta, n_beta - 4, n_beta + 5)
            else:
                alpha = beta = rotated(random, orbitals, n_beta - 4, n_alpha + 4)
            densities = [c[:, :n] @ c[:, :n].T for c, n in ((alpha, n_alpha), (beta, n_beta))]
            self.start(densities[0] + densities[1] if self.kind == "rhf" else np.array(densities))
        return self.lowest()

    def lowest(self):
        self.found.sort(key=lambda field: field.e_tot)
        different = []
        for field in self.found:
            if all(abs(field.e_tot - other.e_tot) > 1e-5 for other in different):
                different.append(field)
        stable = [self.followed(field) for field in different[:FOLLOWED]]
        return min((field for field in stable if field.converged), key=lambda field: field.e_tot)

    def followed(self, field):
        field = self.second_order(field.mo_coeff, field.mo_occ, 1e-11, 60)
        for _ in range(4):
            lower = self.second_order(field.stability()[0], field.mo_occ, 1e-11, 60)
            if lower.e_tot > field.e_tot - 1e-7:
                break
            field = lower
        return field


for entry in json.load(open(sys.argv[1]))["entries"]:
    if sys.argv[2:] and entry["id"] not in sys.argv[2:]:
        continue
    molecule = gto.M(
        atom=entry["geometry_angstrom"],
        basis=entry["basis"],
        charge=entry["charge"],
        spin=entry["multiplicity"] - 1,
        cart=entry["basis"].startswith("6-31"),
        verbose=0,
    )
    search = Search(molecule, entry["kind"])
    best = search.run()
    hits = sum(field.e_tot < best.e_tot + 1e-5 for field in search.found)
    print(entry["id"], f"{best.e_tot:.10f}", f"{best.spin_square()[0]:.5f}", f"{hits}/{len(search.found)}", flush=True)
