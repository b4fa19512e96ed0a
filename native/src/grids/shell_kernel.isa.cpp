#include "grids/shell_kernel.hpp"

#include <cstdint>
#include <cstring>

namespace ansatz::ANSATZ_ISA {
namespace {

/** exp(x) of −700 to 0, to an ulp or two: 2^k exp(r) with |r| ≤ ½ ln 2 by its Taylor series, without a branch. */
inline double exponential(double x) {
  constexpr double toInteger = 6755399441055744.0;  // 1.5 · 2^52: its last bits hold an integer that was added
  constexpr double log2e = 1.4426950408889634074, ln2High = 6.93147180369123816490e-01, ln2Low = 1.90821492927058770002e-10;
  const double shifted = x * log2e + toInteger;
  const double k = shifted - toInteger;
  const double r = (x - k * ln2High) - k * ln2Low;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  std::int64_t bits, power;
  std::memcpy(&bits, &p, sizeof bits);
  std::memcpy(&power, &shifted, sizeof power);
  bits += static_cast<std::int64_t>(static_cast<std::uint64_t>(power) << 52);
  std::memcpy(&p, &bits, sizeof p);
  return p;
}

/** value = a b c d at each point. */
inline void product(int n, const double* a, const double* b, const double* c, const double* d, double* value) {
  for (int x = 0; x < n; ++x) value[x] = a[x] * b[x] * c[x] * d[x];
}

/** ∂ along the axis whose power is `power`, with the powers one lower and one higher of it. */
inline void slope(int n, int power, const double* lower, const double* higher, const double* b, const double* c, const double* radial,
                  const double* radialSlope, double* value) {
  if (power == 0) {
    for (int x = 0; x < n; ++x) value[x] = higher[x] * b[x] * c[x] * radialSlope[x];
    return;
  }
  const double factor = power;
  for (int x = 0; x < n; ++x) value[x] = b[x] * c[x] * (factor * lower[x] * radial[x] + higher[x] * radialSlope[x]);
}

/** Of x^a: a (a − 1) x^(a − 2) and so on, where a power is enough for them. */
struct PowerOf {
  int a;
  /** [power][point] of the axis. */
  const double* powers;
  long n;

  const double* raised(int by) const { return powers + (a + by < 0 ? 0 : a + by) * n; }
};

/** ∂² along one axis; b and c are powers along the others. */
inline void curvature(int n, const PowerOf& p, const double* b, const double* c, const double* radial, double* value) {
  const double lower = static_cast<double>(p.a) * (p.a - 1), same = 2.0 * p.a + 1.0;
  const double *down = p.raised(-2), *here = p.raised(0), *up = p.raised(2);
  const double *first = radial + n, *second = radial + 2L * n;
  for (int x = 0; x < n; ++x) value[x] = b[x] * c[x] * (lower * down[x] * radial[x] + same * here[x] * first[x] + up[x] * second[x]);
}

/** ∂² along two axes; c is the power along the third. */
inline void mixed(int n, const PowerOf& p, const PowerOf& q, const double* c, const double* radial, double* value) {
  const double a = p.a, b = q.a;
  const double *pDown = p.raised(-1), *pUp = p.raised(1), *qDown = q.raised(-1), *qUp = q.raised(1);
  const double *first = radial + n, *second = radial + 2L * n;
  for (int x = 0; x < n; ++x)
    value[x] = c[x] * (a * pDown[x] * (b * qDown[x] * radial[x] + qUp[x] * first[x]) + pUp[x] * (b * qDown[x] * first[x] + qUp[x] * second[x]));
}

}  // namespace

void evaluateShell(const ShellOnPoints& s) {
  constexpr double lowest = -700.0;
  const int n = s.nPoints, powers = s.l + 1 + s.derivatives;
  double* const power = s.scratch;  // [axis][power][point]
  double* const squared = power + 3L * powers * n;
  double* const radial = squared + n;
  double* const radialSlope = radial + n;
  double* const radialCurvature = radialSlope + n;
  for (int x = 0; x < n; ++x) squared[x] = radial[x] = radialSlope[x] = radialCurvature[x] = 0.0;
  for (int axis = 0; axis < 3; ++axis) {
    const double* d = s.displacements + static_cast<long>(axis) * n;
    double* own = power + static_cast<long>(axis) * powers * n;
    for (int x = 0; x < n; ++x) {
      squared[x] += d[x] * d[x];
      own[x] = 1.0;
    }
    for (int k = 1; k < powers; ++k)
      for (int x = 0; x < n; ++x) own[static_cast<long>(k) * n + x] = own[static_cast<long>(k - 1) * n + x] * d[x];
  }
  for (int p = 0; p < s.nPrimitives; ++p) {
    const double exponent = s.exponents[p], coefficient = s.coefficients[p];
    for (int x = 0; x < n; ++x) {
      const double argument = -exponent * squared[x];
      const double value = coefficient * exponential(argument < lowest ? lowest : argument);
      radial[x] += value;
      radialSlope[x] += -2.0 * exponent * value;
      if (s.derivatives == 2) radialCurvature[x] += 4.0 * exponent * exponent * value;
    }
  }
  const auto along = [&](int axis, int k) { return power + (static_cast<long>(axis) * powers + k) * n; };
  double* to = s.values;
  for (int rest = 0; rest <= s.l; ++rest)
    for (int c = 0; c <= rest; ++c, to += n) {
      const int a = s.l - rest, b = rest - c;
      product(n, along(0, a), along(1, b), along(2, c), radial, to);
      if (s.derivatives == 0) continue;
      slope(n, a, along(0, a > 0 ? a - 1 : 0), along(0, a + 1), along(1, b), along(2, c), radial, radialSlope, to + s.stride);
      slope(n, b, along(1, b > 0 ? b - 1 : 0), along(1, b + 1), along(0, a), along(2, c), radial, radialSlope, to + 2 * s.stride);
      slope(n, c, along(2, c > 0 ? c - 1 : 0), along(2, c + 1), along(0, a), along(1, b), radial, radialSlope, to + 3 * s.stride);
      if (s.derivatives == 1) continue;
      const PowerOf x{a, along(0, 0), n}, y{b, along(1, 0), n}, z{c, along(2, 0), n};
      curvature(n, x, along(1, b), along(2, c), radial, to + 4 * s.stride);
      mixed(n, x, y, along(2, c), radial, to + 5 * s.stride);
      mixed(n, x, z, along(1, b), radial, to + 6 * s.stride);
      curvature(n, y, along(0, a), along(2, c), radial, to + 7 * s.stride);
      mixed(n, y, z, along(0, a), radial, to + 8 * s.stride);
      curvature(n, z, along(0, a), along(1, b), radial, to + 9 * s.stride);
    }
}

}  // namespace ansatz::ANSATZ_ISA
