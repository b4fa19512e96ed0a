#include <algorithm>
#include <vector>

#include "ansatz/statevector.hpp"
#include "circuit/gates.hpp"
#include "circuit/pieces.hpp"

namespace ansatz {
namespace {

/** 2^n amplitudes, a state or a piece of one. */
struct Amplitudes {
  std::size_t size;
  const double* re;
  const double* im;
};

/** Im ⟨λ|P|ψ⟩ for a Pauli on one qubit; kind is rx, ry or rz. */
double pauliImaginary(GateKind kind, int qubit, const Amplitudes& lambda, const Amplitudes& psi) {
  const std::size_t bit = std::size_t{1} << qubit;
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.size; ++b) {
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
double projectorImaginary(std::size_t mask, const Amplitudes& lambda, const Amplitudes& psi) {
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.size; ++b)
    if ((b & mask) == mask) sum += lambda.re[b] * psi.im[b] - lambda.im[b] * psi.re[b];
  return sum;
}

/** Re ⟨λ|G|ψ⟩ of the real generator G = |10⟩⟨01| − |01⟩⟨10|. */
double givensReal(std::size_t first, std::size_t second, const Amplitudes& lambda, const Amplitudes& psi) {
  double sum = 0.0;
  for (std::size_t b = 0; b < psi.size; ++b) {
    if ((b & second) == 0 || (b & first) != 0) continue;
    const std::size_t to = b ^ first ^ second;
    sum += lambda.re[to] * psi.re[b] + lambda.im[to] * psi.im[b];
    sum -= lambda.re[b] * psi.re[to] + lambda.im[b] * psi.im[to];
  }
  return sum;
}

/** 2 Re ⟨λ| ∂U/∂θ U⁻¹ |ψ⟩ with ψ after the gate. */
double angleGradient(const BoundGate& gate, const Amplitudes& lambda, const Amplitudes& psi) {
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

/** Pieces of a batch are worked on in this many groups at most, each with sums of its own. */
constexpr int pieceGroups = 64;

/** The reverse sweep: ψ after all gates and λ = Oψ go back gate by gate together. */
struct Sweep {
  std::span<const Gate> gates;
  StateVector& psi;
  StateVector& lambda;
  const SimulationOptions& options;

  /** Undoes a batch on one piece and adds the derivative by each gate's angle to `sums`. */
  void undo(const Batch& batch, std::size_t piece, std::vector<double>& sums) {
    thread_local Piece<double> ofPsi, ofLambda;
    ofPsi.load(psi, batch, piece);
    ofLambda.load(lambda, batch, piece);
    const int n = batch.qubits(psi.qubits);
    const std::size_t size = std::size_t{1} << n;
    for (std::size_t k = 0; k < batch.gates.size(); ++k) {
      options.control.check();
      const BoundGate& gate = batch.gates[k];
      if (gates[gate.number].parameter >= 0)
        sums[k] += angleGradient(gate, {size, ofLambda.re(), ofLambda.im()}, {size, ofPsi.re(), ofPsi.im()});
      applyGate(inverse(gate), n, ofPsi.re(), ofPsi.im());
      applyGate(inverse(gate), n, ofLambda.re(), ofLambda.im());
    }
    ofPsi.store(psi);
    ofLambda.store(lambda);
  }

  /** Undoes a batch everywhere; sums are added in the order of the groups, so with the same bits on any number of threads. */
  void undoEverywhere(const Batch& batch, std::span<double> gradient) {
    const int pieces = batch.pieces(psi.qubits), groups = std::min(pieces, pieceGroups);
    std::vector<std::vector<double>> sums(static_cast<std::size_t>(groups), std::vector<double>(batch.gates.size()));
    parallelFor(groups, options.threads, [&](int group) {
      for (int piece = pieces / groups * group; piece < pieces / groups * (group + 1); ++piece)
        undo(batch, static_cast<std::size_t>(piece), sums[static_cast<std::size_t>(group)]);
    });
    for (std::size_t k = 0; k < batch.gates.size(); ++k) {
      const Gate& gate = gates[batch.gates[k].number];
      if (gate.parameter < 0) continue;
      for (const auto& ofGroup : sums) gradient[static_cast<std::size_t>(gate.parameter)] += gate.scale * ofGroup[k];
    }
  }
};

}  // namespace

double CircuitEnergy::operator()(std::span<const double> parameters, std::span<double> gradient) const {
  StateVector psi(qubits, options), lambda(qubits);
  applyCircuit(psi, gates, parameters, options);
  applyOperator(op, psi, lambda, options);
  double energy = 0.0;
  eachBlock(psi.size(), {.threads = 1, .control = options.control}, [&](std::size_t first, std::size_t count) {
    for (std::size_t b = first; b < first + count; ++b)
      energy += psi.re[b] * lambda.re[b] + psi.im[b] * lambda.im[b];
  });
  std::fill(gradient.begin(), gradient.end(), 0.0);
  std::vector<BoundGate> backwards = bindGates(gates, parameters);
  std::reverse(backwards.begin(), backwards.end());
  Sweep sweep{gates, psi, lambda, options};
  while (!backwards.empty()) sweep.undoEverywhere(takeBatch(backwards, qubits, chosenQubits<double>), gradient);
  return energy;
}

}  // namespace ansatz
