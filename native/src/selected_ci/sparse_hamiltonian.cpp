#include "selected_ci/sparse_hamiltonian.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Rows of a block: a product hands out blocks, and a look at the flag of cancellation lies between two. */
constexpr std::size_t blockRows = 1024;
/** Vectors that a product sums its parts in: as many on any number of threads. */
constexpr int parts = 16;

/** q → p, from what two strings that differ by it have not in common. */
struct Move {
  int p, q;
  double sign;
};
Move moveBetween(String from, String to) {
  const int q = std::countr_zero(from & ~to), p = std::countr_zero(to & ~from);
  return {p, q, static_cast<double>(excitationSign(from, p, q))};
}

/** Both strings differ by two electrons. */
double sameSpinElement(const IntegralLists& integrals, String from, String to) {
  const String left = from & ~to, came = to & ~from;
  const int q = std::countr_zero(left), s = std::countr_zero(left & (left - 1));
  const int p = std::countr_zero(came), r = std::countr_zero(came & (came - 1));
  const String between = from ^ bit(q) ^ bit(p);
  return excitationSign(from, p, q) * excitationSign(between, r, s) * integrals.sameSpin(p, q, r, s);
}

/** Two determinants of one string of the other spin; 0 where three or more electrons differ. */
double oneSpinElement(const IntegralLists& integrals, String from, String to, String other) {
  switch (std::popcount(from ^ to)) {
    case 2: {
      const Move move = moveBetween(from, to);
      return move.sign * integrals.single(from, other, move.p, move.q);
    }
    case 4:
      return sameSpinElement(integrals, from, to);
    default:
      return 0.0;
  }
}

double oppositeSpinElement(const IntegralLists& integrals, const Determinant& from, const Determinant& to, double penalty) {
  const Move a = moveBetween(from.alpha, to.alpha), b = moveBetween(from.beta, to.beta);
  const bool swaps = a.p == b.q && a.q == b.p;
  return a.sign * b.sign * (integrals.g(a.p, a.q, b.p, b.q) - (swaps ? penalty : 0.0));
}

/**
 * Calls found(j, value) for each determinant j > i that H connects with i. The penalty takes part where two unpaired electrons of
 * different spin change places.
 */
template <class Found>
void eachConnected(const IntegralLists& integrals, const DeterminantSpace& space, std::size_t i, double penalty,
                   const Found& found) {
  const Determinant& d = space[i];
  const std::uint32_t a = space.alphaOf(i), b = space.betaOf(i);
  const auto give = [&](std::uint32_t j, double value) {
    if (value != 0.0) found(j, value);
  };
  const std::vector<std::uint8_t>&alphaLabels = space.alpha().labels, &betaLabels = space.beta().labels;
  for (std::size_t j = i + 1; j < space.firstOfAlpha(a + 1); ++j)
    if (betaLabels[b] == betaLabels[space.betaOf(j)] && std::popcount(d.beta ^ space[j].beta) <= 4)
      give(static_cast<std::uint32_t>(j), oneSpinElement(integrals, d.beta, space[j].beta, d.alpha));
  const auto ofBeta = space.ofBeta(b);
  for (auto j = std::upper_bound(ofBeta.begin(), ofBeta.end(), static_cast<std::uint32_t>(i)); j != ofBeta.end(); ++j)
    if (alphaLabels[a] == alphaLabels[space.alphaOf(*j)] && std::popcount(d.alpha ^ space[*j].alpha) <= 4)
      give(*j, oneSpinElement(integrals, d.alpha, space[*j].alpha, d.beta));
  for (const auto& [other, label] : space.alpha().neighboursOf(a)) {
    if (other < a) continue;
    const auto candidates = space.beta().neighboursOf(b, label);
    const std::size_t first = space.firstOfAlpha(other), end = space.firstOfAlpha(other + 1);
    if (end - first < candidates.size()) {
      for (std::size_t j = first; j < end; ++j)
        if (std::popcount(d.beta ^ space[j].beta) == 2 && (betaLabels[b] ^ betaLabels[space.betaOf(j)]) == label)
          give(static_cast<std::uint32_t>(j), oppositeSpinElement(integrals, d, space[j], penalty));
    } else {
      for (const auto& candidate : candidates)
        if (const std::uint32_t j = space.find(other, candidate.string); j != nowhere)
          give(j, oppositeSpinElement(integrals, d, space[j], penalty));
    }
  }
}

