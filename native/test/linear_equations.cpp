#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/linalg.hpp"
#include "check.hpp"
#include "random.hpp"
#include "scf/diis.hpp"

namespace ansatz::test {
namespace {

/** A solution put back into its equations; every other first pivot is 0, so that rows must be exchanged. */
void solutions(Check& check) {
  Random random;
  for (int n = 1; n <= 12; ++n) {
    Matrix a(n, n);
    a.data = random.vector(a.data.size());
    if (n % 2 == 0) a(0, 0) = 0.0;
    const std::vector<double> b = random.vector(n);
    const std::vector<double> x = solve(a, b);
    double worst = static_cast<int>(x.size()) == n ? 0.0 : 1.0;
    for (int i = 0; i < n && worst < 1.0; ++i) {
      double sum = -b[i];
      for (int j = 0; j < n; ++j) sum += a(i, j) * x[j];
      worst = std::max(worst, std::abs(sum));
    }
    check.that(worst < 1e-11, std::to_string(n) + " equations hold for their solution");
  }
  Matrix singular(2, 2);
  singular(0, 0) = singular(0, 1) = singular(1, 0) = singular(1, 1) = 1.0;
  check.that(solve(singular, {1.0, 2.0}).empty(), "singular equations have no solution");
}

/** Errors (1, 0) and (−1, 2): their combination of smallest norm has weights 3/4 and 1/4 (by hand). */
void extrapolation(Check& check) {
  const auto column = [](double x, double y) {
    Matrix m(2, 1);
    m(0, 0) = x;
    m(1, 0) = y;
    return m;
  };
  Diis diis(4);
  diis.extrapolate({column(8.0, 0.0)}, {column(1.0, 0.0)});
  const std::vector<Matrix> next = diis.extrapolate({column(0.0, 4.0)}, {column(-1.0, 2.0)});
  check.that(std::abs(next[0](0, 0) - 6.0) < 1e-12 && std::abs(next[0](1, 0) - 1.0) < 1e-12,
             "DIIS takes the combination whose error is smallest");
}

}  // namespace

void testLinearEquations(Check& check) {
  solutions(check);
  extrapolation(check);
}

}  // namespace ansatz::test
