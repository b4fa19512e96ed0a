#pragma once
#include <cmath>

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

/** exp(x) for −708 < x ≤ 0: 2^n exp(r), |r| ≤ ln2/2, exp(r) by its series to r^13 (below 1 ulp). */
ANSATZ_INLINE Vec expNegative(const Vec& x) {
  constexpr double shifter = 6755399441055744.0;  // 1.5·2^52: adding it rounds to an integer held in the low bits
  const Vec t = x * 1.4426950408889634 + shifter;
  const Vec n = t - shifter;
  const Vec r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10;
  Vec e = broadcast(1.0 / 6227020800.0);
  e = e * r + 1.0 / 479001600.0;
  e = e * r + 1.0 / 39916800.0;
  e = e * r + 1.0 / 3628800.0;
  e = e * r + 1.0 / 362880.0;
  e = e * r + 1.0 / 40320.0;
  e = e * r + 1.0 / 5040.0;
  e = e * r + 1.0 / 720.0;
  e = e * r + 1.0 / 120.0;
  e = e * r + 1.0 / 24.0;
  e = e * r + 1.0 / 6.0;
  e = e * r + 0.5;
  e = e * r + 1.0;
  e = e * r + 1.0;
  Vec result;
  for (int i = 0; i < lanes; ++i) {
    long long bits;
    const double shifted = t[i];
    __builtin_memcpy(&bits, &shifted, sizeof bits);
    bits = (bits << 52) + 0x3ff0000000000000LL;
    double scale;
    __builtin_memcpy(&scale, &bits, sizeof scale);
    result[i] = e[i] * scale;
  }
  return result;
}

/**
 * F_0 … F_degree at eight arguments: the highest from its table (or its asymptotic form beyond it), the others by downward
 * recursion. `table` points at row 0 of order `degree`; see BoysTable.
 */
ANSATZ_INLINE void boys(int degree, const double* table, const Vec& T, Vec* F) {
  constexpr double maxArgument = 64.0;
  constexpr double pointsPerUnit = 16.0;
  constexpr int terms = 8;
  Vec clamped;
  for (int i = 0; i < lanes; ++i) clamped[i] = T[i] < maxArgument ? T[i] : maxArgument;
  int row[lanes];
  Vec delta;
  for (int i = 0; i < lanes; ++i) {
    row[i] = static_cast<int>(clamped[i] * pointsPerUnit + 0.5);
    delta[i] = row[i] * (1.0 / pointsPerUnit) - clamped[i];
  }
  Vec value;
  for (int i = 0; i < lanes; ++i) value[i] = table[row[i] * terms + terms - 1];
  for (int k = terms - 2; k >= 0; --k) {
    Vec c;
    for (int i = 0; i < lanes; ++i) c[i] = table[row[i] * terms + k];
    value = value * delta + c;
  }
  bool beyond = false;
  for (int i = 0; i < lanes; ++i) beyond |= T[i] > maxArgument;
  if (beyond) {
    for (int i = 0; i < lanes; ++i) {
      if (!(T[i] > maxArgument)) continue;
      double f = 0.88622692545275801 / std::sqrt(T[i]);
      const double half = 0.5 / T[i];
      for (int m = 1; m <= degree; ++m) f *= (2 * m - 1) * half;
      value[i] = f;
    }
  }
  F[degree] = value;
  if (degree == 0) return;
  Vec e = expNegative(clamped * -1.0);
  if (beyond)
    for (int i = 0; i < lanes; ++i)
      if (T[i] > maxArgument) e[i] = 0.0;  // the clamped one would drown F at T of 1e6 and more
  const Vec twoT = T + T;
  for (int m = degree; m > 0; --m) F[m - 1] = (twoT * F[m] + e) * (1.0 / (2 * m - 1));
}

}  // namespace ansatz::ANSATZ_ISA
