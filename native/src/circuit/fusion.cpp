#include "circuit/fusion.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "circuit/dense_kernels.hpp"

namespace ansatz {
namespace {

using Matrix = std::vector<std::complex<double>>;

/** What a pass over the amplitudes costs beside its arithmetic, in multiply-adds an amplitude: loading, storing, the loop. */
constexpr double passCost = 6.0;

std::size_t dimension(const std::vector<int>& qubits) { return std::size_t{1} << qubits.size(); }

/** Where the bits of an index on `from` stand in an index on `to`. */
std::size_t moved(std::size_t index, const std::vector<int>& from, const std::vector<int>& to) {
  std::size_t result = 0;
  for (std::size_t i = 0; i < from.size(); ++i)
    if ((index >> i) & 1) result |= std::size_t{1} << (std::find(to.begin(), to.end(), from[i]) - to.begin());
  return result;
}

/** A matrix on `from` times the identity on the other qubits of `to`. */
Matrix extended(const Matrix& matrix, const std::vector<int>& from, const std::vector<int>& to) {
  if (from == to) return matrix;
  const std::size_t small = dimension(from), large = dimension(to);
  const std::size_t mask = moved(small - 1, from, to);
  Matrix result(large * large);
  for (std::size_t rest = 0; rest < large; ++rest) {
    if (rest & mask) continue;
    for (std::size_t row = 0; row < small; ++row)
      for (std::size_t column = 0; column < small; ++column)
        result[(rest | moved(row, from, to)) * large + (rest | moved(column, from, to))] = matrix[row * small + column];
  }
  return result;
}

Matrix product(const Matrix& a, const Matrix& b, std::size_t n) {
  Matrix result(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k) {
      const std::complex<double> factor = a[i * n + k];
      if (factor == 0.0) continue;
      for (std::size_t j = 0; j < n; ++j) result[i * n + j] += factor * b[k * n + j];
    }
  return result;
}

Block blockOf(const BoundGate& gate) {
  std::vector<int> qubits{gate.first};
  if (hasTwoQubits(gate.kind)) qubits.push_back(gate.second);
  std::vector<int> sorted = qubits;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t n = dimension(qubits);
  const Matrix own = gateMatrix(gate);
  Matrix matrix(n * n);
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t column = 0; column < n; ++column)
      matrix[moved(row, qubits, sorted) * n + moved(column, qubits, sorted)] = own[row * n + column];
  return {std::move(sorted), std::move(matrix), {gate}};
}

/** first, then second. */
Block together(const Block& first, const Block& second) {
  std::vector<int> qubits;
  std::set_union(first.qubits.begin(), first.qubits.end(), second.qubits.begin(), second.qubits.end(),
                 std::back_inserter(qubits));
  Matrix matrix = product(extended(second.matrix, second.qubits, qubits), extended(first.matrix, first.qubits, qubits),
                          dimension(qubits));
  return {std::move(qubits), std::move(matrix), {}};
}

/** Multiply-adds an amplitude of a gate by its own kernel; 0 where a matrix does as well. */
double kernelCost(GateKind kind) {
  switch (kind) {
    case GateKind::z:
    case GateKind::s:
    case GateKind::sdg:
    case GateKind::p: return 2.0;
    case GateKind::rz: return 4.0;
    case GateKind::cx:
    case GateKind::cz:
    case GateKind::cp:
    case GateKind::givens: return 1.0;
    default: return 0.0;
  }
}

bool hasOwnKernel(const Block& block) {
  return !block.gate.empty() && (block.matrix.empty() || kernelCost(block.gate.front().kind) > 0.0);
}

double cost(const Block& block) {
  if (hasOwnKernel(block)) return passCost + kernelCost(block.gate.front().kind);
  return passCost + (block.isReal() ? 2.0 : 4.0) * static_cast<double>(dimension(block.qubits));
}

/** Blocks so far, and for each qubit the last one on it. */
class Fusion {
 public:
  void add(const BoundGate& gate) {
    Block block = blockOf(gate);
    std::vector<std::size_t> open = openBefore(block);
    // All that can be taken in at once may pay where one alone does not.
    if (open.size() > 1 && takeIn(block, open)) open.clear();
    for (const std::size_t before : open) takeIn(block, {before});
    for (const int q : block.qubits) last(q) = blocks_.size();
    blocks_.push_back(std::move(block));
  }

