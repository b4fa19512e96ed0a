"""Molecules as the benches give them, in PySCF."""

from pyscf import gto


def molecule(problem, **options):
    xyz = problem["coordinates_angstrom"]
    atoms = [(s, xyz[3 * i : 3 * i + 3]) for i, s in enumerate(problem["symbols"])]
    # Auxiliary functions are of the same kind as the others: pure ones.
    fitted = problem.get("fitted") or problem.get("kind") == "fitted-mp2"
    cart = not fitted and not any(family in problem["basis"] for family in ("cc-", "def2-"))
    return gto.M(atom=atoms, basis=problem["basis"], cart=cart, verbose=0, **options)
