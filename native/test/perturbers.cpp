#include "nevpt2/perturbers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "check.hpp"
#include "hamiltonians.hpp"
#include "instruction_sets.hpp"
#include "nevpt2/overlaps.hpp"
#include "random.hpp"
#include "slow_ci.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-11;

/** As the slow twin writes ladder operators. */
std::vector<int> slowProduct(const LadderProduct& product, int norb) {
  std::vector<int> operators;
  for (const auto& [spin, orbital, creates] : product) {
    const int q = orbital + (spin == Spin::beta ? norb : 0) + 1;
    operators.push_back(creates ? q : -q);
  }
  return operators;
}

/** One in, one out, a pair in, a pair out and moves, of each spin; nothing at all. */
std::vector<std::vector<LadderProduct>> families(int norb) {
  std::vector<std::vector<LadderProduct>> list;
  for (const Spin spin : {Spin::alpha, Spin::beta})
    for (const bool creates : {false, true}) {
      std::vector<LadderProduct> singles, pairs, moves;
      for (int a = 0; a < norb; ++a) {
        singles.push_back({{spin, a, creates}});
        for (int b = 0; b < norb; ++b) {
          pairs.push_back({{Spin::alpha, a, creates}, {spin, b, creates}});
          moves.push_back({{spin, b, false}, {creates ? Spin::alpha : Spin::beta, a, true}});
        }
      }
      if (creates == (spin == Spin::alpha)) moves.push_back({});
      list.insert(list.end(), {singles, pairs, moves});
    }
  return list;
}

void againstSlowTwin(Random& random, int norb, int nalpha, int nbeta, Check& check) {
  const Hamiltonian hamiltonian = molecularHamiltonian(random, norb);
  const std::vector<Occupation> order = determinants(norb, nalpha, nbeta);
  std::vector<double> c = random.vector(order.size());
  double square = 0.0;
  for (const double x : c) square += x * x;
  for (double& x : c) x /= std::sqrt(square);
  const SlowState state = stateOf(order, c);
  const double energy = overlap(state, slowHamiltonian(hamiltonian, state));
  const std::string what = " of " + std::to_string(nalpha) + "+" + std::to_string(nbeta) + " electrons in " + std::to_string(norb);
  forEachIsa([&](const std::string& isa) {
    for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 24}) {
      ActiveVectors vectors(hamiltonian, {nalpha, nbeta, c}, memory, 2, {});
      double worst = 0.0;
      for (const auto& products : families(norb)) {
        const Family family = vectors.family(products);
        std::vector<SlowState> slow;
        for (const LadderProduct& product : products) {
          SlowState image;
          addOperators(slowProduct(product, norb), 1.0, state, image);
          slow.push_back(image);
        }
        for (std::size_t y = 0; y < slow.size(); ++y) {
          const SlowState image = slowHamiltonian(hamiltonian, slow[y]);
          for (std::size_t x = 0; x < slow.size(); ++x) {
            const double norm = overlap(slow[x], slow[y]);
            const int i = static_cast<int>(x), j = static_cast<int>(y);
            worst = std::max({worst, std::abs(family.overlap(i, j) - norm),
                              std::abs(family.energy(i, j) - (overlap(slow[x], image) - energy * norm))});
          }
        }
      }
      check.that(worst < tolerance, "perturbers" + what + " by " + isa);
    }
  });
  std::vector<double> t(static_cast<std::size_t>(norb * norb));
  for (int p = 0; p < norb; ++p)
    for (int q = 0; q <= p; ++q) t[static_cast<std::size_t>(p * norb + q)] = t[static_cast<std::size_t>(q * norb + p)] = random.between(-1.0, 1.0);
  std::int32_t block[5] = {};
  Ladder ladder(norb, Control(block, true));
  SectorVector image = ladder.zero(nalpha, nbeta);
  ladder.addOneBody(t, 0.3, {nalpha, nbeta, c}, image);
  check.that(block[4] >= norb * norb, "checks in one-body operators" + what);
  SlowState slow;
  for (const auto& [determinant, value] : state) slow[determinant] += 0.3 * value;
  for (int p = 0; p < norb; ++p)
    for (int q = 0; q < norb; ++q)
      for (const int spin : {0, norb}) addOperators({-(q + spin + 1), p + spin + 1}, t[static_cast<std::size_t>(p * norb + q)], state, slow);
  const std::vector<double> expected = coefficientsOf(order, slow);
  double worst = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) worst = std::max(worst, std::abs(expected[i] - image.c[i]));
  check.that(worst < tolerance, "one-body operators" + what);
}

/** Of vectors longer than the pieces that they are taken in, an empty one among them. */
void overlaps(Random& random, Check& check) {
  constexpr std::size_t length = 2500;
  std::vector<std::vector<double>> left, right;
  for (const std::size_t size : {length, std::size_t{0}, length}) left.push_back(random.vector(size));
  for (const std::size_t size : {std::size_t{0}, length, length, length}) right.push_back(random.vector(size));
  forEachIsa([&](const std::string& isa) {
    std::int32_t block[5] = {};
    const Matrix found = overlapsOf(left, right, length, Control(block, true));
    double worst = 0.0;
    for (std::size_t x = 0; x < left.size(); ++x)
      for (std::size_t y = 0; y < right.size(); ++y) {
        double sum = 0.0;
        for (std::size_t k = 0; k < length && !left[x].empty() && !right[y].empty(); ++k) sum += left[x][k] * right[y][k];
        worst = std::max(worst, std::abs(found(static_cast<int>(x), static_cast<int>(y)) - sum));
      }
    check.that(worst < tolerance, "overlaps of long vectors by " + isa);
    check.that(block[4] > 1, "checks between pieces of long vectors by " + isa);
  });
}

}  // namespace

void testPerturbers(Check& check) {
  Random random;
  againstSlowTwin(random, 3, 2, 1, check);
  againstSlowTwin(random, 4, 2, 2, check);
  againstSlowTwin(random, 3, 3, 0, check);
  againstSlowTwin(random, 2, 1, 2, check);
  overlaps(random, check);
}

}  // namespace ansatz::test