  std::vector<Block> result() && {
    std::erase_if(blocks_, [](const Block& block) { return block.qubits.empty(); });
    return std::move(blocks_);
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t& last(int q) {
    if (static_cast<std::size_t>(q) >= last_.size()) last_.resize(static_cast<std::size_t>(q) + 1, none);
    return last_[static_cast<std::size_t>(q)];
  }

  /** Blocks on the qubits of `block` that nothing stands behind: they may be moved up to it. The latest first. */
  std::vector<std::size_t> openBefore(const Block& block) {
    std::vector<std::size_t> found;
    for (const int q : block.qubits) {
      const std::size_t before = last(q);
      if (before == none || std::find(found.begin(), found.end(), before) != found.end()) continue;
      const std::vector<int>& on = blocks_[before].qubits;
      if (std::all_of(on.begin(), on.end(), [&](int other) { return last(other) == before; })) found.push_back(before);
    }
    std::sort(found.rbegin(), found.rend());
    return found;
  }

  /** Puts earlier blocks before `block` where that is cheaper than leaving them apart. */
  bool takeIn(Block& block, const std::vector<std::size_t>& earlier) {
    Block merged = block;
    double apart = cost(block);
    for (const std::size_t before : earlier) {
      std::vector<int> qubits;
      std::set_union(merged.qubits.begin(), merged.qubits.end(), blocks_[before].qubits.begin(),
                     blocks_[before].qubits.end(), std::back_inserter(qubits));
      if (qubits.size() > fusedQubits) return false;
      apart += cost(blocks_[before]);
      merged = together(blocks_[before], merged);
    }
    if (cost(merged) > apart) return false;
    for (const std::size_t before : earlier) {
      for (const int q : blocks_[before].qubits) last(q) = none;
      blocks_[before] = {};
    }
    block = std::move(merged);
    return true;
  }

  std::vector<Block> blocks_;
  std::vector<std::size_t> last_;
};

}  // namespace

bool Block::isReal() const {
  return std::all_of(matrix.begin(), matrix.end(), [](const std::complex<double>& z) { return z.imag() == 0.0; });
}

double Block::errorBound(double unitRoundoff) const {
  const std::size_t count = matrix.empty() ? (hasTwoQubits(gate.front().kind) ? 2 : 1) : qubits.size();
  const double n = static_cast<double>(std::size_t{1} << count);
  return std::sqrt(n) * (std::sqrt(2.0) * 2.0 * n + 1.0) * unitRoundoff;
}

std::vector<Block> fuse(std::span<const BoundGate> gates) {
  Fusion fusion;
  for (const BoundGate& gate : gates) fusion.add(gate);
  return std::move(fusion).result();
}

template <class Real>
void applyBlock(const Block& block, int n, Real* re, Real* im) {
  if (hasOwnKernel(block)) return applyGate(block.gate.front(), n, re, im);
  const std::size_t size = block.matrix.size();
  Real entries[2 << (2 * fusedQubits)];
  for (std::size_t k = 0; k < size; ++k) {
    entries[k] = static_cast<Real>(block.matrix[k].real());
    entries[size + k] = static_cast<Real>(block.matrix[k].imag());
  }
  const int k = static_cast<int>(block.qubits.size());
  ANSATZ_SELECT(applyDense<Real>)(n, k, block.qubits.data(), block.isReal(), entries, re, im);
}

template void applyBlock(const Block&, int, double*, double*);
template void applyBlock(const Block&, int, float*, float*);

}  // namespace ansatz
