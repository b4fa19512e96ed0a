#include "circuit/kernels.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

/** A matrix in the precision of the state. */
template <class Real>
struct Entries {
  explicit Entries(const Matrix2& m) {
    for (int k = 0; k < 4; ++k) {
      re[k] = static_cast<Real>(m.re[k]);
      im[k] = static_cast<Real>(m.im[k]);
    }
  }
  Real re[4], im[4];
};

/** Visits runs of indices i with bit q clear: body(i0, length), i0 … i0 + length − 1; partners lie 2^q further. */
template <class Body>
inline void eachRun(int n, int q, Body body) {
  const std::size_t size = std::size_t{1} << n, stride = std::size_t{1} << q;
  for (std::size_t base = 0; base < size; base += 2 * stride) body(base, stride);
}

/** Runs of indices with bits a and b clear. */
template <class Body>
inline void eachRunOfTwo(int n, int a, int b, Body body) {
  const int low = a < b ? a : b, high = a < b ? b : a;
  const std::size_t size = std::size_t{1} << n, inner = std::size_t{1} << low, outer = std::size_t{1} << high;
  for (std::size_t top = 0; top < size; top += 2 * outer)
    for (std::size_t base = top; base < top + outer; base += 2 * inner) body(base, inner);
}

template <class Real>
inline void multiplyRun(std::size_t length, Real c, Real s, Real* __restrict re, Real* __restrict im) {
  for (std::size_t k = 0; k < length; ++k) {
    const Real x = re[k], y = im[k];
    re[k] = c * x - s * y;
    im[k] = c * y + s * x;
  }
}

template <class Real>
inline void matrixRun(std::size_t length, const Entries<Real>& m, Real* __restrict r0, Real* __restrict i0,
                      Real* __restrict r1, Real* __restrict i1) {
  for (std::size_t k = 0; k < length; ++k) {
    const Real a = r0[k], b = i0[k], c = r1[k], d = i1[k];
    r0[k] = m.re[0] * a - m.im[0] * b + m.re[1] * c - m.im[1] * d;
    i0[k] = m.re[0] * b + m.im[0] * a + m.re[1] * d + m.im[1] * c;
    r1[k] = m.re[2] * a - m.im[2] * b + m.re[3] * c - m.im[3] * d;
    i1[k] = m.re[2] * b + m.im[2] * a + m.re[3] * d + m.im[3] * c;
  }
}

/** The same for a qubit below 3, whose partners lie within one vector: eight amplitudes at a time. */
template <int q, class Real>
inline void matrixLow(int n, const Entries<Real>& m, Real* __restrict re, Real* __restrict im) {
  constexpr std::size_t stride = std::size_t{1} << q;
  constexpr std::size_t lanes = 8;
  Real own[2][lanes], other[2][lanes];
  for (std::size_t k = 0; k < lanes; ++k) {
    const bool one = (k & stride) != 0;
    own[0][k] = m.re[one ? 3 : 0];
    own[1][k] = m.im[one ? 3 : 0];
    other[0][k] = m.re[one ? 2 : 1];
    other[1][k] = m.im[one ? 2 : 1];
  }
  const std::size_t size = std::size_t{1} << n;
  for (std::size_t base = 0; base < size; base += lanes) {
    Real r[lanes], i[lanes];
    for (std::size_t k = 0; k < lanes; ++k) r[k] = re[base + k];
    for (std::size_t k = 0; k < lanes; ++k) i[k] = im[base + k];
    for (std::size_t k = 0; k < lanes; ++k)
      re[base + k] = own[0][k] * r[k] - own[1][k] * i[k] + other[0][k] * r[k ^ stride] - other[1][k] * i[k ^ stride];
    for (std::size_t k = 0; k < lanes; ++k)
      im[base + k] = own[0][k] * i[k] + own[1][k] * r[k] + other[0][k] * i[k ^ stride] + other[1][k] * r[k ^ stride];
  }
}

template <class Real>
inline void swapRun(std::size_t length, Real* __restrict a, Real* __restrict b) {
  for (std::size_t k = 0; k < length; ++k) {
    const Real value = a[k];
    a[k] = b[k];
    b[k] = value;
  }
}

template <class Real>
inline void rotateRun(std::size_t length, Real c, Real s, Real* __restrict from, Real* __restrict to) {
  for (std::size_t k = 0; k < length; ++k) {
    const Real x = from[k], y = to[k];
    from[k] = c * x - s * y;
    to[k] = c * y + s * x;
  }
}

}  // namespace

template <class Real>
void applyMatrix(int n, int q, const Matrix2& matrix, Real* re, Real* im) {
  const Entries<Real> m(matrix);
  if (n >= 3 && q == 0) return matrixLow<0>(n, m, re, im);
  if (n >= 3 && q == 1) return matrixLow<1>(n, m, re, im);
  if (n >= 3 && q == 2) return matrixLow<2>(n, m, re, im);
  eachRun(n, q, [&](std::size_t base, std::size_t length) {
    matrixRun(length, m, re + base, im + base, re + base + length, im + base + length);
  });
}

template <class Real>
void applyDiagonal(int n, int q, const Matrix2& matrix, Real* re, Real* im) {
  const Entries<Real> m(matrix);
  const bool onlyOne = m.re[0] == 1 && m.im[0] == 0;
  eachRun(n, q, [&](std::size_t base, std::size_t length) {
    if (!onlyOne) multiplyRun(length, m.re[0], m.im[0], re + base, im + base);
    multiplyRun(length, m.re[3], m.im[3], re + base + length, im + base + length);
  });
}

template <class Real>
void applyControlledX(int n, int control, int target, Real* re, Real* im) {
  const std::size_t c = std::size_t{1} << control, t = std::size_t{1} << target;
  eachRunOfTwo(n, control, target, [&](std::size_t base, std::size_t length) {
    swapRun(length, re + base + c, re + base + c + t);
    swapRun(length, im + base + c, im + base + c + t);
  });
}

template <class Real>
void applyControlledPhase(int n, int a, int b, double c, double s, Real* re, Real* im) {
  const std::size_t both = (std::size_t{1} << a) + (std::size_t{1} << b);
  eachRunOfTwo(n, a, b, [&](std::size_t base, std::size_t length) {
    multiplyRun(length, static_cast<Real>(c), static_cast<Real>(s), re + base + both, im + base + both);
  });
}

template <class Real>
void applyGivens(int n, int a, int b, double c, double s, Real* re, Real* im) {
  const std::size_t first = std::size_t{1} << a, second = std::size_t{1} << b;
  eachRunOfTwo(n, a, b, [&](std::size_t base, std::size_t length) {
    rotateRun(length, static_cast<Real>(c), static_cast<Real>(s), re + base + second, re + base + first);
    rotateRun(length, static_cast<Real>(c), static_cast<Real>(s), im + base + second, im + base + first);
  });
}

#define ANSATZ_GATES_OF(Real)                                                          \
  template void applyMatrix(int, int, const Matrix2&, Real*, Real*);                  \
  template void applyDiagonal(int, int, const Matrix2&, Real*, Real*);                \
  template void applyControlledX(int, int, int, Real*, Real*);                        \
  template void applyControlledPhase(int, int, int, double, double, Real*, Real*);    \
  template void applyGivens(int, int, int, double, double, Real*, Real*);
ANSATZ_GATES_OF(double)
ANSATZ_GATES_OF(float)
#undef ANSATZ_GATES_OF

}  // namespace ansatz::ANSATZ_ISA
