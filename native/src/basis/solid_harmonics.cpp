#include "basis/solid_harmonics.hpp"

#include <cmath>
#include <cstdlib>

#include "basis/cartesian.hpp"

namespace ansatz {
namespace {

double binomial(int n, int k) {
  if (k < 0 || k > n) return 0.0;
  double value = 1.0;
  for (int i = 1; i <= k; ++i) value = value * (n - k + i) / i;
  return value;
}

double sign(int n) { return n % 2 == 0 ? 1.0 : -1.0; }

/** Overlap of two monomials relative to that of (l,0,0) with itself. */
double relativeOverlap(int l, const Powers& a, const Powers& b) {
  double product = 1.0;
  for (int i = 0; i < 3; ++i) {
    if ((a[i] + b[i]) % 2 != 0) return 0.0;
    product *= static_cast<double>(doubleFactorial(a[i] + b[i] - 1));
  }
  return product / static_cast<double>(doubleFactorial(2 * l - 1));
}

}  // namespace

std::vector<CartesianTerm> solidHarmonic(int l, int m) {
  const int am = std::abs(m);
  std::vector<double> c(nCartesian(l), 0.0);
  // z^(l-2t-|m|) (x²+y²)^t … times Re or Im of (x + iy)^|m|
  for (int t = 0; t <= (l - am) / 2; ++t) {
    const double radial = sign(t) * binomial(l, t) * binomial(2 * l - 2 * t, l) *
                          std::tgamma(l - 2 * t + 1.0) / std::tgamma(l - 2 * t - am + 1.0);
    for (int k = 0; k <= am; ++k) {
      const bool imaginary = k % 2 != 0;
      if (imaginary != (m < 0)) continue;
      const double angular = binomial(am, k) * sign(k / 2);
      // r^(2t) = (x² + y² + z²)^t
      for (int u = 0; u <= t; ++u)
        for (int v = 0; v <= t - u; ++v) {
          const double multinomial = binomial(t, u) * binomial(t - u, v);
          const int y = k + 2 * v;
          const int z = l - 2 * t - am + 2 * (t - u - v);
          c[cartesianIndex(l - y - z, y, z)] += radial * angular * multinomial;
        }
    }
  }
  double norm = 0.0;
  for (int i = 0; i < nCartesian(l); ++i)
    for (int j = 0; j < nCartesian(l); ++j)
      norm += c[i] * c[j] * relativeOverlap(l, cartesianPowers(l, i), cartesianPowers(l, j));
  std::vector<CartesianTerm> terms;
  for (int i = 0; i < nCartesian(l); ++i)
    if (c[i] != 0.0) terms.push_back({i, c[i] / std::sqrt(norm)});
  return terms;
}

}  // namespace ansatz
