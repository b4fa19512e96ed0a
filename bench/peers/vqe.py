"""UCCSD energies with other programs, from the integrals that bench/vqe.ts writes: one JSON object on stdout.

Times are in milliseconds, the fastest of several runs.
"""
import argparse
import json
import time

import numpy as np


LONG_SECONDS = 10


def fastest(work, repeats):
    """Milliseconds of the fastest run after one that warms up; a run of more than ten seconds is its own only one."""
    begin = time.perf_counter()
    work()
    first = time.perf_counter() - begin
    if first > LONG_SECONDS:
        return 1e3 * first
    best = float("inf")
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return 1e3 * best


def tencirchem(problem, repeats):
    from tencirchem import UCCSD, set_backend

    set_backend("numpy")
    model = UCCSD.from_integral(
        problem["h1"], problem["h2"], problem["nelec"], problem["ecore"], engine="civector",
        init_method="zeros", pick_ex2=False, sort_ex2=False, mo_coeff=np.eye(problem["norb"]),
        run_fci=False, run_hf=False, run_mp2=False, run_ccsd=False)
    parameters = 0.05 * np.cos(np.arange(model.n_params))
    gradient_ms = fastest(lambda: model.energy_and_grad(parameters), repeats)
    begin = time.perf_counter()
    energy = model.kernel()
    return {"parameters": int(model.n_params), "energyAndGradient_ms": gradient_ms,
            "vqe_ms": 1e3 * (time.perf_counter() - begin), "energy_hartree": float(energy)}


def ffsim_energy(problem, repeats):
    """One UCCSD state (exact exponential of the cluster operator) and its energy, without a gradient."""
    import ffsim

    norb, half = problem["norb"], problem["nelec"] // 2
    rng = np.random.default_rng(1)
    t1 = 0.05 * rng.standard_normal((half, norb - half))
    t2 = 0.05 * rng.standard_normal((half, half, norb - half, norb - half))
    operator = ffsim.UCCSDOpRestrictedReal(t1=t1, t2=0.5 * (t2 + t2.transpose(1, 0, 3, 2)))
    hamiltonian = ffsim.MolecularHamiltonian(problem["h1"], problem["h2"], problem["ecore"])
    linear = ffsim.linear_operator(hamiltonian, norb=norb, nelec=(half, half))
    reference = ffsim.hartree_fock_state(norb, (half, half))

    def energy():
        state = ffsim.apply_unitary(reference, operator, norb=norb, nelec=(half, half))
        return np.vdot(state, linear @ state).real

    return {"energy_ms": fastest(energy, repeats)}


def pyscf_fci(problem, repeats):
    from pyscf import fci, lib

    lib.num_threads(1)
    norb, half = problem["norb"], problem["nelec"] // 2
    solver = fci.direct_spin0.FCI()
    work = lambda: solver.kernel(problem["h1"], problem["h2"], norb, (half, half), ecore=problem["ecore"])
    return {"fci_ms": fastest(work, repeats), "energy_hartree": float(work()[0])}


def qiskit_energy(problem, repeats):
    """The same circuit, read from the OpenQASM 3 program, and the Pauli sum, by Statevector."""
    from qiskit import qasm3
    from qiskit.quantum_info import SparsePauliOp, Statevector

    circuit = qasm3.loads(problem["qasm"])
    operator = SparsePauliOp.from_list([(label[::-1], c) for label, c in problem["paulis"]])
    work = lambda: Statevector(circuit).expectation_value(operator).real
    return {"energy_ms": fastest(work, repeats), "energy_hartree": float(work()), "gates": len(circuit.data)}


