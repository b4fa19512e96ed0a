#pragma once
#include <cmath>
#include <cstring>

#include "ansatz/repulsion.hpp"
#include "integrals/boys.hpp"
#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

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

/**
 * Σ over the parts of a repulsion: erf(ω r)/r makes √θ θᵐ F_m(θT) of F_m(T), where θ = ω²/(ω² + ρ) (P. M. W. Gill, R. D. Adamson,
 * J. A. Pople, doi:10.1080/00268979609484488).
 */
inline void attenuatedBoys(const Repulsion& repulsion, int degree, const double* table, const Vec& rho, const Vec& T, Vec* F) {
  Vec far[BoysTable::maxOrder + 1];
  const double square = repulsion.omega * repulsion.omega;
  const Vec theta = square / (rho + square);
  boys(degree, table, T, F);
  boys(degree, table, theta * T, far);
  Vec scale = repulsion.longRange * squareRoot(theta);
  for (int m = 0; m <= degree; ++m) {
    F[m] = repulsion.full * F[m] + scale * far[m];
    scale = scale * theta;
  }
}

/** What stands for F_0 … F_degree at T = ρ R² where charges of exponents that join to ρ repel each other so. */
ANSATZ_INLINE void boysOf(const Repulsion& repulsion, int degree, const double* table, const Vec& rho, const Vec& T, Vec* F) {
  if (repulsion.isCoulomb()) boys(degree, table, T, F);
  else attenuatedBoys(repulsion, degree, table, rho, T, F);
}

}  // namespace ansatz::ANSATZ_ISA
