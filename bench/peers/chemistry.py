"""Times PySCF on the problems of bench/chemistry.ts: python chemistry.py problems.json threads [processes].

Reads a list of {name, symbols, coordinates_angstrom, basis, repeats, casci?, coupledCluster?, fitted?}; prints one JSON object a line with wall
and processor time in milliseconds of RHF, of one Fock build and a gradient, and of CASCI or CCSD(T) after it where asked (the fastest of the repeats), then one with the
time of imports and a first small run, and the wall time of all.
"""

import json
import multiprocessing
import sys
import time

begin = time.perf_counter()

from pyscf import cc, gto, lib, mcscf, scf  # noqa: E402

from molecule import molecule  # noqa: E402

def field_of(problem):
    field = scf.RHF(molecule(problem))
    return (field.density_fit(auxbasis="def2-universal-jkfit") if problem.get("fitted") else field).run()


def coupled_cluster(field, frozen):
    """CCSD(T) to the thresholds of the product."""
    found = cc.CCSD(field, frozen=frozen)
    found.conv_tol, found.conv_tol_normt, found.max_cycle = 1e-9, 1e-7, 100
    found.kernel()
    return found.e_tot + float(found.ccsd_t()), bool(found.converged)


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - cpu)


def measure(problem):
    size = problem.get("casci")
    best = None
    for _ in range(problem["repeats"]):
        field, wall, cpu = timed(lambda: field_of(problem))
        row = {"name": problem["name"], "energy": field.e_tot, "converged": bool(field.converged), "wall": wall, "cpu": cpu}
        if problem.get("gradient"):
            density = field.make_rdm1()
            _, _, row["buildCpu"] = timed(lambda: scf.hf.get_jk(field.mol, density))
            _, _, row["gradientCpu"] = timed(lambda: field.nuc_grad_method().kernel())
        if size:
            cas, row["casciWall"], row["casciCpu"] = timed(lambda: mcscf.CASCI(field, size["norb"], size["nelec"]).run())
            row["casciEnergy"] = float(cas.e_tot)
            row["converged"] = row["converged"] and bool(cas.fcisolver.converged)
        if problem.get("coupledCluster") is not None:
            (row["ccsdtEnergy"], is_converged), row["ccsdtWall"], row["ccsdtCpu"] = timed(lambda: coupled_cluster(field, problem["coupledCluster"]))
            row["converged"] = row["converged"] and is_converged
        key = "casciWall" if size else "ccsdtWall" if "ccsdtWall" in row else "wall"
        if best is None or row[key] < best[key]:
            best = row
    return json.dumps(best)


if __name__ == "__main__":
    problems = json.load(open(sys.argv[1]))
    lib.num_threads(int(sys.argv[2]))
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    scf.RHF(gto.M(atom="H 0 0 0; H 0 0 0.74", verbose=0)).run()
    start_up, start = 1e3 * (time.perf_counter() - begin), time.perf_counter()
    if processes == 1:
        for problem in problems:
            print(measure(problem), flush=True)
    else:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            for line in pool.imap_unordered(measure, problems):
                print(line, flush=True)
    print(json.dumps({"startUp": start_up, "wall": 1e3 * (time.perf_counter() - start)}))
