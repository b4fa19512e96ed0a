#pragma once
#include <cmath>
#include <cstring>

#include "integrals/simd_lanes.hpp"

/** Eight doubles that the kernels of one instruction set treat alike. */
namespace ansatz::ANSATZ_ISA {

#if defined(__GNUC__) || defined(__clang__)
#define ANSATZ_INLINE [[gnu::always_inline]] inline
#else
#define ANSATZ_INLINE __forceinline
#endif

#if defined(ANSATZ_ISA_avx512) && (defined(__GNUC__) || defined(__clang__))
using Vec = double __attribute__((vector_size(64)));

ANSATZ_INLINE Vec broadcast(double x) { return Vec{x, x, x, x, x, x, x, x}; }
ANSATZ_INLINE Vec load(const double* p) {
  Vec v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
ANSATZ_INLINE void store(double* p, const Vec& v) { std::memcpy(p, &v, sizeof v); }

/** What a register holds of a vector: here all of it. */
using Piece = Vec;
constexpr int pieceLanes = lanes;
constexpr int pieces = 1;
ANSATZ_INLINE const Piece& pieceOf(const Vec& v, int) { return v; }
ANSATZ_INLINE Piece loadPiece(const double* p) { return load(p); }

ANSATZ_INLINE double largest(const Vec& v) {
  const Vec a = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  const Vec b = v > a ? v : a;
  const Vec c = __builtin_shufflevector(b, b, 2, 3, 0, 1, 6, 7, 4, 5);
  const Vec d = b > c ? b : c;
  return d[0] > d[1] ? d[0] : d[1];
}

/** Sum of the lanes, always in the same order. */
ANSATZ_INLINE double sum(const Vec& v) {
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

/** Rows become columns. */
ANSATZ_INLINE void transpose(Vec* v) {
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
}

#else
// Compilers take vectors wider than the registers apart, one number at a time: here they are pieces as wide as the registers.
// Each brings its transposePieces: rows of a square of pieces become columns.
#if defined(ANSATZ_ISA_avx2) && (defined(__GNUC__) || defined(__clang__))
constexpr int pieceLanes = 4;
using Piece = double __attribute__((vector_size(32)));
ANSATZ_INLINE void transposePieces(Piece* r) {
  const Piece a = __builtin_shufflevector(r[0], r[1], 0, 4, 2, 6);
  const Piece b = __builtin_shufflevector(r[0], r[1], 1, 5, 3, 7);
  const Piece c = __builtin_shufflevector(r[2], r[3], 0, 4, 2, 6);
  const Piece d = __builtin_shufflevector(r[2], r[3], 1, 5, 3, 7);
  r[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  r[2] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  r[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}
#elif defined(__GNUC__) || defined(__clang__)
constexpr int pieceLanes = 2;
using Piece = double __attribute__((vector_size(16)));
ANSATZ_INLINE void transposePieces(Piece* r) {
  const Piece a = __builtin_shufflevector(r[0], r[1], 0, 2);
  r[1] = __builtin_shufflevector(r[0], r[1], 1, 3);
  r[0] = a;
}
#else
constexpr int pieceLanes = 1;
using Piece = double;
ANSATZ_INLINE void transposePieces(Piece*) {}
#endif
#if defined(__GNUC__) || defined(__clang__)
/** A number read and written through the vector that it is of. */
using Lane = double __attribute__((may_alias));
#else
using Lane = double;
#endif
constexpr int pieces = lanes / pieceLanes;

struct alignas(64) Vec {
  Piece piece[pieces];
  ANSATZ_INLINE Lane& operator[](int i) { return reinterpret_cast<Lane*>(piece)[i]; }
  ANSATZ_INLINE const Lane& operator[](int i) const { return reinterpret_cast<const Lane*>(piece)[i]; }
};
ANSATZ_INLINE const Piece& pieceOf(const Vec& v, int i) { return v.piece[i]; }

#define ANSATZ_VEC_OPERATOR(op)                                                    \
  ANSATZ_INLINE Vec operator op(const Vec& a, const Vec& b) {                      \
    Vec r;                                                                         \
    for (int i = 0; i < pieces; ++i) r.piece[i] = a.piece[i] op b.piece[i];        \
    return r;                                                                      \
  }                                                                                \
  ANSATZ_INLINE Vec operator op(const Vec& a, double b) {                          \
    Vec r;                                                                         \
    for (int i = 0; i < pieces; ++i) r.piece[i] = a.piece[i] op b;                 \
    return r;                                                                      \
  }                                                                                \
  ANSATZ_INLINE Vec operator op(double a, const Vec& b) {                          \
    Vec r;                                                                         \
    for (int i = 0; i < pieces; ++i) r.piece[i] = a op b.piece[i];                 \
    return r;                                                                      \
  }
ANSATZ_VEC_OPERATOR(+)
ANSATZ_VEC_OPERATOR(-)
ANSATZ_VEC_OPERATOR(*)
ANSATZ_VEC_OPERATOR(/)
#undef ANSATZ_VEC_OPERATOR
ANSATZ_INLINE Vec& operator+=(Vec& a, const Vec& b) { return a = a + b; }
ANSATZ_INLINE Vec& operator*=(Vec& a, const Vec& b) { return a = a * b; }

ANSATZ_INLINE Piece loadPiece(const double* p) {
  Piece v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
ANSATZ_INLINE void storePiece(double* p, const Piece& v) { std::memcpy(p, &v, sizeof v); }

ANSATZ_INLINE Vec broadcast(double x) {
  Vec r;
  for (int i = 0; i < pieces; ++i) r.piece[i] = x - Piece{};
  return r;
}
ANSATZ_INLINE Vec load(const double* p) {
  Vec r;
  for (int i = 0; i < pieces; ++i) r.piece[i] = loadPiece(p + i * pieceLanes);
  return r;
}
ANSATZ_INLINE void store(double* p, const Vec& v) {
  for (int i = 0; i < pieces; ++i) storePiece(p + i * pieceLanes, v.piece[i]);
}

ANSATZ_INLINE double largest(const Vec& v) {
  Piece most = v.piece[0];
  for (int i = 1; i < pieces; ++i) most = v.piece[i] > most ? v.piece[i] : most;
  double x[pieceLanes];
  storePiece(x, most);
  double value = x[0];
  for (int i = 1; i < pieceLanes; ++i) value = x[i] > value ? x[i] : value;
  return value;
}

/** Sum of the lanes in the order of the other instruction sets: ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). */
ANSATZ_INLINE double sum(const Vec& v) {
  Vec s = v;
  for (int half = pieces / 2; half > 0; half /= 2)
    for (int i = 0; i < half; ++i) s.piece[i] = s.piece[i] + s.piece[i + half];
  double x[pieceLanes];
  storePiece(x, s.piece[0]);
  if constexpr (pieceLanes == 4) return (x[0] + x[2]) + (x[1] + x[3]);
  else if constexpr (pieceLanes == 2) return x[0] + x[1];
  else return x[0];
}

/** Rows become columns. */
ANSATZ_INLINE void transpose(Vec* v) {
  Vec turned[lanes];
  for (int i = 0; i < pieces; ++i)
    for (int j = 0; j < pieces; ++j) {
      Piece square[pieceLanes];
      for (int k = 0; k < pieceLanes; ++k) square[k] = v[i * pieceLanes + k].piece[j];
      transposePieces(square);
      for (int k = 0; k < pieceLanes; ++k) turned[j * pieceLanes + k].piece[i] = square[k];
    }
  for (int i = 0; i < lanes; ++i) v[i] = turned[i];
}
#endif

ANSATZ_INLINE Vec squareRoot(const Vec& v) {
  double x[lanes];
  store(x, v);
  for (int i = 0; i < lanes; ++i) x[i] = std::sqrt(x[i]);
  return load(x);
}

}  // namespace ansatz::ANSATZ_ISA
