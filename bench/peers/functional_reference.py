"""Computes test/reference/functionals.json with libxc through PySCF: python functional_reference.py out.json.

Energy densities and their derivatives at random spin densities that orbitals could have, of one spin alone, and of closed shells.
"""

import json
import sys

import numpy
import pyscf
from pyscf.dft import libxc

POINTS = 24
# our name, libxc's, variables of open shells
FUNCTIONALS = [
    ("svwn5", "LDA_X + LDA_C_VWN", "LDA"),
    ("pbe", "GGA_X_PBE + GGA_C_PBE", "GGA"),
    ("pbe0", "HYB_GGA_XC_PBEH", "GGA"),
    ("b3lyp", "HYB_GGA_XC_B3LYP", "GGA"),
    ("r2scan", "MGGA_X_R2SCAN + MGGA_C_R2SCAN", "MGGA"),
    ("wb97x-d", "HYB_GGA_XC_WB97X_D", "GGA"),
]
random = numpy.random.default_rng(20261129)


def spin_density(scale):
    """rho, its gradient, tau above that of one orbital: from a single orbital to far overlap."""
    rho = 10 ** random.uniform(-4, 1.5, POINTS) * scale
    gradient = random.uniform(-1, 1, (3, POINTS)) * 3 * rho ** (4 / 3)
    sigma = (gradient**2).sum(axis=0)
    tau = sigma / (8 * rho) + rho ** (5 / 3) * random.uniform(0, 12, POINTS)
    return numpy.array([rho, *gradient, numpy.zeros(POINTS), tau])  # PySCF: the Laplacian is not used


def variables(a, b, kind):
    rows = [a[0], b[0]]
    if kind != "LDA":
        rows += [(x[1:4] * y[1:4]).sum(axis=0) for x, y in ((a, a), (a, b), (b, b))]
    if kind == "MGGA":
        rows += [a[5], b[5]]
    return numpy.array(rows)


def evaluated(name, a, b, kind):
    count = {"LDA": 1, "GGA": 4, "MGGA": 6}[kind]
    exc, vxc = libxc.eval_xc(name, (a[:count], b[:count]), spin=1)[:2]
    rows = list(vxc[0].T) + (list(vxc[1].T) if kind != "LDA" else []) + (list(vxc[-1].T) if kind == "MGGA" else [])
    return {
        "variables": variables(a, b, kind).tolist(),
        "energy": (exc * (a[0] + b[0])).tolist(),
        "slopes": numpy.array(rows).tolist(),
    }


entries = []
for own, name, kind in FUNCTIONALS:
    a, b, faint = spin_density(1), spin_density(1), spin_density(1e-2)
    entries.append(
        {
            "functional": own,
            "libxc": name,
            "any": evaluated(name, a, b, kind),
            "equal_spins": evaluated(name, a, a.copy(), kind),
            "nearly_one_spin": evaluated(name, a, faint, kind),
        }
    )

json.dump(
    {
        "program": f"libxc {libxc.__version__} through PySCF {pyscf.__version__}",
        "units": "atomic; variables and slopes by rows rho_a, rho_b, sigma_aa, sigma_ab, sigma_bb, tau_a, tau_b; energy per volume",
        "entries": entries,
    },
    open(sys.argv[1], "w"),
)
