"""Computes the energy of wavefunction.txt in the Hamiltonian of hamiltonian.fcidump anew: Python 3.9 and NumPy 2, no program of chemistry.

    python check_determinants.py [--rows 2000 | --all]

By the rules of Slater and Condon, a row of the matrix at a time: the row of determinant k gives E_k = sum over l of H_kl c_l / c_k, and the
energy is the mean of E_k over determinants drawn with probability c_k^2. --rows draws so many and states the standard error; --all takes every row.
What comes out is <H> of a normalised state, and so lies above the exact energy, whatever program wrote the state.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def read_hamiltonian(path):
    """Core energy, h[p, q] and (pq|rs) over real orbitals."""
    header, body = re.match(r"\s*([&$]FCI.*?(?:[&$]END|/))(.*)", path.read_text(), re.S | re.I).groups()
    n = int(re.search(r"NORB\s*=\s*(\d+)", header, re.I).group(1))
    core, one, two = 0.0, np.zeros((n, n)), np.zeros((n, n, n, n))
    for line in body.split("\n"):
        if not line.strip():
            continue
        text, *indices = line.split()
        value, (p, q, r, s) = float(text.upper().replace("D", "E")), (int(i) - 1 for i in indices)
        if r >= 0:
            for a, b in ((p, q), (q, p)):
                for c, d in ((r, s), (s, r)):
                    two[a, b, c, d] = two[c, d, a, b] = value
        elif q >= 0:
            one[p, q] = one[q, p] = value
        elif p < 0:
            core = value
    return core, one, two


def read_state(path):
    """Orbitals as columns, determinants as bits of each spin, coefficients."""
    with path.open() as lines:
        n, nalpha, nbeta, count = map(int, next(lines).split())
        orbitals = np.array([[float(x) for x in next(lines).split()] for _ in range(n)])
        rows = [line.split() for line in lines]
    c = np.array([float(row[0]) for row in rows])
    alpha, beta = (np.array([int(row[k], 16) for row in rows], dtype=np.uint64) for k in (1, 2))
    assert len(rows) == count == len(set(zip(alpha.tolist(), beta.tolist()))), "a determinant is missing or stands twice"
    assert (np.bitwise_count(alpha) == nalpha).all() and (np.bitwise_count(beta) == nbeta).all(), "electrons are missing"
    assert np.abs(orbitals.T @ orbitals - np.eye(n)).max() < 1e-9, "the orbitals are not orthonormal"
    return orbitals, alpha, beta, c


def lowest(bits):
    return bits & (~bits + np.uint64(1))


def index(bit):
    return np.log2(bit.astype(np.float64)).astype(int)


def moved(strings, i, p):
    """Strings with an electron moved from bit i to bit p, and the sign of a+_p a_i."""
    high, low = np.maximum(i, p), np.minimum(i, p)
    between = (high - np.uint64(1)) & ~(low | (low - np.uint64(1)))
    sign = 1.0 - 2.0 * (np.bitwise_count(strings & between) & 1)
    return strings ^ (i | p), sign


class Matrix:
    def __init__(self, core, one, two, state):
        orbitals, self.alpha, self.beta, self.c = state
        self.core = core
        self.one = orbitals.T @ one @ orbitals
        for _ in range(4):
            two = np.tensordot(two, orbitals, axes=(0, 0))
        self.two = two
        self.coulomb = np.einsum("pqrr->pqr", two).copy()
        self.exchange = np.einsum("prrq->pqr", two).copy()
        self.bits = np.uint64(1) << np.arange(len(one), dtype=np.uint64)

    def occupied(self, string):
        return (string & self.bits != 0).astype(float)

    def diagonal(self, a, b):
        na, nb = self.occupied(a), self.occupied(b)
        n = na + nb
        j, k = np.einsum("ppr->pr", self.coulomb), np.einsum("ppr->pr", self.exchange)
        return self.core + n @ np.diag(self.one) + 0.5 * (n @ j @ n - na @ k @ na - nb @ k @ nb)

    def singles(self, own, other, target):
        """One electron moved from `own` to each of `target`."""
        i, p = own & ~target, target & ~own
        _, sign = moved(np.full_like(target, own), i, p)
        i, p, no, nx = index(i), index(p), self.occupied(own), self.occupied(other)
        field = self.one[p, i] + self.coulomb[p, i] @ (no + nx) - self.exchange[p, i] @ no
        return sign * field

    def doubles(self, own, target):
        """Two electrons of one spin moved."""
        holes, particles = own & ~target, target & ~own
        i, p = lowest(holes), lowest(particles)
        j, q = holes ^ i, particles ^ p
        first, sign1 = moved(np.full_like(target, own), i, p)
        _, sign2 = moved(first, j, q)
        i, j, p, q = map(index, (i, j, p, q))
        return sign1 * sign2 * (self.two[p, i, q, j] - self.two[p, j, q, i])

    def pairs(self, a, b, ta, tb):
        """One electron of each spin moved."""
        i, p, j, q = a & ~ta, ta & ~a, b & ~tb, tb & ~b
        _, sign1 = moved(np.full_like(ta, a), i, p)
        _, sign2 = moved(np.full_like(tb, b), j, q)
        return sign1 * sign2 * self.two[index(p), index(i), index(q), index(j)]

    def row(self, k):
        """E_k"""
        a, b, c = self.alpha[k], self.beta[k], self.c
        da, db = np.bitwise_count(self.alpha ^ a), np.bitwise_count(self.beta ^ b)
        at = lambda x, y: np.nonzero((da == x) & (db == y))[0]
        sa, sb, daa, dbb, dab = at(2, 0), at(0, 2), at(4, 0), at(0, 4), at(2, 2)
        energy = self.diagonal(a, b) * c[k]
        energy += self.singles(a, b, self.alpha[sa]) @ c[sa] + self.singles(b, a, self.beta[sb]) @ c[sb]
        energy += self.doubles(a, self.alpha[daa]) @ c[daa] + self.doubles(b, self.beta[dbb]) @ c[dbb]
        energy += self.pairs(a, b, self.alpha[dab], self.beta[dab]) @ c[dab]
        return energy / c[k]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    matrix = Matrix(*read_hamiltonian(HERE / "hamiltonian.fcidump"), read_state(HERE / "wavefunction.txt"))
    weights = matrix.c**2 / (matrix.c @ matrix.c)
    if asked.all or asked.rows >= len(weights):
        energy, error = sum(w * matrix.row(k) for k, w in enumerate(weights) if w > 0), 0.0
    else:
        drawn = np.random.default_rng(1).choice(len(weights), asked.rows, p=weights)
        rows = np.array([matrix.row(k) for k in drawn])
        energy, error = rows.mean(), rows.std(ddof=1) / np.sqrt(len(rows))
    told = json.loads((HERE / "record.json").read_text())["expected"]["variational_hartree"]
    print(f"{len(weights)} determinants, norm {np.sqrt(matrix.c @ matrix.c):.12f}")
    print(f"<H> = {energy:.10f} Hartree" + (f" +/- {error:.1e}" if error else ""))
    print("record.json says no energy: it did not converge" if told is None else f"{energy - told:+.1e} from what record.json says, {told:.10f}")


if __name__ == "__main__":
    main()
