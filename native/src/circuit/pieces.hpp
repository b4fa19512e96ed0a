#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

#include "ansatz/statevector.hpp"
#include "circuit/gates.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {

/** A piece has all combinations of these low qubits, contiguous in memory, … */
inline constexpr int lowQubits = 6;
/** … and of up to this many others: 2^15 amplitudes in double precision, half a MiB, within the second-level cache. */
template <class Real>
inline constexpr int chosenQubits = sizeof(Real) == sizeof(double) ? 9 : 10;

/** Gates that run one after the other on pieces of a state, their qubits numbered by their place in a piece. */
struct Batch {
  std::vector<int> high;  // qubits ≥ lowQubits, ascending
  std::vector<BoundGate> gates;

  /** Qubits of a piece of a state of so many. */
  int qubits(int ofState) const { return std::min(ofState, lowQubits + static_cast<int>(high.size())); }
  int pieces(int ofState) const { return 1 << (ofState - qubits(ofState)); }
};

/** Calls body(first, count) for blocks of 2^15 amplitudes, in any order, with a check for cancellation before each. */
template <class Body>
void eachBlock(std::size_t size, const SimulationOptions& options, const Body& body) {
  const std::size_t block = std::min(size, std::size_t{1} << (lowQubits + chosenQubits<double>));
  parallelFor(static_cast<int>(size / block), options.threads, [&](int number) {
    options.control.check();
    body(static_cast<std::size_t>(number) * block, block);
  });
}

/** Takes from `gates` all that can run now on one choice of qubits: a gate waits behind any left-out gate on its qubits. */
Batch takeBatch(std::vector<BoundGate>& gates, int qubits, int chosen);

/** Amplitudes of one piece, copied in and out; the whole of a small state is worked on where it lies. */
template <class Real>
class Piece {
 public:
  void load(StateVectorOf<Real>& state, const Batch& batch, std::size_t number);
  void store(StateVectorOf<Real>& state) const;
  Real* re() { return re_; }
  Real* im() { return im_; }

 private:
  std::vector<std::size_t> offsets_;
  std::vector<Real> values_;
  Real* re_ = nullptr;
  Real* im_ = nullptr;
};

}  // namespace ansatz
