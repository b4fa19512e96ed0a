"""One task of bench/compare in another program: python compare.py task.json threads pyscf|block2.

Prints one JSON object: the parts of the task with wall and processor time in milliseconds, an energy that tells whether the work was the
same, and the most memory that the process held.
"""

import importlib
import json
import resource
import sys
import time

KINDS = {
    "casscf": "compare_multireference",
    "spins": "compare_multireference",
    "selected": "compare_selected",
    "field": "compare_classical",
    "fitted-mp2": "compare_classical",
    "vibrations": "compare_classical",
}


class Parts:
    def __init__(self):
        self.list = []

    def time(self, part, work, tell):
        """Runs and times one; `tell` makes its energy and what else is said of it of its result."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        cpu, wall = 1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - wall)
        energy, detail = tell(result)
        self.list.append(
            {"part": part, "wall": wall, "cpu": cpu, "energy": None if energy is None else float(energy), "detail": detail}
        )
        return result


if __name__ == "__main__":
    path, threads, program = sys.argv[1:4]
    task = json.load(open(path))
    parts = Parts()
    of_kind = getattr(importlib.import_module(KINDS[task["kind"]]), task["kind"].replace("-", "_"))
    of_kind(task, parts, threads=int(threads), program=program)
    # in KiB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"parts": parts.list, "peakMB": peak}))