def pennylane_gradient(problem, repeats):
    """Energy and adjoint gradient of the same gates on lightning.qubit; every rotation angle is differentiated."""
    import pennylane as qml
    from pennylane import numpy as pnp

    names = {"x": qml.PauliX, "h": qml.Hadamard, "s": qml.S, "sx": qml.SX, "rx": qml.RX, "ry": qml.RY, "rz": qml.RZ,
             "cx": qml.CNOT, "cz": qml.CZ}
    letters = {"X": qml.PauliX, "Y": qml.PauliY, "Z": qml.PauliZ}
    operators = [qml.prod(*[letters[p](q) for q, p in enumerate(label) if p != "I"]) if set(label) != {"I"}
                 else qml.Identity(0) for label, _ in problem["paulis"]]
    hamiltonian = qml.Hamiltonian([c for _, c in problem["paulis"]], operators)
    gates = problem["gates"]
    device = qml.device("lightning.qubit", wires=2 * problem["norb"])

    @qml.qnode(device, diff_method="adjoint")
    def energy(angles):
        k = 0
        for name, qubits, angle in gates:
            if name in ("sdg", "sxdg"):
                qml.adjoint(names[name[:-2]](wires=qubits))
            elif angle is None:
                names[name](wires=qubits)
            else:
                names[name](angles[k], wires=qubits)
                k += 1
        return qml.expval(hamiltonian)

    angles = pnp.array([angle for _, _, angle in gates if angle is not None], requires_grad=True)
    gradient = qml.grad(energy)
    return {"energyAndGradient_ms": fastest(lambda: gradient(angles), repeats), "energy_hartree": float(energy(angles))}


def qulacs_circuit(problem, repeats):
    """Gates merged by Qulacs' own optimiser first, whose time is not counted: it is done once a circuit."""
    import qulacs
    from qulacs.circuit import QuantumCircuitOptimizer

    circuit = qulacs.QuantumCircuit(problem["qubits"])
    for name, qubits, angle in problem["gates"]:
        if name == "cx":
            circuit.add_CNOT_gate(*qubits)
        else:  # Qulacs rotates by e^{+iθP/2}.
            getattr(circuit, f"add_{name.upper()}_gate")(qubits[0], -angle)

    QuantumCircuitOptimizer().optimize_light(circuit)

    def work():
        state = qulacs.QuantumState(problem["qubits"])
        circuit.update_quantum_state(state)

    return {"circuit_ms": fastest(work, repeats)}


def qsim_circuit(problem, repeats):
    """Single precision, gates fused to three qubits, its fastest here; less the translation from Cirq's circuit."""
    import cirq
    import qsimcirq

    qubits = cirq.LineQubit.range(problem["qubits"])
    circuit = cirq.Circuit()
    for name, on, angle in problem["gates"]:
        gate = cirq.CNOT if name == "cx" else getattr(cirq, name)(angle)
        circuit.append(gate(*[qubits[q] for q in on]))
    simulator = qsimcirq.QSimSimulator(qsimcirq.QSimOptions(max_fused_gate_size=3, cpu_threads=1))
    translated = qsimcirq.QSimCircuit(circuit)
    translation_ms = fastest(lambda: translated.translate_cirq_to_qsim(cirq.QubitOrder.DEFAULT), repeats)
    return {"circuit_ms": fastest(lambda: simulator.simulate(circuit), repeats) - translation_ms}


def mindquantum_circuit(problem, repeats):
    import mindquantum as mq
    from mindquantum.core.circuit import Circuit
    from mindquantum.core.gates import RX, RY, RZ, X
    from mindquantum.simulator import Simulator

    turns = {"rx": RX, "ry": RY, "rz": RZ}
    circuit = Circuit()
    for name, on, angle in problem["gates"]:
        circuit += X.on(on[1], on[0]) if name == "cx" else turns[name](angle).on(on[0])

    def work(dtype):
        Simulator("mqvector", problem["qubits"], dtype=dtype).apply_circuit(circuit)

    return {"circuit_ms": fastest(lambda: work(mq.complex128), repeats),
            "single_ms": fastest(lambda: work(mq.complex64), repeats)}


PEERS = {"tencirchem": tencirchem, "ffsim": ffsim_energy, "pyscf": pyscf_fci, "qiskit": qiskit_energy,
         "pennylane": pennylane_gradient, "qulacs": qulacs_circuit,
         "qsim": qsim_circuit, "mindquantum": mindquantum_circuit}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("problem", help="JSON file")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with open(arguments.problem) as file:
        data = json.load(file)
    for key in ("h1", "h2"):
        if key in data:
            data[key] = np.array(data[key])
    print(json.dumps(PEERS[arguments.peer](data, arguments.repeats)))
