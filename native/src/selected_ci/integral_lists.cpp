#include "selected_ci/integral_lists.hpp"

#include <algorithm>
#include <cmath>

namespace ansatz {
namespace {

constexpr double negligible = 1e-12;
/**
 * Spatial symmetry makes integrals vanish up to how well the field converged, below 1e-9 Hartree. What is smaller than this makes no
 * symmetry, and is left out where it breaks one: of a state of that symmetry it changes the energy by its square only.
 */
constexpr double symmetryBreaking = 1e-8;

void sortBySize(std::vector<Excitation>& all, std::size_t from) {
  std::stable_sort(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(),
                   [](const Excitation& a, const Excitation& b) { return std::abs(a.value) > std::abs(b.value); });
}

/** Rows over GF(2) in echelon form: every orbital's bit takes part in the exclusive or of an integral that is not zero. */
class Echelon {
 public:
  void add(std::uint64_t row) {
    while (row != 0) {
      std::uint64_t& pivot = rows_[std::countr_zero(row)];
      if (pivot == 0) {
        pivot = row;
        return;
      }
      row ^= pivot;
    }
  }

  /** Independent assignments of a bit to each of n orbitals for which every row's exclusive or is zero. */
  std::vector<std::uint64_t> solutions(int n) const {
    std::vector<std::uint64_t> found;
    for (int free = 0; free < n; ++free) {
      if (rows_[free] != 0) continue;
      std::uint64_t solution = std::uint64_t{1} << free;
      for (int p = n - 1; p >= 0; --p)
        if (rows_[p] != 0 && std::popcount(rows_[p] & solution) % 2 != 0) solution ^= std::uint64_t{1} << p;
      found.push_back(solution);
    }
    return found;
  }

 private:
  std::uint64_t rows_[64] = {};
};

}  // namespace

IntegralLists::IntegralLists(const Hamiltonian& hamiltonian, const Control& control)
    : h_(hamiltonian), n_(hamiltonian.norb), control_(control) {
  for (int p = 0; p < n_; ++p)
    for (int q = 0; q < n_; ++q)
      for (int r = 0; r < n_; ++r) {
        coulomb_.push_back(g(p, q, r, r));
        exchange_.push_back(g(p, r, r, q));
      }
  findLabels();
  sortBesides();
  sortPairs();
}

void IntegralLists::findLabels() {
  Echelon rows;
  const auto mask = [](int p, int q) { return bit(p) ^ bit(q); };
  for (int p = 0; p < n_; ++p)
    for (int q = 0; q < p; ++q)
      if (std::abs(h_.h(p, q)) > symmetryBreaking) rows.add(mask(p, q));
  for (int p = 0; p < n_; ++p) {
    control_.check();
    for (int q = 0; q <= p; ++q)
      for (int r = 0; r <= p; ++r)
        for (int s = 0; s <= r; ++s)
          if (std::abs(g(p, q, r, s)) > symmetryBreaking) rows.add(mask(p, q) ^ mask(r, s));
  }
  labels_.assign(static_cast<std::size_t>(n_), 0);
  const std::vector<std::uint64_t> solutions = rows.solutions(n_);
  // Where nothing couples there are as many as orbitals; any of them may be left out.
  constexpr std::size_t bits = 8;
  for (std::size_t k = 0; k < std::min(bits, solutions.size()); ++k)
    for (int p = 0; p < n_; ++p)
      if ((solutions[k] >> p) & 1) labels_[static_cast<std::size_t>(p)] |= static_cast<std::uint8_t>(1u << k);
}

void IntegralLists::sortBesides() {
  besidesStart_.push_back(0);
  for (int p = 0; p < n_; ++p)
    for (int q = 0; q <= p; ++q) {
      control_.check();
      for (int r = 0; r < n_; ++r) {
        const std::size_t from = besides_.size();
        for (int s = 0; s < n_; ++s)
          if (s != r && isAllowed(bit(p) ^ bit(q) ^ bit(r) ^ bit(s)) && std::abs(g(p, q, r, s)) > negligible)
            besides_.push_back({g(p, q, r, s), static_cast<std::uint8_t>(s), 0});
        sortBySize(besides_, from);
        besidesStart_.push_back(besides_.size());
      }
    }
}

void IntegralLists::sortPairs() {
  pairsStart_.push_back(0);
  for (int s = 0; s < n_; ++s)
    for (int q = 0; q < s; ++q) {
      control_.check();
      const std::size_t from = pairs_.size();
      for (int second = 0; second < n_; ++second)
        for (int first = 0; first < second; ++first) {
          if (first == q || first == s || second == q || second == s) continue;
          const double value = sameSpin(first, q, second, s);
          if (isAllowed(bit(first) ^ bit(q) ^ bit(second) ^ bit(s)) && std::abs(value) > negligible)
            pairs_.push_back({value, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)});
        }
      sortBySize(pairs_, from);
      pairsStart_.push_back(pairs_.size());
    }
}

std::uint8_t IntegralLists::label(String string) const {
  std::uint8_t all = 0;
  eachOrbital(string, [&](int p) { all ^= label(p); });
  return all;
}

double IntegralLists::ofOneSpin(String string) const {
  double energy = 0.0;
  eachOrbital(string, [&](int p) {
    energy += h_.h(p, p);
    const std::size_t row = static_cast<std::size_t>(p * n_ + p) * static_cast<std::size_t>(n_);
    eachOrbital(string & (bit(p) - 1),
                [&](int q) { energy += coulomb_[row + static_cast<std::size_t>(q)] - exchange_[row + static_cast<std::size_t>(q)]; });
  });
  return energy;
}

std::vector<double> IntegralLists::coulombOf(String string) const {
  std::vector<double> sums(static_cast<std::size_t>(n_), 0.0);
  for (int p = 0; p < n_; ++p)
    eachOrbital(string, [&](int q) { sums[static_cast<std::size_t>(p)] += coulomb_[static_cast<std::size_t>((p * n_ + p) * n_ + q)]; });
  return sums;
}

double IntegralLists::diagonal(const Determinant& d) const {
  double energy = ofOneSpin(d.alpha) + ofOneSpin(d.beta);
  const std::vector<double> coulomb = coulombOf(d.alpha);
  eachOrbital(d.beta, [&](int p) { energy += coulomb[static_cast<std::size_t>(p)]; });
  return energy;
}

double IntegralLists::single(String same, String other, int p, int q) const {
  const std::size_t row = static_cast<std::size_t>(p * n_ + q) * static_cast<std::size_t>(n_);
  double value = h_.h(p, q);
  eachOrbital(same, [&](int r) { value += coulomb_[row + static_cast<std::size_t>(r)] - exchange_[row + static_cast<std::size_t>(r)]; });
  eachOrbital(other, [&](int r) { value += coulomb_[row + static_cast<std::size_t>(r)]; });
  return value;
}

}  // namespace ansatz