/** Rounds values to whole multiples of 2⁻³¹ of the largest. */
template <class Rows>
void storeValues(const std::vector<double>& values, Rows& rows) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  rows.unit = largest / 2147483647.0;
  rows.value.reserve(values.size());
  for (const double value : values) rows.value.push_back(static_cast<std::int32_t>(std::lround(value / rows.unit)));
}

/** S² − s(s+1) of a determinant by itself, s = |nα − nβ|/2. */
double spinExcess(const Determinant& d) {
  const int alpha = std::popcount(d.alpha), beta = std::popcount(d.beta);
  return std::popcount(d.beta & ~d.alpha) + std::min(0, alpha - beta);
}

}  // namespace

SparseHamiltonian::SparseHamiltonian(const IntegralLists& integrals, const DeterminantSpace& space,
                                     const SparseHamiltonianOptions& options)
    : diagonal_(space.size()), threads_(options.threads), control_(options.control) {
  const std::size_t count = (space.size() + blockRows - 1) / blockRows;
  blocks_.resize(count);
  std::atomic<std::size_t> pairs{0};
  parallelFor(static_cast<int>(count), threads_, [&](int block) {
    Rows rows;
    std::vector<double> values;
    const std::size_t first = static_cast<std::size_t>(block) * blockRows, last = std::min(first + blockRows, space.size());
    for (std::size_t i = first; i < last; ++i) {
      control_.check();
      diagonal_[i] = integrals.diagonal(space[i]) + options.spinPenalty * spinExcess(space[i]);
      eachConnected(integrals, space, i, options.spinPenalty, [&](std::uint32_t j, double value) {
        rows.column.push_back(j);
        values.push_back(value);
      });
      rows.end.push_back(static_cast<std::uint32_t>(rows.column.size()));
    }
    pairs += rows.column.size();
    if (8 * pairs > options.memoryBytes) throw DoesNotFit();
    Rows& stored = blocks_[static_cast<std::size_t>(block)];
    // Copies are as long as what they hold.
    stored.end = rows.end;
    stored.column = rows.column;
    storeValues(values, stored);
  });
  pairs_ = pairs;
}

void SparseHamiltonian::apply(std::span<const double> c, std::span<double> sigma) const {
  const std::size_t n = size();
  // Of a small matrix one part does: its sum takes longer than its product.
  const int used = n < 4 * blockRows ? 1 : parts;
  std::vector<std::vector<double>> sums(static_cast<std::size_t>(used));
  parallelFor(used, threads_, [&](int part) {
    std::vector<double>& sum = sums[static_cast<std::size_t>(part)];
    sum.assign(n, 0.0);
    for (std::size_t block = static_cast<std::size_t>(part); block < blocks_.size(); block += static_cast<std::size_t>(used)) {
      control_.check();
      const Rows& rows = blocks_[block];
      std::size_t k = 0, i = block * blockRows;
      for (const std::uint32_t end : rows.end) {
        double row = diagonal_[i] * c[i];
        const double ci = c[i];
        for (; k < end; ++k) {
          const double value = rows.unit * rows.value[k];
          row += value * c[rows.column[k]];
          sum[rows.column[k]] += value * ci;
        }
        sum[i++] += row;
      }
    }
  });
  const std::size_t pieces = (n + blockRows - 1) / blockRows;
  parallelFor(static_cast<int>(pieces), used == 1 ? 1 : threads_, [&](int piece) {
    const std::size_t first = static_cast<std::size_t>(piece) * blockRows, last = std::min(first + blockRows, n);
    for (std::size_t i = first; i < last; ++i) {
      double total = 0.0;
      for (const std::vector<double>& sum : sums) total += sum[i];
      sigma[i] = total;
    }
  });
}

double spinSquareOf(const DeterminantSpace& space, std::span<const double> c, const Control& control) {
  double sum = 0.0;
  for (std::size_t i = 0; i < space.size(); ++i) {
    if (i % blockRows == 0) control.check();
    const Determinant& d = space[i];
    const int alpha = std::popcount(d.alpha), beta = std::popcount(d.beta);
    const double s = 0.5 * std::abs(alpha - beta);
    sum += c[i] * c[i] * (spinExcess(d) + s * (s + 1.0));
    eachOrbital(d.alpha & ~d.beta, [&](int q) {
      eachOrbital(d.beta & ~d.alpha, [&](int p) {
        const String both = bit(p) ^ bit(q);
        const std::uint32_t j = space.find(Determinant{d.alpha ^ both, d.beta ^ both});
        if (j != nowhere) sum -= c[i] * c[j] * excitationSign(d.alpha, p, q) * excitationSign(d.beta, q, p);
      });
    });
  }
  return sum;
}

}  // namespace ansatz
