#pragma once
#include <cmath>
#include <cstring>

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

/** Rows become columns. */
ANSATZ_INLINE void transpose(Vec* v) {
#if defined(__GNUC__) || defined(__clang__)
  Vec t[lanes];
  for (int i = 0; i < lanes; i += 2) {
    t[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    t[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  Vec u[lanes];
  for (int i = 0; i < lanes; i += 4)
    for (int k = 0; k < 2; ++k) {
      u[i + k] = __builtin_shufflevector(t[i + k], t[i + k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      u[i + k + 2] = __builtin_shufflevector(t[i + k], t[i + k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; ++i) {
    v[i] = __builtin_shufflevector(u[i], u[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[i + 4] = __builtin_shufflevector(u[i], u[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#else
  for (int i = 0; i < lanes; ++i)
    for (int j = 0; j < i; ++j) {
      const double x = v[i][j];
      v[i][j] = v[j][i];
      v[j][i] = x;
    }
#endif
}

ANSATZ_INLINE double largest(const Vec& v) {
#if defined(__GNUC__) || defined(__clang__)
  const Vec a = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  const Vec b = v > a ? v : a;
  const Vec c = __builtin_shufflevector(b, b, 2, 3, 0, 1, 6, 7, 4, 5);
  const Vec d = b > c ? b : c;
  return d[0] > d[1] ? d[0] : d[1];
#else
  double m = v[0];
  for (int i = 1; i < lanes; ++i) m = v[i] > m ? v[i] : m;
  return m;
#endif
}

/** exp(x) for |x| ≤ 1/32 by its series to x^7 (below 1 ulp). */
ANSATZ_INLINE Vec expSmall(const Vec& x) {
  const Vec x2 = x * x;
  const Vec low = (1.0 + x) + x2 * (0.5 + x * (1.0 / 6.0));
  const Vec high = (1.0 / 24.0 + x * (1.0 / 120.0)) + x2 * (1.0 / 720.0 + x * (1.0 / 5040.0));
  return low + (x2 * x2) * high;
}

/**
 * F_0 … F_degree at eight arguments: the highest from its table (or its asymptotic form beyond it), the others by downward
 * recursion. `table` points at row 0 of order `degree`; see BoysTable.
 */
ANSATZ_INLINE void boys(int degree, const double* table, const Vec& T, Vec* F) {
  constexpr double maxArgument = 64.0;
  constexpr double pointsPerUnit = 16.0;
  constexpr double shifter = 6755399441055744.0;  // 1.5·2^52: adding it leaves the nearest integer in the low bits
  const bool beyond = largest(T) > maxArgument;
  Vec clamped = T;
  if (beyond)
    for (int i = 0; i < lanes; ++i) clamped[i] = T[i] < maxArgument ? T[i] : maxArgument;
  const Vec shifted = clamped * pointsPerUnit + shifter;
  const Vec d = (shifted - shifter) * (1.0 / pointsPerUnit) - clamped;
  long long bits[lanes];
  std::memcpy(bits, &shifted, sizeof bits);
  Vec c[lanes];
  for (int i = 0; i < lanes; ++i) c[i] = load(table + (bits[i] & 0xffff) * lanes);
  transpose(c);
  const Vec d2 = d * d;
  Vec value = ((c[0] + c[1] * d) + (c[2] + c[3] * d) * d2) + ((c[4] + c[5] * d) + c[6] * d2) * (d2 * d2);
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
  Vec e = c[7] * expSmall(d);
  if (beyond)
    for (int i = 0; i < lanes; ++i)
      if (T[i] > maxArgument) e[i] = 0.0;  // that of the clamped argument would drown F at T of 1e6 and more
  const Vec twoT = T + T;
  for (int m = degree; m > 0; --m) F[m - 1] = (twoT * F[m] + e) * (1.0 / (2 * m - 1));
}

}  // namespace ansatz::ANSATZ_ISA
