"""Programs read and run by others: test/reference/openqasm3.json and openqasm3_energies.json.

    node test/unit/core/quantum/transpile/programs.ts | python bench/peers/openqasm_reference.py > test/reference/openqasm3.json
    node test/unit/core/quantum/transpile/energy-programs.ts | python bench/peers/openqasm_reference.py --digest \
        > test/reference/openqasm3_energies.json

Probabilities of what is measured, bit q of an index for c[q]: by Qiskit's importer on the reference parser `openqasm3`, and by the
interpreter of Amazon Braket's local simulator; IonQ's JSON gate by gate in Amazon Braket's gates of the same names, by its simulator.
With --digest a text's SHA-256 stands for it. Packages: requirements-circuits.txt.
"""
import hashlib
import json
import re
import sys
from math import pi


def qiskit(text):
    from qiskit.quantum_info import Statevector
    from qiskit_qasm3_import import parse

    circuit = parse(text)
    place = {}
    for instruction in circuit.data:
        if instruction.operation.name == "measure":
            bit, qubit = instruction.clbits[0], instruction.qubits[0]
            place[circuit.find_bit(bit).index] = circuit.find_bit(qubit).index
    bare = circuit.remove_final_measurements(inplace=False)
    return [float(p) for p in Statevector(bare).probabilities([place[q] for q in range(len(place))])]


def braket(text):
    from braket.default_simulator import StateVectorSimulator
    from braket.ir.openqasm import Program

    # Exact amplitudes need a program without measurements; which bit is which is told by the measurement's lines.
    lines = text.splitlines()
    measured = [line for line in lines if "measure" in line]
    places = [int(line.split("$")[1].rstrip(";")) for line in measured] if "$" in measured[0] else None
    source = "\n".join([line for line in lines if "measure" not in line and not line.startswith("bit[")])
    result = StateVectorSimulator().run_openqasm(Program(source=source + "\n#pragma braket result state_vector\n"), shots=0)
    state = result.resultTypes[0].value
    qubits = len(state).bit_length() - 1
    # The simulator holds the qubits that gates act on, in the order of their numbers.
    used = sorted({int(q) for q in re.findall(r"\$(\d+)", source)}) or list(range(qubits))
    assert len(used) == qubits, f"{len(used)} qubits in the program, {qubits} in the state"
    places = [used.index(place) for place in places] if places else used
    found = [0.0] * 2**qubits
    for index, amplitude in enumerate(state):
        # Braket's first qubit is the highest bit.
        read = sum(((index >> (qubits - 1 - place)) & 1) << bit for bit, place in enumerate(places))
        found[read] += abs(amplitude) ** 2
    return found


IONQ = {"cnot": "cnot", "x": "x", "y": "y", "z": "z", "h": "h", "s": "s", "si": "si", "v": "v", "vi": "vi"}


def ionq(text):
    """IonQ's gates by its documents: rotations in radian, angles of native gates in turns."""
    job = json.loads(text)
    lines = ["OPENQASM 3.0;", f"qubit[{job['qubits']}] q;", f"bit[{job['qubits']}] c;"]
    for gate in job["circuit"]:
        name = gate["gate"]
        on = [gate["control"], gate["target"]] if "control" in gate else gate.get("targets", [gate.get("target")])
        if "rotation" in gate:
            angles = [gate["rotation"]]
        elif name == "ms":
            angles = [2 * pi * turns for turns in [*gate["phases"], gate["angle"]]]
        else:
            angles = [2 * pi * gate[key] for key in ("phase", "angle") if key in gate]
        if not angles:
            name = IONQ[name]
        called = f"({', '.join(repr(float(angle)) for angle in angles)})" if angles else ""
        lines.append(f"{name}{called} {', '.join(f'q[{q}]' for q in on)};")
    return braket("\n".join([*lines, "c = measure q;"]))


READERS = {"qiskit": qiskit, "braket": braket, "ionq": ionq}
programs = json.load(sys.stdin)

found = []
for program in programs:
    probabilities = READERS[program["reader"]](program["text"])
    text = {"sha256": hashlib.sha256(program["text"].encode()).hexdigest()} if "--digest" in sys.argv else {"text": program["text"]}
    found.append({"name": program["name"], **text, "reader": program["reader"], "probabilities": probabilities})
print(json.dumps(found, indent=1))
