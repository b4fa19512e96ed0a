#include "circuit/pieces.hpp"

#include <bit>
#include <cstdint>

namespace ansatz {
namespace {

std::uint64_t qubitMask(const BoundGate& gate) {
  const std::uint64_t first = std::uint64_t{1} << gate.first;
  return hasTwoQubits(gate.kind) ? first | (std::uint64_t{1} << gate.second) : first;
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

Batch takeBatch(std::vector<BoundGate>& gates, int qubits, int chosen) {
  constexpr std::uint64_t low = (std::uint64_t{1} << lowQubits) - 1;
  Batch batch;
  if (qubits <= lowQubits + chosen) {
    for (int q = lowQubits; q < qubits; ++q) batch.high.push_back(q);
    batch.gates.swap(gates);
    return batch;
  }
  std::uint64_t high = 0, waiting = 0;
  std::vector<BoundGate> rest;
  for (const BoundGate& gate : gates) {
    const std::uint64_t mask = qubitMask(gate);
    const std::uint64_t wanted = high | (mask & ~low);
    if ((mask & waiting) == 0 && std::popcount(wanted) <= chosen) {
      high = wanted;
      batch.gates.push_back(gate);
    } else {
      waiting |= mask;
      rest.push_back(gate);
    }
  }
  for (; high != 0; high &= high - 1) batch.high.push_back(std::countr_zero(high));
  renumber(batch);
  gates = std::move(rest);
  return batch;
}

template <class Real>
void Piece<Real>::load(StateVectorOf<Real>& state, const Batch& batch, std::size_t number) {
  offsets_.clear();
  if (batch.pieces(state.qubits) == 1) {
    re_ = state.re.get();
    im_ = state.im.get();
    return;
  }
  constexpr std::size_t run = std::size_t{1} << lowQubits;
  const std::size_t origin = spread(number, batch.high), runs = std::size_t{1} << batch.high.size();
  for (std::size_t k = 0; k < runs; ++k) {
    std::size_t offset = origin;
    for (std::size_t i = 0; i < batch.high.size(); ++i)
      if ((k >> i) & 1) offset += std::size_t{1} << batch.high[i];
    offsets_.push_back(offset);
  }
  values_.resize(2 * runs * run);
  re_ = values_.data();
  im_ = re_ + runs * run;
  for (std::size_t k = 0; k < runs; ++k) {
    std::copy_n(state.re.get() + offsets_[k], run, re_ + k * run);
    std::copy_n(state.im.get() + offsets_[k], run, im_ + k * run);
  }
}

template <class Real>
void Piece<Real>::store(StateVectorOf<Real>& state) const {
  constexpr std::size_t run = std::size_t{1} << lowQubits;
  for (std::size_t k = 0; k < offsets_.size(); ++k) {
    std::copy_n(re_ + k * run, run, state.re.get() + offsets_[k]);
    std::copy_n(im_ + k * run, run, state.im.get() + offsets_[k]);
  }
}

template class Piece<double>;
template class Piece<float>;

}  // namespace ansatz
