#include "ansatz/statevector.hpp"

#include <algorithm>
#include <bit>

#include "circuit/fusion.hpp"
#include "circuit/gates.hpp"
#include "circuit/pieces.hpp"

namespace ansatz {

namespace {

/** Below so many qubits the sums that fuse gates cost more than they save. */
constexpr int leastFused = 10;

/** The blocks of a batch: fused gates, or one for each gate of a small state. */
std::vector<Block> blocksOf(const Batch& batch, int qubits) {
  if (qubits >= leastFused) return fuse(batch.gates);
  std::vector<Block> blocks;
  for (const BoundGate& gate : batch.gates) blocks.push_back({{}, {}, {gate}});
  return blocks;
}

template <class Body>
void eachBatch(std::vector<BoundGate> gates, int qubits, int chosen, const Body& body) {
  while (!gates.empty()) body(takeBatch(gates, qubits, chosen));
}

}  // namespace

template <class Real>
StateVectorOf<Real>::StateVectorOf(int nQubits)
    : qubits(nQubits),
      re(std::make_unique_for_overwrite<Real[]>(std::size_t{1} << nQubits)),
      im(std::make_unique_for_overwrite<Real[]>(std::size_t{1} << nQubits)) {}

template <class Real>
StateVectorOf<Real>::StateVectorOf(int nQubits, const SimulationOptions& options) : StateVectorOf(nQubits) {
  eachBlock(size(), options, [&](std::size_t first, std::size_t count) {
    std::fill_n(re.get() + first, count, Real{0});
    std::fill_n(im.get() + first, count, Real{0});
  });
  re[0] = 1;
}

template <class Real>
void applyCircuit(StateVectorOf<Real>& state, std::span<const Gate> gates, std::span<const double> parameters,
                  const SimulationOptions& options) {
  eachBatch(bindGates(gates, parameters), state.qubits, chosenQubits<Real>, [&](const Batch& batch) {
    const std::vector<Block> blocks = blocksOf(batch, state.qubits);
    parallelFor(batch.pieces(state.qubits), options.threads, [&](int number) {
      thread_local Piece<Real> piece;
      piece.load(state, batch, static_cast<std::size_t>(number));
      for (const Block& block : blocks) {
        options.control.check();
        applyBlock(block, batch.qubits(state.qubits), piece.re(), piece.im());
      }
      piece.store(state);
    });
  });
}

template struct StateVectorOf<double>;
template struct StateVectorOf<float>;
template void applyCircuit(StateVectorOf<double>&, std::span<const Gate>, std::span<const double>, const SimulationOptions&);
template void applyCircuit(StateVectorOf<float>&, std::span<const Gate>, std::span<const double>, const SimulationOptions&);

int circuitPasses(std::span<const Gate> gates, int qubits) {
  int passes = 0;
  eachBatch(bindGates(gates, {}), qubits, chosenQubits<double>, [&](const Batch&) { ++passes; });
  return passes;
}

double singlePrecisionBound(std::span<const Gate> gates, std::span<const double> parameters, int qubits) {
  constexpr double unitRoundoff = 0x1.0p-24;
  double growth = 1.0;
  eachBatch(bindGates(gates, parameters), qubits, chosenQubits<float>, [&](const Batch& batch) {
    for (const Block& block : blocksOf(batch, qubits)) growth *= 1.0 + block.errorBound(unitRoundoff);
  });
  return growth - 1.0;
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
