#include "gradient/merge_contractions.hpp"

#include <algorithm>

namespace ansatz {
namespace {

constexpr std::size_t maxParts = 3;
constexpr int highestMerged = 1;

bool hasTwice(std::vector<double> exponents) {
  std::sort(exponents.begin(), exponents.end());
  return std::adjacent_find(exponents.begin(), exponents.end()) != exponents.end();
}

/** Whether the primitives of `b` are among those of `a`, and worth sharing. */
bool shares(const CartesianShell& a, const CartesianShell& b) {
  if (a.atom != b.atom || a.centre != b.centre || b.parts.size() != 1 || b.exponents.size() < 2) return false;
  if (a.parts.front() != b.parts.front() || a.parts.back() != b.parts.front() || b.parts.front() > highestMerged) return false;
  if (hasTwice(a.exponents) || hasTwice(b.exponents)) return false;
  return std::all_of(b.exponents.begin(), b.exponents.end(), [&](double e) {
    return std::find(a.exponents.begin(), a.exponents.end(), e) != a.exponents.end();
  });
}

/** The coefficients of `b` over the primitives of `a`. */
std::vector<double> spread(const CartesianShell& a, const CartesianShell& b) {
  std::vector<double> coefficients;
  for (const double exponent : a.exponents) {
    const auto found = std::find(b.exponents.begin(), b.exponents.end(), exponent);
    coefficients.push_back(found == b.exponents.end() ? 0.0 : b.coefficients.front()[found - b.exponents.begin()]);
  }
  return coefficients;
}

int countFunctions(const CartesianShell& shell) {
  int n = 0;
  for (const int l : shell.parts) n += nCartesian(l);
  return n;
}

}  // namespace

MergedBasis mergeContractions(const CartesianBasis& basis) {
  MergedBasis merged;
  const auto& shells = basis.shells;
  std::vector<bool> taken(shells.size(), false);
  // the longest contraction first: the others are among its primitives
  std::vector<std::size_t> order(shells.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return shells[i].exponents.size() > shells[j].exponents.size(); });
  for (std::size_t x = 0; x < order.size(); ++x) {
    const std::size_t i = order[x];
    if (taken[i]) continue;
    CartesianShell shell = shells[i];
    std::vector<std::size_t> members{i};
    for (std::size_t y = x + 1; y < order.size() && shell.parts.size() < maxParts; ++y) {
      const std::size_t j = order[y];
      if (taken[j] || !shares(shell, shells[j])) continue;
      taken[j] = true;
      shell.parts.push_back(shells[j].parts.front());
      shell.coefficients.push_back(spread(shell, shells[j]));
      members.push_back(j);
    }
    shell.offset = merged.basis.nCartesian;
    for (const std::size_t j : members)
      for (int f = 0; f < countFunctions(shells[j]); ++f) merged.original.push_back(shells[j].offset + f);
    merged.basis.nCartesian += countFunctions(shell);
    merged.basis.shells.push_back(std::move(shell));
  }
  return merged;
}

}  // namespace ansatz
