#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "integrals/pair_list.hpp"
#include "random_shells.hpp"
#include "slow_repulsion.hpp"

namespace ansatz::test {
namespace {

/** Relative: bounds are square roots of integrals that agree to 1e-12. */
constexpr double tolerance = 1e-10;

/** √max (ab|ab) over the functions of two shells, by the slow twin. */
double slowBound(const CartesianShell& a, const CartesianShell& b) {
  double largest = 0.0;
  for (const Function& f : functionsOf(a))
    for (const Function& g : functionsOf(b)) largest = std::max(largest, slowRepulsion(f, g, f, g));
  return std::sqrt(largest);
}

/** Two lists of shells, and the twin's bound of every pair. */
struct Pairs {
  std::vector<CartesianShell> a, b;
  std::map<std::pair<int, int>, double> expected;
  double largest = 0.0;

  Pairs(Random& random, const std::vector<int>& partsA, const std::vector<int>& partsB, int count = 6)
      : a(randomShells(random, partsA, count)), b(randomShells(random, partsB, 2)) {
    for (int i = 0; i < static_cast<int>(a.size()); ++i)
      for (int j = 0; j < static_cast<int>(b.size()); ++j)
        largest = std::max(largest, expected[{i, j}] = slowBound(a[i], b[j]));
  }

  /** A bound that half of the pairs reach. */
  double middle() const {
    std::vector<double> sorted;
    for (const auto& [pair, bound] : expected) sorted.push_back(bound);
    std::sort(sorted.begin(), sorted.end());
    return std::sqrt(sorted[sorted.size() / 2 - 1] * sorted[sorted.size() / 2]);
  }
};

/** The pairs listed at a threshold are those that the twin's bounds keep, each with its bound, by falling bound. */
void testList(const Pairs& pairs, double least, Check& check) {
  std::deque<PairClass> classes;
  std::map<std::pair<int, int>, double> found;
  bool falling = true;
  bool padded = true;
  for (const PairBlock& block : makeMixedPairBlocks(pairs.a, pairs.b, least * pairs.largest, classes)) {
    for (int i = 0; i < block.nPairs; ++i) found[{block.shellA[i], block.shellB[i]}] = block.bound[i];
    falling = falling && std::is_sorted(block.bound.rbegin(), block.bound.rend());
    padded = padded && std::all_of(block.bound.begin() + block.nPairs, block.bound.end(), [](double b) { return b == 0.0; });
  }
  const std::string name = pairName(classes.front()) + " from " + std::to_string(least);
  double worst = 0.0;
  std::size_t kept = 0;
  for (const auto& [pair, bound] : pairs.expected) {
    if (bound < least) continue;
    ++kept;
    worst = std::max(worst, found.count(pair) > 0 ? std::abs(found[pair] - bound) / bound : 1.0);
  }
  check.that(found.size() == kept, name + ": expected " + std::to_string(kept) + " pairs kept, got " + std::to_string(found.size()));
  check.that(worst <= tolerance, name + ": a Schwarz bound differs from the slow twin's by " + std::to_string(worst) + " of it");
  check.that(falling && padded, name + ": bounds fall, and are 0 for padding");
}

}  // namespace

void testPairBounds(Check& check) {
  Random random;
  const std::vector<int> s{0}, p{1}, sp{0, 1}, d{2}, f{3};
  for (const auto& [a, b] : {std::pair(s, s), {p, s}, {sp, s}, {p, p}, {sp, p}, {sp, sp}, {d, s}, {d, p}, {d, sp}, {d, d}, {f, s},
                             {f, d}}) {
    const Pairs pairs(random, a, b);
    testList(pairs, 1e-30, check);
    testList(pairs, pairs.middle(), check);
  }
  // so many that they fill more than a group of lanes, and another in part
  testList(Pairs(random, s, s, 45), 1e-30, check);
}

}  // namespace ansatz::test
