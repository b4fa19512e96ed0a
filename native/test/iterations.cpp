#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "check.hpp"
#include "ci/davidson.hpp"
#include "random.hpp"
#include "scf/diis.hpp"
#include "vqe/lbfgs.hpp"

namespace ansatz::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

template <class Work>
bool isRefused(const Work& work) {
  try {
    work();
  } catch (const InvalidInput&) {
    return true;
  }
  return false;
}

Matrix symmetric(int n, double diagonal, double beside) {
  Matrix a(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) a(i, j) = i == j ? diagonal : beside;
  return a;
}

void eigenvalues(Check& check) {
  for (const double bad : {nan, infinite, -infinite})
    for (const int at : {0, 1, 7, 8}) {
      Matrix a = symmetric(3, 1.0, 0.5);
      a.data[static_cast<std::size_t>(at)] = bad;
      check.that(isRefused([&] { eigh(a); }), "eigh refuses " + std::to_string(bad) + " at " + std::to_string(at));
    }
  check.that(isRefused([] { eigh(symmetric(6, 1e200, 0.7e200)); }), "eigh ends on numbers whose squares are infinite");
  check.that(eigh(symmetric(3, 1e-300, 1e-301)).values.size() == 3, "eigh ends on numbers whose squares vanish");
  check.that(eigh(Matrix(0, 0)).values.empty(), "nothing has no eigenvalues");
  check.that(eigh(symmetric(1, 4.0, 0.0)).values == std::vector{4.0}, "eigh of one number");
}

/** Σ v vᵀ of 21 random v of 252 numbers, as a density of fitted exchange: A u = λ u, and as many λ above rounding as there are v. */
void lowRank(Check& check) {
  constexpr int n = 252, rank = 21;
  Random random;
  for (int sample = 0; sample < 12; ++sample) {
    Matrix v(rank, n);
    v.data = random.vector(v.data.size());
    if (sample % 2 == 1)
      for (double& x : v.data) x *= std::exp(20.0 * (std::abs(x) - 1.0));
    const Matrix a = multiply(transpose(v), v);
    const Eigen eigen = eigh(a);
    const double largest = eigen.values.back();
    double worst = 0.0;
    int above = 0;
    for (int k = 0; k < n; ++k) {
      above += eigen.values[k] > 1e-13 * largest;
      for (int i = 0; i < n; ++i) {
        double sum = -eigen.values[k] * eigen.vectors(i, k);
        for (int j = 0; j < n; ++j) sum += a(i, j) * eigen.vectors(j, k);
        worst = std::max(worst, std::abs(sum));
      }
    }
    check.that(above == rank && worst < 1e-13 * largest, "eigh of a matrix of rank " + std::to_string(rank) + ": " + std::to_string(above) +
                                                             " eigenvalues, residuals of " + std::to_string(worst / largest));
  }
}

/** Two levels: A = [[1, bad], [bad, 2]]. */
void lowestStates(Check& check) {
  for (const double bad : {nan, infinite}) {
    DavidsonProblem problem;
    const std::vector<double> diagonal{1.0, 2.0, 3.0};
    problem.size = 3;
    problem.diagonal = diagonal;
    problem.guess = {{1.0, 0.0, 0.0}};
    problem.apply = [&](std::span<const double> c, std::span<double> sigma) {
      for (std::size_t i = 0; i < 3; ++i) sigma[i] = diagonal[i] * c[i];
      sigma[1] += bad * c[0];
    };
    check.that(isRefused([&] { davidson(problem); }), "Davidson ends on " + std::to_string(bad));
  }
}

/** Products with a matrix of 40 levels 2 apart that the search for the lowest takes from the first `guesses` unit vectors. */
int products(std::size_t guesses, Check& check) {
  constexpr std::size_t size = 40;
  std::vector<double> diagonal(size);
  for (std::size_t i = 0; i < size; ++i) diagonal[i] = 2.0 * static_cast<double>(i);
  DavidsonProblem problem;
  problem.size = size;
  problem.diagonal = diagonal;
  problem.tolerance = 1e-9;
  for (std::size_t k = 0; k < guesses; ++k) {
    problem.guess.emplace_back(size, 0.0);
    problem.guess.back()[k] = 1.0;
  }
  int count = 0;
  Matrix matrix = symmetric(size, 0.0, 0.2);
  for (int i = 0; i < matrix.rows; ++i) matrix(i, i) = diagonal[static_cast<std::size_t>(i)];
  problem.apply = [&](std::span<const double> c, std::span<double> sigma) {
    ++count;
    for (std::size_t i = 0; i < size; ++i) {
      sigma[i] = 0.0;
      for (std::size_t j = 0; j < size; ++j) sigma[i] += matrix(static_cast<int>(i), static_cast<int>(j)) * c[j];
    }
  };
  const DavidsonResult found = davidson(problem);
  check.that(found.converged && found.values.size() == 1 && std::abs(found.values[0] - eigh(matrix).values[0]) < 1e-12,
             "Davidson finds the lowest state");
  return count;
}

/** States that stand guard far above are left alone at once: they cost their own products and no more. */
void guards(Check& check) {
  const int alone = products(1, check);
  check.that(products(4, check) <= alone + 3, "guards far above cost nothing more");
}

void extrapolation(Check& check) {
  Diis diis(4);
  for (int k = 0; k < 6; ++k) {
    const double error = k == 3 ? nan : 1.0 / (k + 1);
    const std::vector<Matrix> next = diis.extrapolate({symmetric(2, k, 0.0)}, {symmetric(2, error, error)});
    check.that(std::isfinite(next[0](0, 0)), "DIIS ends, and gives a finite matrix, where an error is not finite");
  }
}

/** x² with a gradient that is `bad` for x below `until`. */
LbfgsResult descend(double start, double bad, double until) {
  LbfgsOptions options;
  options.inverseHessian = {0.5};
  const auto evaluate = [&](std::span<const double> x, std::span<double> gradient) {
    gradient[0] = x[0] < until ? bad : 2.0 * x[0];
    return x[0] < until ? bad : x[0] * x[0];
  };
  return minimiseLbfgs(evaluate, {start}, options);
}

void minima(Check& check) {
  check.that(isRefused([] { descend(1.0, nan, 2.0); }) && isRefused([] { descend(1.0, infinite, 2.0); }),
             "L-BFGS refuses a start without a finite energy");
  const LbfgsResult found = descend(1.0, nan, 0.5);
  check.that(!found.converged && std::isfinite(found.value) && std::isfinite(found.x[0]),
             "L-BFGS that meets NaN keeps the last finite point and has not converged");
  const LbfgsResult plain = descend(1.0, nan, -1.0);
  check.that(plain.converged && std::abs(plain.x[0]) < 1e-5, "L-BFGS finds the minimum of a parabola");
}

}  // namespace

void testIterations(Check& check) {
  eigenvalues(check);
  lowRank(check);
  lowestStates(check);
  guards(check);
  extrapolation(check);
  minima(check);
}

}  // namespace ansatz::test
