#include "ansatz/statevector.hpp"

#include <algorithm>
#include <bit>

#include "circuit/gates.hpp"
#include "circuit/pieces.hpp"

namespace ansatz {

StateVector::StateVector(int nQubits)
    : qubits(nQubits),
      re(std::make_unique_for_overwrite<double[]>(std::size_t{1} << nQubits)),
      im(std::make_unique_for_overwrite<double[]>(std::size_t{1} << nQubits)) {}

StateVector::StateVector(int nQubits, const SimulationOptions& options) : StateVector(nQubits) {
  eachBlock(size(), options, [&](std::size_t first, std::size_t count) {
    std::fill_n(re.get() + first, count, 0.0);
    std::fill_n(im.get() + first, count, 0.0);
  });
  re[0] = 1.0;
}

void applyCircuit(StateVector& state, std::span<const Gate> gates, std::span<const double> parameters,
                  const SimulationOptions& options) {
  eachPiece(state, bindGates(gates, parameters), options.threads, [&](const Batch& batch, std::size_t number) {
    thread_local Piece piece;
    piece.load(state, batch, number);
    for (const BoundGate& gate : batch.gates) {
      options.control.check();
      applyGate(gate, batch.qubits(state), piece.re(), piece.im());
    }
    piece.store(state);
  });
}

int circuitPasses(std::span<const Gate> gates, int qubits) {
  std::vector<BoundGate> left = bindGates(gates, {});
  int passes = 0;
  for (; !left.empty(); ++passes) takeBatch(left, qubits);
  return passes;
}

void applyOperator(const RealPauliOperator& op, const StateVector& source, StateVector& target,
                   const SimulationOptions& options) {
  // Each block of the target is written by one thread, term after term: the same bits on any number of threads.
  eachBlock(source.size(), options, [&](std::size_t first, std::size_t count) {
    std::fill_n(target.re.get() + first, count, 0.0);
    std::fill_n(target.im.get() + first, count, 0.0);
    for (std::size_t term = 0; term < op.coefficient.size(); ++term) {
      options.control.check();
      const std::size_t x = op.x[term], z = op.z[term];
      for (std::size_t to = first; to < first + count; ++to) {
        const std::size_t from = to ^ x;
        const double value = std::popcount(from & z) % 2 == 0 ? op.coefficient[term] : -op.coefficient[term];
        target.re[to] += value * source.re[from];
        target.im[to] += value * source.im[from];
      }
    }
  });
}

}  // namespace ansatz
