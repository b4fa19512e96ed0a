#include "ansatz/ci.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/density_matrix.hpp"
#include "ansatz/direct_ci.hpp"
#include "ansatz/linalg.hpp"
#include "check.hpp"
#include "ci/kernels.hpp"
#include "ci/vectors.hpp"
#include "hamiltonians.hpp"
#include "instruction_sets.hpp"
#include "random.hpp"
#include "slow_ci.hpp"

namespace ansatz::test {
namespace {

/** Sums of some thousand products of numbers of order 1. */
constexpr double tolerance = 1e-11;

struct Sector {
  int norb, nalpha, nbeta;
  std::string name() const { return "(" + std::to_string(norb) + ", " + std::to_string(nalpha) + ", " + std::to_string(nbeta) + ")"; }
  std::vector<Occupation> determinants() const { return test::determinants(norb, nalpha, nbeta); }
};

void strings(Check& check) {
  for (const auto& [norb, nelec] : {std::pair(1, 0), {1, 1}, {4, 2}, {7, 3}, {9, 9}, {10, 0}}) {
    const StringSpace all(norb, nelec);
    std::vector<String> expected;
    for (String s = 0; s < (String{1} << norb); ++s)
      if (occupied(s).size() == static_cast<std::size_t>(nelec)) expected.push_back(s);
    bool right = all.size() == expected.size() && binomial(norb, nelec) == expected.size();
    for (std::size_t i = 0; right && i < expected.size(); ++i) right = all[i] == expected[i] && all.address(expected[i]) == i;
    check.that(right, "strings of " + std::to_string(nelec) + " in " + std::to_string(norb));
  }
  const StringSpace some(5, 2, {0b10001, 0b00011, 0b00110, 0b00011});
  check.that(some.size() == 3 && some[0] == 0b00011 && some[2] == 0b10001, "chosen strings are sorted and unique");
  check.that(some.address(0b00110) == 1 && some.address(0b11000) == noAddress && some.address(0b00101) == noAddress,
             "chosen strings are found, others are not");
  check.that(occupied(0b101001) == std::vector{0, 3, 5}, "occupied orbitals rise");
  check.that(binomial(31, 15) == 300540195 && binomial(5, 6) == 0 && binomial(5, -1) == 0, "binomials");
  check.that(binomial(200, 100) == static_cast<std::size_t>(-1), "a binomial that is too large saturates");
}

/** ⟨I|operator|c⟩ of some determinants I, the operator symmetric: all of a small space, a sample of a large one. */
template <class Apply>
std::vector<std::pair<std::size_t, double>> slowProducts(Random& random, const std::vector<Occupation>& order, const SlowState& c,
                                                         const Apply& apply) {
  constexpr std::size_t all = 150, sample = 40;
  std::vector<std::pair<std::size_t, double>> products;
  const std::size_t count = order.size() <= all ? order.size() : sample;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = order.size() <= all ? k : static_cast<std::size_t>(random.below(static_cast<int>(order.size())));
    products.emplace_back(i, overlap(apply(SlowState{{order[i], 1.0}}), c));
  }
  return products;
}

double largestDifference(const std::vector<std::pair<std::size_t, double>>& expected, const std::vector<double>& got) {
  double largest = 0.0;
  for (const auto& [i, value] : expected) largest = std::max(largest, std::abs(value - got[i]));
  return largest;
}

void products(Random& random, const Sector& sector, bool blocks, const std::vector<double>& penalties, Check& check) {
  const auto [norb, nalpha, nbeta] = sector;
  const Hamiltonian hamiltonian = blocks ? blockHamiltonian(random, norb) : randomHamiltonian(random, norb);
  const std::vector<Occupation> order = sector.determinants();
  const std::vector<double> c = random.vector(order.size());
  const SlowState state = stateOf(order, c);
  const double s = 0.5 * std::abs(nalpha - nbeta);
  for (const double penalty : penalties) {
    const auto expected = slowProducts(random, order, state, [&](const SlowState& on) {
      SlowState result = slowHamiltonian(hamiltonian, on);
      for (const auto& [determinant, value] : slowSpinSquare(norb, nalpha, nbeta, on)) result[determinant] += penalty * value;
      for (const auto& [determinant, value] : on) result[determinant] -= penalty * s * (s + 1.0) * value;
      return result;
    });
    forEachIsa([&](const std::string& isa) {
      DirectCi ci(hamiltonian, nalpha, nbeta, {.spinPenalty = penalty});
      DirectCi parallel(hamiltonian, nalpha, nbeta, {.spinPenalty = penalty, .threads = 3});
      std::vector<double> sigma(ci.size(), 7.0), same(ci.size());
      ci.apply(c, sigma);
      parallel.apply(c, same);
      const std::string what = "H c of " + sector.name() + " by " + isa;
      check.that(largestDifference(expected, sigma) < tolerance, what);
      check.that(sigma == same, what + " has the same bits on three threads");
    });
  }
}

/** ⟨I|H|J⟩ of all pairs, and the diagonal. */
void elements(Random& random, const Sector& sector, Check& check) {
  const Hamiltonian hamiltonian = randomHamiltonian(random, sector.norb);
  const std::vector<Occupation> order = sector.determinants();
  const double s = 0.5 * std::abs(sector.nalpha - sector.nbeta), penalty = 0.3;
  const DirectCi ci(hamiltonian, sector.nalpha, sector.nbeta, {.spinPenalty = penalty});
  const std::vector<double> diagonal = ci.diagonal();
  double largest = 0.0;
  for (std::size_t j = 0; j < order.size(); ++j) {
    SlowState column = slowHamiltonian(hamiltonian, {{order[j], 1.0}});
    for (const auto& [determinant, value] : slowSpinSquare(sector.norb, sector.nalpha, sector.nbeta, {{order[j], 1.0}}))
      column[determinant] += penalty * value;
    column[order[j]] -= penalty * s * (s + 1.0);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto found = column.find(order[i]);
      largest = std::max(largest, std::abs(ci.element(i, j) - (found == column.end() ? 0.0 : found->second)));
    }
    largest = std::max(largest, std::abs(diagonal[j] - column[order[j]]));
  }
  check.that(largest < tolerance, "elements of H in " + sector.name());
}

