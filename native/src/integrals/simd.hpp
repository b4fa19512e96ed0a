#pragma once
#include "integrals/simd_lanes.hpp"

/** Eight doubles that the kernels of one instruction set treat alike. */
namespace ansatz::ANSATZ_ISA {

#if defined(__GNUC__) || defined(__clang__)
using Vec = double __attribute__((vector_size(64)));
using IntVec = long long __attribute__((vector_size(64)));
#define ANSATZ_INLINE [[gnu::always_inline]] inline

ANSATZ_INLINE Vec broadcast(double x) { return Vec{x, x, x, x, x, x, x, x}; }
ANSATZ_INLINE Vec load(const double* p) {
  Vec v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
ANSATZ_INLINE void store(double* p, const Vec& v) { __builtin_memcpy(p, &v, sizeof v); }
#else
#define ANSATZ_INLINE __forceinline
struct alignas(64) Vec {
  double lane[lanes];
  double& operator[](int i) { return lane[i]; }
  double operator[](int i) const { return lane[i]; }
};
#define ANSATZ_VEC_OPERATOR(op)                                  \
  ANSATZ_INLINE Vec operator op(const Vec& a, const Vec& b) {    \
    Vec r;                                                       \
    for (int i = 0; i < lanes; ++i) r.lane[i] = a.lane[i] op b.lane[i]; \
    return r;                                                    \
  }                                                              \
  ANSATZ_INLINE Vec operator op(const Vec& a, double b) {        \
    Vec r;                                                       \
    for (int i = 0; i < lanes; ++i) r.lane[i] = a.lane[i] op b;  \
    return r;                                                    \
  }                                                              \
  ANSATZ_INLINE Vec operator op(double a, const Vec& b) {        \
    Vec r;                                                       \
    for (int i = 0; i < lanes; ++i) r.lane[i] = a op b.lane[i];  \
    return r;                                                    \
  }
ANSATZ_VEC_OPERATOR(+)
ANSATZ_VEC_OPERATOR(-)
ANSATZ_VEC_OPERATOR(*)
ANSATZ_VEC_OPERATOR(/)
#undef ANSATZ_VEC_OPERATOR
ANSATZ_INLINE Vec& operator+=(Vec& a, const Vec& b) { return a = a + b; }
ANSATZ_INLINE Vec& operator*=(Vec& a, const Vec& b) { return a = a * b; }
ANSATZ_INLINE Vec broadcast(double x) {
  Vec r;
  for (int i = 0; i < lanes; ++i) r.lane[i] = x;
  return r;
}
ANSATZ_INLINE Vec load(const double* p) {
  Vec r;
  for (int i = 0; i < lanes; ++i) r.lane[i] = p[i];
  return r;
}
ANSATZ_INLINE void store(double* p, const Vec& v) {
  for (int i = 0; i < lanes; ++i) p[i] = v.lane[i];
}
#endif

/** Sum of the lanes, always in the same order. */
ANSATZ_INLINE double sum(const Vec& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

}  // namespace ansatz::ANSATZ_ISA
