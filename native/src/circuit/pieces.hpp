#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

#include "ansatz/statevector.hpp"
#include "circuit/gates.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {

/** A piece has all combinations of these low qubits, contiguous in memory, … */
inline constexpr int lowQubits = 9;
/** … and of up to this many others: 2^15 amplitudes, half a MiB, within the second-level cache. */
inline constexpr int chosenQubits = 6;

/** Gates that run one after the other on pieces of a state, their qubits numbered by their place in a piece. */
struct Batch {
  std::vector<int> high;  // qubits ≥ lowQubits, ascending
  std::vector<BoundGate> gates;

  /** Qubits of a piece. */
  int qubits(const StateVector& state) const {
    return std::min(state.qubits, lowQubits + static_cast<int>(high.size()));
  }
  int pieces(const StateVector& state) const { return 1 << (state.qubits - qubits(state)); }
};

/** Calls body(first, count) for blocks of 2^15 amplitudes, in any order, with a check for cancellation before each. */
template <class Body>
void eachBlock(std::size_t size, const SimulationOptions& options, const Body& body) {
  const std::size_t block = std::min(size, std::size_t{1} << (lowQubits + chosenQubits));
  parallelFor(static_cast<int>(size / block), options.threads, [&](int number) {
    options.control.check();
    body(static_cast<std::size_t>(number) * block, block);
  });
}

/** Takes from `gates` all that can run now on one choice of qubits: a gate waits behind any left-out gate on its qubits. */
Batch takeBatch(std::vector<BoundGate>& gates, int qubits);

/** Amplitudes of one piece, copied in and out; the whole of a small state is worked on where it lies. */
class Piece {
 public:
  void load(StateVector& state, const Batch& batch, std::size_t number);
  void store(StateVector& state) const;
  double* re() { return re_; }
  double* im() { return im_; }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<double> values_;
  double* re_ = nullptr;
  double* im_ = nullptr;
};

/** Calls body(batch, piece) for every piece of every batch of the gates; pieces of a batch in any order. */
template <class Body>
void eachPiece(const StateVector& state, std::vector<BoundGate> gates, int threads, const Body& body) {
  while (!gates.empty()) {
    const Batch batch = takeBatch(gates, state.qubits);
    parallelFor(batch.pieces(state), threads, [&](int piece) { body(batch, static_cast<std::size_t>(piece)); });
  }
}

}  // namespace ansatz