/** c[I, J] = c[J, I]: the half that symmetric vectors need. */
void symmetricProducts(Random& random, int norb, int n, Check& check) {
  const Hamiltonian hamiltonian = randomHamiltonian(random, norb);
  const std::size_t size = binomial(norb, n);
  std::vector<double> c = random.vector(size * size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < i; ++j) c[i * size + j] = c[j * size + i];
  forEachIsa([&](const std::string& isa) {
    DirectCi whole(hamiltonian, n, n, {.spinPenalty = 0.5});
    DirectCi half(hamiltonian, n, n, {.spinPenalty = 0.5, .symmetric = true, .threads = 2});
    std::vector<double> expected(size * size), sigma(size * size);
    whole.apply(c, expected);
    half.apply(c, sigma);
    double largest = 0.0;
    for (std::size_t i = 0; i < sigma.size(); ++i) largest = std::max(largest, std::abs(sigma[i] - expected[i]));
    const std::vector<double> a = whole.diagonal(), b = half.diagonal();
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
    check.that(largest < tolerance, "H on symmetric vectors of " + std::to_string(size) + " strings by " + isa);
  });
}

/** H projected on the determinants of chosen strings. */
void chosenStrings(Random& random, Check& check) {
  const Hamiltonian hamiltonian = randomHamiltonian(random, 5);
  const StringSpace alpha(5, 2, {0b00011, 0b00101, 0b11000, 0b10010}), beta(5, 3, {0b00111, 0b11100, 0b10101});
  std::vector<Occupation> order;
  for (std::size_t i = 0; i < alpha.size(); ++i)
    for (std::size_t j = 0; j < beta.size(); ++j) order.push_back(alpha[i] | (beta[j] << 5));
  const std::vector<double> c = random.vector(order.size());
  const auto expected = coefficientsOf(order, slowHamiltonian(hamiltonian, stateOf(order, c)));
  forEachIsa([&](const std::string& isa) {
    DirectCi ci(hamiltonian, alpha, beta, {});
    std::vector<double> sigma(ci.size());
    ci.apply(c, sigma);
    double largest = 0.0;
    for (std::size_t i = 0; i < sigma.size(); ++i) largest = std::max(largest, std::abs(sigma[i] - expected[i]));
    check.that(largest < tolerance, "H between chosen strings by " + isa);
  });
}

