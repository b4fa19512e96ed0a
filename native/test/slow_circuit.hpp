#pragma once
#include <complex>
#include <span>
#include <vector>

#include "ansatz/sampling.hpp"
#include "ansatz/statevector.hpp"

namespace ansatz::test {

using Complex = std::complex<double>;
using Amplitudes = std::vector<Complex>;

/** [row][column] on the gate's own qubits, the first the lower bit. */
using GateMatrix = std::vector<std::vector<Complex>>;

/** Textbook matrices of each kind. */
GateMatrix gateMatrix(GateKind kind, double theta);

/** The circuit on |0…0⟩, amplitude by amplitude. */
Amplitudes slowCircuit(std::span<const Gate> gates, std::span<const double> parameters, int qubits);

/** Σ coefficient X^x Z^z on a state. */
Amplitudes slowOperator(const RealPauliOperator& op, const Amplitudes& state);

/** Probabilities of the strings that are read from a noisy circuit, by its density matrix; few qubits only. */
std::vector<double> slowReadout(std::span<const Gate> gates, int qubits, const NoiseModel& noise);

}  // namespace ansatz::test
