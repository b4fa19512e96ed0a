#include <algorithm>
#include <bit>

#include "ansatz/statevector.hpp"
#include "circuit/gates.hpp"

namespace ansatz {
namespace {

/** Im ⟨λ|P|ψ⟩ for a Pauli on one qubit; kind is rx, ry or rz. */
double pauliImaginary(GateKind kind, int qubit, const StateVector& lambda, const StateVector& psi) {
  const std::size_t bit = std::size_t{1} << qubit;
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.re.size(); ++b) {
    const std::size_t to = kind == GateKind::rz ? b : b ^ bit;
    const bool one = (b & bit) != 0;
    // P|b⟩ = (f + i g)|to⟩
    const double f = kind == GateKind::ry ? 0.0 : kind == GateKind::rz && one ? -1.0 : 1.0;
    const double g = kind == GateKind::ry ? (one ? -1.0 : 1.0) : 0.0;
    const double re = f * psi.re[b] - g * psi.im[b], im = f * psi.im[b] + g * psi.re[b];
    sum += lambda.re[to] * im - lambda.im[to] * re;
  }
  return sum;
}

/** Im ⟨λ|(projector on mask)|ψ⟩ */
double projectorImaginary(std::size_t mask, const StateVector& lambda, const StateVector& psi) {
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.re.size(); ++b)
    if ((b & mask) == mask) sum += lambda.re[b] * psi.im[b] - lambda.im[b] * psi.re[b];
  return sum;
}

/** Re ⟨λ|G|ψ⟩ of the real generator G = |10⟩⟨01| − |01⟩⟨10|. */
double givensReal(std::size_t first, std::size_t second, const StateVector& lambda, const StateVector& psi) {
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.re.size(); ++b) {
    if ((b & second) == 0 || (b & first) != 0) continue;
    const std::size_t to = b ^ first ^ second;
    sum += lambda.re[to] * psi.re[b] + lambda.im[to] * psi.im[b];
    sum -= lambda.re[b] * psi.re[to] + lambda.im[b] * psi.im[to];
  }
  return sum;
}

/** 2 Re ⟨λ| ∂U/∂θ U⁻¹ |ψ⟩ with ψ after the gate. */
double angleGradient(const BoundGate& gate, const StateVector& lambda, const StateVector& psi) {
  const std::size_t first = std::size_t{1} << gate.first, second = std::size_t{1} << gate.second;
  switch (gate.kind) {
    case GateKind::rx:
    case GateKind::ry:
    case GateKind::rz: return pauliImaginary(gate.kind, gate.first, lambda, psi);  // generator −iP/2
    case GateKind::p: return -2.0 * projectorImaginary(first, lambda, psi);        // generator i|1⟩⟨1|
    case GateKind::cp: return -2.0 * projectorImaginary(first | second, lambda, psi);
    case GateKind::givens: return 2.0 * givensReal(first, second, lambda, psi);
    default: return 0.0;
  }
}

}  // namespace

double circuitEnergyAndGradient(const RealPauliOperator& op, int qubits, std::span<const Gate> gates,
                                std::span<const double> parameters, std::span<double> gradient) {
  StateVector psi(qubits), lambda(qubits);
  applyCircuit(psi, gates, parameters, 1);
  applyOperator(op, psi, lambda);
  double energy = 0.0;
  for (std::size_t b = 0; b < psi.re.size(); ++b) energy += psi.re[b] * lambda.re[b] + psi.im[b] * lambda.im[b];
  std::fill(gradient.begin(), gradient.end(), 0.0);
  for (auto gate = gates.rbegin(); gate != gates.rend(); ++gate) {
    const BoundGate bound{gate->kind, gate->first, gate->second, angleOf(*gate, parameters)};
    if (gate->parameter >= 0)
      gradient[static_cast<std::size_t>(gate->parameter)] += gate->scale * angleGradient(bound, lambda, psi);
    const BoundGate undo = inverse(bound);
    applyGate(undo, qubits, psi.re.data(), psi.im.data());
    applyGate(undo, qubits, lambda.re.data(), lambda.im.data());
  }
  return energy;
}

}  // namespace ansatz