void densities(Random& random, const Sector& sector, Check& check) {
  const auto [n, nalpha, nbeta] = sector;
  const std::vector<Occupation> order = sector.determinants();
  std::vector<double> c = random.vector(order.size());
  const SlowState state = stateOf(order, c);
  const auto expectation = [&](const std::vector<int>& operators) {
    SlowState image;
    addOperators(operators, 1.0, state, image);
    return overlap(state, image);
  };
  std::vector<double> alpha, beta, two;
  for (int p = 0; p < n; ++p)
    for (int q = 0; q < n; ++q) {
      alpha.push_back(expectation({-(q + 1), p + 1}));
      beta.push_back(expectation({-(n + q + 1), n + p + 1}));
      for (int r = 0; r < n; ++r)
        for (int s = 0; s < n; ++s) {
          double sum = 0.0;
          for (const int sigma : {0, n})
            for (const int tau : {0, n}) sum += expectation({-(sigma + q + 1), -(tau + s + 1), tau + r + 1, sigma + p + 1});
          two.push_back(sum);
        }
    }
  const auto difference = [](const std::vector<double>& a, const std::vector<double>& b) {
    double largest = a.size() == b.size() ? 0.0 : 1.0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
  };
  forEachIsa([&](const std::string& isa) {
    const DensityMatrices found = densityMatrices({n, nalpha}, {n, nbeta}, c, {});
    const std::string what = " density matrix of " + sector.name() + " by " + isa;
    const DensityMatrices one = oneParticleDensities({n, nalpha}, {n, nbeta}, c, {});
    check.that(one.two.empty() && one.alpha == found.alpha && one.beta == found.beta && one.naturalOccupations == found.naturalOccupations,
               "one-particle alone" + what);
    check.that(difference(found.alpha, alpha) < tolerance && difference(found.beta, beta) < tolerance, "one-particle" + what);
    check.that(difference(found.two, two) < tolerance, "two-particle" + what);
    bool natural = std::is_sorted(found.naturalOccupations.rbegin(), found.naturalOccupations.rend());
    for (int p = 0; p < n; ++p)
      for (int k = 0; k < n; ++k) {
        double image = 0.0;
        for (int q = 0; q < n; ++q) image += (alpha[p * n + q] + beta[p * n + q]) * found.naturalOrbitals[q * n + k];
        natural = natural && std::abs(image - found.naturalOccupations[k] * found.naturalOrbitals[p * n + k]) < tolerance;
      }
    check.that(natural, "natural orbitals of the" + what);
  });
}

/** The lowest states against a dense matrix from the slow twin. */
void states(Random& random, const Sector& sector, double penalty, Check& check) {
  const Hamiltonian hamiltonian = molecularHamiltonian(random, sector.norb);
  const std::vector<Occupation> order = sector.determinants();
  const int n = static_cast<int>(order.size());
  const double s = 0.5 * std::abs(sector.nalpha - sector.nbeta);
  Matrix matrix(n, n);
  for (int j = 0; j < n; ++j) {
    const SlowState one{{order[static_cast<std::size_t>(j)], 1.0}};
    const auto energy = coefficientsOf(order, slowHamiltonian(hamiltonian, one));
    const auto spin = coefficientsOf(order, slowSpinSquare(sector.norb, sector.nalpha, sector.nbeta, one));
    for (int i = 0; i < n; ++i)
      matrix(i, j) = energy[static_cast<std::size_t>(i)] + 10.0 * penalty * (spin[static_cast<std::size_t>(i)] - (i == j ? s * (s + 1.0) : 0.0));
  }
  const Eigen exact = eigh(matrix);
  forEachIsa([&](const std::string& isa) {
    CiOptions options;
    options.nalpha = sector.nalpha;
    options.nbeta = sector.nbeta;
    options.nroots = 3;
    options.spinPenalty = penalty;
    options.tolerance = 1e-7;
    options.threads = 2;
    const CiResult found = solveCi(hamiltonian, options);
    const std::string what = "states of " + sector.name() + " by " + isa;
    check.that(found.converged && found.states.size() == 3 && found.determinants == order.size(), what + " converge");
    for (std::size_t k = 0; k < found.states.size(); ++k) {
      const CiState& state = found.states[k];
      const SlowState slow = stateOf(order, state.coefficients);
      SlowState residual = slowHamiltonian(hamiltonian, slow);
      double norm = 0.0;
      for (const auto& [determinant, value] : slow)
        norm += std::pow(residual[determinant] - (state.energy - hamiltonian.coreEnergy) * value, 2);
      check.that(std::abs(state.energy - hamiltonian.coreEnergy - exact.values[k]) < 1e-9, what + ": energy " + std::to_string(k));
      check.that(norm < 1e-11 && std::abs(overlap(slow, slow) - 1.0) < 1e-10, what + ": eigenvector " + std::to_string(k));
      const double spin = overlap(slow, slowSpinSquare(sector.norb, sector.nalpha, sector.nbeta, slow));
      check.that(std::abs(state.spinSquare - spin) < 1e-8, what + ": spin " + std::to_string(k));
    }
    for (const CiState& state : found.states) options.start.push_back(state.coefficients);
    std::vector<double>& wrong = options.start.emplace_back(random.vector(order.size()));
    if (sector.nalpha == sector.nbeta) wrong.assign(wrong.size(), 0.0);
    const CiResult again = solveCi(hamiltonian, options);
    check.that(again.converged && (n <= 60 || again.iterations < found.iterations), what + " converge sooner from themselves");
    for (std::size_t k = 0; k < again.states.size(); ++k)
      check.that(std::abs(again.states[k].energy - found.states[k].energy) < 1e-10, what + " from themselves: energy " + std::to_string(k));
    options.start = {random.vector(order.size())};
    const CiResult astray = solveCi(hamiltonian, options);
    for (std::size_t k = 0; k < astray.states.size(); ++k)
      check.that(std::abs(astray.states[k].energy - exact.values[k] - hamiltonian.coreEnergy) < 1e-9, what + " from anywhere: energy " + std::to_string(k));
    options.start.clear();
    options.maxIterations = 1;
    check.that(n <= 60 || !solveCi(hamiltonian, options).converged, what + " do not converge in one iteration");
  });
}

