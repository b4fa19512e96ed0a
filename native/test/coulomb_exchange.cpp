#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/fock.hpp"
#include "check.hpp"
#include "instruction_sets.hpp"
#include "random.hpp"
#include "random_shells.hpp"
#include "slow_repulsion.hpp"

namespace ansatz::test {
namespace {

/** Of the largest element: sums of some thousand integrals that agree to 1e-12. */
constexpr double tolerance = 1e-11;

/**
 * Random shells one after another, as a basis whose functions are the Cartesian ones. Each has one primitive, so that all pairs of
 * a class stand in the same groups.
 */
CartesianBasis randomBasis(Random& random, const std::vector<std::vector<int>>& shellParts) {
  CartesianBasis basis;
  for (const std::vector<int>& parts : shellParts) {
    CartesianShell shell = randomShells(random, parts, 1).front();
    shell.exponents.resize(1);
    for (std::vector<double>& coefficients : shell.coefficients) coefficients.resize(1);
    shell.atom = static_cast<int>(basis.shells.size());
    shell.offset = basis.nCartesian;
    for (const int l : parts) basis.nCartesian += nCartesian(l);
    basis.shells.push_back(std::move(shell));
  }
  return basis;
}

Matrix randomSymmetric(Random& random, int n) {
  Matrix m(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) m(i, j) = m(j, i) = random.between(-1.0, 1.0);
  return m;
}

/** All (ij|kl) by the slow twin, each computed once of the eight that are equal. */
class SlowIntegrals {
 public:
  explicit SlowIntegrals(const CartesianBasis& basis, const Repulsion& repulsion = {}) : n_(basis.nCartesian), values_(n_ * n_ * n_ * n_) {
    std::vector<Function> functions;
    for (const CartesianShell& shell : basis.shells)
      for (const Function& f : functionsOf(shell)) functions.push_back(f);
    for (int i = 0; i < n_; ++i)
      for (int j = 0; j <= i; ++j)
        for (int k = 0; k <= i; ++k)
          for (int l = 0; l <= (k == i ? j : k); ++l)
            setAll({i, j, k, l}, slowRepulsion(functions[i], functions[j], functions[k], functions[l], repulsion));
  }
  double operator()(int i, int j, int k, int l) const { return values_[((i * n_ + j) * n_ + k) * n_ + l]; }

 private:
  void setAll(const std::array<int, 4>& at, double value) {
    const auto [i, j, k, l] = at;
    for (const auto& [a, b, c, d] :
         {at, {j, i, k, l}, {i, j, l, k}, {j, i, l, k}, {k, l, i, j}, {l, k, i, j}, {k, l, j, i}, {l, k, j, i}})
      values_[((a * n_ + b) * n_ + c) * n_ + d] = value;
  }

  int n_;
  std::vector<double> values_;
};

/** Largest difference from Σ (ij|kl) D_kl or, for exchange, Σ (ik|jl) D_kl, over the largest sum. */
double difference(const SlowIntegrals& integrals, const Matrix& density, const Matrix& found, bool exchange) {
  const int n = density.rows;
  double worst = 0.0;
  double largest = 0.0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      double sum = 0.0;
      for (int k = 0; k < n; ++k)
        for (int l = 0; l < n; ++l) sum += (exchange ? integrals(i, k, j, l) : integrals(i, j, k, l)) * density(k, l);
      worst = std::max(worst, std::abs(found(i, j) - sum));
      largest = std::max(largest, std::abs(sum));
    }
  return worst / largest;
}

/** Exchange of parted ranges beside Coulomb's own matrices, with and without memory for either. */
void testApartExchange(Check& check) {
  constexpr Repulsion repulsion{0.222036, 0.777964, 0.2};
  Random random;
  const std::vector<int> s{0}, sp{0, 1}, d{2}, f{3};
  for (const std::vector<std::vector<int>>& parts : {std::vector{s, sp, sp, s}, std::vector{d, d, s}, std::vector{f, s}}) {
    const CartesianBasis basis = randomBasis(random, parts);
    const SlowIntegrals full(basis), attenuated(basis, repulsion);
    const Matrix one = randomSymmetric(random, basis.nCartesian);
    const Matrix other = randomSymmetric(random, basis.nCartesian);
    forEachIsa([&](const std::string& name) {
      for (const std::size_t storeBytes : {std::size_t{0}, std::size_t{1} << 18, std::size_t{1} << 24}) {
        FockOptions options;
        options.threshold = 1e-14;
        options.storeBytes = storeBytes;
        FockBuilder coulomb(basis, options);
        options.repulsion = repulsion;
        ApartExchange builder(coulomb, basis, options);
        for (int time = 0; time < 2; ++time) {
          const CoulombExchange jk = builder.build({&one}, {&one, &other});
          const double worst = std::max({difference(full, one, jk.coulomb[0], false), difference(attenuated, one, jk.exchange[0], true),
                                         difference(attenuated, other, jk.exchange[1], true)});
          check.that(worst <= tolerance, name + ": exchange of parted ranges of " + std::to_string(basis.nCartesian) +
                                             " functions differs from the slow twin's by " + std::to_string(worst));
        }
        check.that(builder.storedBytes() <= storeBytes, name + ": integrals of parted ranges hold more than they were given");
      }
    });
  }
}

}  // namespace

void testCoulombExchange(Check& check) {
  testApartExchange(check);
  Random random;
  const std::vector<int> s{0}, p{1}, sp{0, 1}, d{2}, f{3};
  // ten pairs of one class fill a group of eight and begin another
  const std::vector<std::vector<std::vector<int>>> bases{{s, s, s, s, p}, {p, p, p, p}, {sp, sp, sp, sp}, {sp, s, sp, s, s}, {d, d, s}, {f, sp}};
  for (const auto& parts : bases) {
    const CartesianBasis basis = randomBasis(random, parts);
    const SlowIntegrals integrals(basis);
    const Matrix one = randomSymmetric(random, basis.nCartesian);
    const Matrix other = randomSymmetric(random, basis.nCartesian);
    const auto compare = [&](FockBuilder& builder, const std::string& name) {
      const CoulombExchange jk = builder.build({&one, &other}, {&other, &one});
      const double worst = std::max(
          {difference(integrals, one, jk.coulomb[0], false), difference(integrals, other, jk.coulomb[1], false),
           difference(integrals, other, jk.exchange[0], true), difference(integrals, one, jk.exchange[1], true)});
      check.that(worst <= tolerance, name + ": Coulomb and exchange of " + std::to_string(basis.nCartesian) +
                                         " functions differ from the slow twin's by " + std::to_string(worst) +
                                         " of the largest element");
    };
    forEachIsa([&](const std::string& name) {
      for (const std::size_t storeBytes : {std::size_t{0}, std::size_t{1} << 24})
        for (const int threads : {1, 3}) {
          FockOptions options;
          options.threshold = 1e-14;
          options.storeBytes = storeBytes;
          options.threads = threads;
          FockBuilder builder(basis, options);
          compare(builder, name);
          compare(builder, name + ", once more");  // from what the first build kept
        }
    });
  }
}

}  // namespace ansatz::test
