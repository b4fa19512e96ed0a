"""OpenQASM 3 programs read and run by others: test/reference/openqasm3.json.

    node test/unit/core/quantum/transpile/programs.ts | python bench/peers/openqasm_reference.py > test/reference/openqasm3.json

Probabilities of what is measured, bit q of an index for c[q]: by Qiskit's importer on the reference parser `openqasm3`, and by the
interpreter of Amazon Braket's local simulator. Packages: requirements-circuits.txt.
"""
import json
import sys


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
    places = places or list(range(qubits))
    found = [0.0] * 2**qubits
    for index, amplitude in enumerate(state):
        # Braket's first qubit is the highest bit.
        read = sum(((index >> (qubits - 1 - place)) & 1) << bit for bit, place in enumerate(places))
        found[read] += abs(amplitude) ** 2
    return found


READERS = {"qiskit": qiskit, "braket": braket}
programs = json.load(sys.stdin)
print(json.dumps([{**program, "probabilities": READERS[program["reader"]](program["text"])} for program in programs], indent=1))