/** Sums over vectors longer than a piece. */
void vectors(Random& random, Check& check) {
  const std::size_t size = 17 * 4096 + 11;
  const std::vector<std::vector<double>> x{random.vector(size), random.vector(size)};
  const std::vector<double> v = random.vector(size);
  forEachIsa([&](const std::string& isa) {
    const std::vector<double> sums = overlaps(x, v, {2, {}});
    std::vector<double> combined = v;
    addCombination(combined, std::vector{0.5, -2.0}, x, {2, {}});
    double first = 0.0, largest = 0.0, dot = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
      first += x[0][i] * v[i];
      dot += x[1][i] * v[i];
      largest = std::max(largest, std::abs(combined[i] - (v[i] + 0.5 * x[0][i] - 2.0 * x[1][i])));
    }
    check.that(std::abs(sums[0] - first) < tolerance && std::abs(sums[1] - dot) < tolerance, "overlaps of long vectors by " + isa);
    check.that(largest < 1e-14, "combinations of long vectors by " + isa);
  });
}

}  // namespace

void testCi(Check& check) {
  Random random;
  strings(check);
  for (const Sector& sector : {Sector{1, 1, 0}, {1, 1, 1}, {2, 1, 1}, {4, 2, 2}, {5, 3, 2}, {5, 0, 3}, {5, 5, 1}, {6, 2, 4}, {7, 3, 3}, {8, 1, 7}})
    products(random, sector, false, {0.0, 0.7}, check);
  products(random, {6, 3, 3}, true, {0.0, 0.7}, check);
  products(random, {14, 6, 1}, false, {0.7}, check);  // more rows than are worked on between two checks for cancellation
  for (const Sector& sector : {Sector{4, 2, 1}, {4, 2, 2}, {5, 1, 3}}) elements(random, sector, check);
  for (const int n : {1, 2, 3}) symmetricProducts(random, 6, n, check);
  symmetricProducts(random, 3, 3, check);  // one string: the last tile is not full
  symmetricProducts(random, 9, 3, check);
  chosenStrings(random, check);
  for (const Sector& sector : {Sector{1, 1, 1}, {3, 2, 1}, {4, 2, 2}, {5, 1, 3}}) densities(random, sector, check);
  states(random, {4, 2, 2}, 0.0, check);
  states(random, {6, 3, 2}, 0.0, check);
  states(random, {6, 3, 3}, 1.0, check);
  states(random, {5, 3, 2}, 1.0, check);
  vectors(random, check);
}

}  // namespace ansatz::test
