#include "ansatz/statevector.hpp"

#include <algorithm>
#include <bit>

#include "circuit/gates.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** A piece has all combinations of these low qubits, contiguous in memory, … */
constexpr int lowQubits = 9;
/** … and of up to this many others: 2^15 amplitudes, half a MiB, within the second-level cache. */
constexpr int chosenQubits = 6;

struct Batch {
  std::vector<int> high;  // qubits ≥ lowQubits, ascending
  std::vector<BoundGate> gates;
};

std::uint64_t qubitMask(const BoundGate& gate) {
  const std::uint64_t first = std::uint64_t{1} << gate.first;
  return hasTwoQubits(gate.kind) ? first | (std::uint64_t{1} << gate.second) : first;
}

/** Takes from `gates` all that can run now on one choice of qubits: a gate waits behind any left-out gate on its qubits. */
Batch takeBatch(std::vector<BoundGate>& gates) {
  constexpr std::uint64_t low = (std::uint64_t{1} << lowQubits) - 1;
  std::uint64_t high = 0, waiting = 0;
  Batch batch;
  std::vector<BoundGate> rest;
  for (const BoundGate& gate : gates) {
    const std::uint64_t mask = qubitMask(gate);
    const std::uint64_t wanted = high | (mask & ~low);
    if ((mask & waiting) == 0 && std::popcount(wanted) <= chosenQubits) {
      high = wanted;
      batch.gates.push_back(gate);
    } else {
      waiting |= mask;
      rest.push_back(gate);
    }
  }
  for (; high != 0; high &= high - 1) batch.high.push_back(std::countr_zero(high));
  gates = std::move(rest);
  return batch;
}

/** Puts the bits of `index` at the positions of a mask that are not in `high`, above the low qubits. */
std::size_t spread(std::size_t index, const std::vector<int>& high) {
  std::size_t result = index << lowQubits;
  for (const int q : high) {
    const std::size_t below = (std::size_t{1} << q) - 1;
    result = (result & below) | ((result & ~below) << 1);
  }
  return result;
}

void runPiece(StateVector& state, const Batch& batch, std::size_t piece) {
  constexpr std::size_t run = std::size_t{1} << lowQubits;
  const std::size_t runs = std::size_t{1} << batch.high.size();
  const int n = lowQubits + static_cast<int>(batch.high.size());
  const std::size_t origin = spread(piece, batch.high);
  thread_local std::vector<double> re, im;
  re.resize(runs * run);
  im.resize(runs * run);
  const auto place = [&](std::size_t k) {
    std::size_t offset = origin;
    for (std::size_t i = 0; i < batch.high.size(); ++i)
      if ((k >> i) & 1) offset += std::size_t{1} << batch.high[i];
    return offset;
  };
  for (std::size_t k = 0; k < runs; ++k) {
    std::copy_n(state.re.begin() + static_cast<std::ptrdiff_t>(place(k)), run, re.begin() + static_cast<std::ptrdiff_t>(k * run));
    std::copy_n(state.im.begin() + static_cast<std::ptrdiff_t>(place(k)), run, im.begin() + static_cast<std::ptrdiff_t>(k * run));
  }
  for (const BoundGate& gate : batch.gates) applyGate(gate, n, re.data(), im.data());
  for (std::size_t k = 0; k < runs; ++k) {
    std::copy_n(re.begin() + static_cast<std::ptrdiff_t>(k * run), run, state.re.begin() + static_cast<std::ptrdiff_t>(place(k)));
    std::copy_n(im.begin() + static_cast<std::ptrdiff_t>(k * run), run, state.im.begin() + static_cast<std::ptrdiff_t>(place(k)));
  }
}

/** Gates on the qubits of a batch, numbered by their place in a piece. */
void renumber(Batch& batch) {
  const auto place = [&](int q) {
    if (q < lowQubits) return q;
    return lowQubits + static_cast<int>(std::find(batch.high.begin(), batch.high.end(), q) - batch.high.begin());
  };
  for (BoundGate& gate : batch.gates) {
    gate.first = place(gate.first);
    if (hasTwoQubits(gate.kind)) gate.second = place(gate.second);
  }
}

}  // namespace

StateVector::StateVector(int nQubits)
    : qubits(nQubits), re(std::size_t{1} << nQubits, 0.0), im(std::size_t{1} << nQubits, 0.0) {
  re[0] = 1.0;
}

void applyCircuit(StateVector& state, std::span<const Gate> gates, std::span<const double> parameters, int threads) {
  std::vector<BoundGate> bound;
  for (const Gate& gate : gates) bound.push_back({gate.kind, gate.first, gate.second, angleOf(gate, parameters)});
  if (state.qubits <= lowQubits + chosenQubits) {
    for (const BoundGate& gate : bound) applyGate(gate, state.qubits, state.re.data(), state.im.data());
    return;
  }
  while (!bound.empty()) {
    Batch batch = takeBatch(bound);
    renumber(batch);
    const int pieces = 1 << (state.qubits - lowQubits - static_cast<int>(batch.high.size()));
    parallelFor(pieces, threads, [&](int piece) { runPiece(state, batch, static_cast<std::size_t>(piece)); });
  }
}

void applyOperator(const RealPauliOperator& op, const StateVector& source, StateVector& target) {
  std::fill(target.re.begin(), target.re.end(), 0.0);
  std::fill(target.im.begin(), target.im.end(), 0.0);
  for (std::size_t term = 0; term < op.coefficient.size(); ++term) {
    const std::size_t x = op.x[term], z = op.z[term];
    for (std::size_t b = 0; b < source.re.size(); ++b) {
      const double value = std::popcount(b & z) % 2 == 0 ? op.coefficient[term] : -op.coefficient[term];
      target.re[b ^ x] += value * source.re[b];
      target.im[b ^ x] += value * source.im[b];
    }
  }
}

}  // namespace ansatz
