"""Circuits for devices by Qiskit and TKET: `circuits.py qiskit|tket|tket-gadgets problem.json` prints one JSON object.

A problem: {"qubits", "gates": [[name, qubits, angle in radian or null]], "edges", "seeds"}; no edges: all are coupled.
Qiskit: transpile at optimisation level 3 to rz, sx, x and cz; the seed with the fewest two-qubit gates, then the least depth. TKET:
FullPeepholeOptimise, then its default mapping, then KAK, Clifford simplification and synthesis without exchanges of its own, rebased
to the same gates; tket-gadgets: the same after GreedyPauliSimp, TKET's synthesis from Pauli gadgets. Times in milliseconds, of all seeds together.
"""
import json
import sys
import time
from math import pi

GATES = ["rz", "sx", "x", "cz"]


def sizes(two, depth, two_depth, begin):
    return {"twoQubitGates": two, "depth": depth, "twoQubitDepth": two_depth, "wall_ms": 1e3 * (time.perf_counter() - begin)}


def qiskit(problem):
    from qiskit import QuantumCircuit, transpile
    from qiskit.transpiler import CouplingMap

    circuit = QuantumCircuit(problem["qubits"])
    for name, qubits, angle in problem["gates"]:
        getattr(circuit, name)(*([] if angle is None else [angle]), *qubits)
    edges = [list(edge) for a, b in problem["edges"] for edge in ((a, b), (b, a))]
    two = lambda instruction: len(instruction.qubits) == 2
    found = []
    begin = time.perf_counter()
    for seed in range(problem["seeds"]):
        done = transpile(circuit, basis_gates=GATES, coupling_map=CouplingMap(edges) if edges else None, optimization_level=3,
                         seed_transpiler=seed)
        found.append((sum(map(two, done.data)), done.depth(), done.depth(two)))
    return sizes(*min(found), begin)


def tket(problem, first=()):
    from pytket import Circuit
    from pytket.architecture import Architecture
    from pytket.circuit import OpType
    from pytket.passes import (AutoRebase, CliffordSimp, DefaultMappingPass, FullPeepholeOptimise, KAKDecomposition, SequencePass,
                               SynthesiseTket)

    types = {"p": OpType.U1, "cp": OpType.CU1, "sxdg": OpType.SXdg, "sdg": OpType.Sdg}
    circuit = Circuit(problem["qubits"])
    for name, qubits, angle in problem["gates"]:
        kind = types.get(name) or getattr(OpType, {"rx": "Rx", "ry": "Ry", "rz": "Rz"}.get(name, name.upper()))
        circuit.add_gate(kind, [] if angle is None else [angle / pi], qubits)
    mapping = [DefaultMappingPass(Architecture([tuple(edge) for edge in problem["edges"]]))] if problem["edges"] else []
    begin = time.perf_counter()
    SequencePass([
        *[*first, FullPeepholeOptimise(), *mapping, KAKDecomposition(allow_swaps=False), CliffordSimp(allow_swaps=False)],
        *[SynthesiseTket(), AutoRebase({OpType.CZ, OpType.Rz, OpType.SX, OpType.X})],
    ]).apply(circuit)
    two = sum(len(command.qubits) == 2 for command in circuit.get_commands())
    return sizes(two, circuit.depth(), circuit.depth_2q(), begin)


def tket_gadgets(problem):
    from pytket.circuit import OpType
    from pytket.passes import AutoRebase, GreedyPauliSimp

    return tket(problem, [AutoRebase({OpType.CX, OpType.TK1}), GreedyPauliSimp()])


with open(sys.argv[2], encoding="utf-8") as file:
    print(json.dumps({"qiskit": qiskit, "tket": tket, "tket-gadgets": tket_gadgets}[sys.argv[1]](json.load(file))))
