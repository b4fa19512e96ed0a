#include "circuit/dense_kernels.hpp"

#include <bit>
#include <cstddef>
#include <cstring>
#include <utility>

namespace ansatz::ANSATZ_ISA {
namespace {

constexpr int maxQubits = 3;

#if defined(__GNUC__) || defined(__clang__)
#define ANSATZ_INLINE [[gnu::always_inline]] inline
#else
#define ANSATZ_INLINE __forceinline
#endif

#if defined(ANSATZ_ISA_avx512) && (defined(__GNUC__) || defined(__clang__))
/** 64 bytes of numbers that the kernels of one instruction set treat alike. */
template <class Real>
struct Lanes;
template <>
struct Lanes<double> {
  using Vec = double __attribute__((vector_size(64)));
  static constexpr int bits = 3;
};
template <>
struct Lanes<float> {
  using Vec = float __attribute__((vector_size(64)));
  static constexpr int bits = 4;
};
template <class Real>
using VecOf = typename Lanes<Real>::Vec;

template <class Real>
ANSATZ_INLINE VecOf<Real> load(const Real* p) {
  VecOf<Real> v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
template <class Real>
ANSATZ_INLINE void store(Real* p, const VecOf<Real>& v) {
  std::memcpy(p, &v, sizeof v);
}
template <class Real>
ANSATZ_INLINE VecOf<Real> zero() {
  return VecOf<Real>{};
}

/** Lane j of the result is lane j ^ mask of v. */
template <int mask, class Vec, std::size_t... j>
ANSATZ_INLINE Vec exchangedBy(const Vec& v, std::index_sequence<j...>) {
  return __builtin_shufflevector(v, v, (j ^ mask)...);
}
template <class Real>
ANSATZ_INLINE VecOf<Real> exchanged(const VecOf<Real>& v, int mask) {
  constexpr auto all = std::make_index_sequence<(std::size_t{1} << Lanes<Real>::bits)>{};
  VecOf<Real> result = v;
  if (mask & 1) result = exchangedBy<1>(result, all);
  if (mask & 2) result = exchangedBy<2>(result, all);
  if (mask & 4) result = exchangedBy<4>(result, all);
  if constexpr (Lanes<Real>::bits > 3)
    if (mask & 8) result = exchangedBy<8>(result, all);
  return result;
}
#else
// Compilers take vectors wider than the registers apart, one number at a time: here they are pieces as wide as the registers.
#if defined(ANSATZ_ISA_avx2) && (defined(__GNUC__) || defined(__clang__))
constexpr int pieceBytes = 32;
#elif defined(__GNUC__) || defined(__clang__)
constexpr int pieceBytes = 16;
#else
constexpr int pieceBytes = 0;
#endif

/** A vector is as wide as a register where there are registers: two of them would leave too few for a group's amplitudes. */
template <class Real>
struct Lanes {
  static constexpr int bits = std::countr_zero((pieceBytes == 0 ? 64 : pieceBytes) / sizeof(Real));
};

template <class Real, int bytes = pieceBytes>
struct Pieces {
  static constexpr int lanes = bytes / sizeof(Real);
#if defined(__GNUC__) || defined(__clang__)
  typedef Real Piece __attribute__((vector_size(bytes)));
  template <int mask, std::size_t... j>
  ANSATZ_INLINE static Piece exchangedBy(const Piece& v, std::index_sequence<j...>) {
    return __builtin_shufflevector(v, v, (j ^ mask)...);
  }
  /** Lane j of the result is lane j ^ mask of v. */
  ANSATZ_INLINE static Piece exchanged(const Piece& v, int mask) {
    constexpr auto all = std::make_index_sequence<lanes>{};
    Piece result = v;
    if (mask & 1) result = exchangedBy<1>(result, all);
    if constexpr (lanes > 2)
      if (mask & 2) result = exchangedBy<2>(result, all);
    if constexpr (lanes > 4)
      if (mask & 4) result = exchangedBy<4>(result, all);
    return result;
  }
#endif
};
template <class Real>
struct Pieces<Real, 0> {
  static constexpr int lanes = 1;
  using Piece = Real;
  ANSATZ_INLINE static Piece exchanged(const Piece& v, int) { return v; }
};

template <class Real>
struct alignas(64) VecOf {
  static constexpr int pieceLanes = Pieces<Real>::lanes;
  static constexpr int pieces = (1 << Lanes<Real>::bits) / pieceLanes;
  typename Pieces<Real>::Piece piece[pieces];
  ANSATZ_INLINE friend VecOf operator*(const VecOf& a, const VecOf& b) {
    VecOf r;
    for (int j = 0; j < pieces; ++j) r.piece[j] = a.piece[j] * b.piece[j];
    return r;
  }
  ANSATZ_INLINE friend VecOf operator*(Real a, const VecOf& b) {
    VecOf r;
    for (int j = 0; j < pieces; ++j) r.piece[j] = a * b.piece[j];
    return r;
  }
  ANSATZ_INLINE VecOf& operator+=(const VecOf& b) {
    for (int j = 0; j < pieces; ++j) piece[j] += b.piece[j];
    return *this;
  }
  ANSATZ_INLINE VecOf& operator-=(const VecOf& b) {
    for (int j = 0; j < pieces; ++j) piece[j] -= b.piece[j];
    return *this;
  }
};
template <class Real>
ANSATZ_INLINE VecOf<Real> load(const Real* p) {
  VecOf<Real> v;
  for (int j = 0; j < VecOf<Real>::pieces; ++j)
    std::memcpy(&v.piece[j], p + j * VecOf<Real>::pieceLanes, sizeof v.piece[j]);
  return v;
}
template <class Real>
ANSATZ_INLINE void store(Real* p, const VecOf<Real>& v) {
  for (int j = 0; j < VecOf<Real>::pieces; ++j)
    std::memcpy(p + j * VecOf<Real>::pieceLanes, &v.piece[j], sizeof v.piece[j]);
}
template <class Real>
ANSATZ_INLINE VecOf<Real> zero() {
  return VecOf<Real>{};
}
/** Lane j of the result is lane j ^ mask of v. */
template <class Real>
ANSATZ_INLINE VecOf<Real> exchanged(const VecOf<Real>& v, int mask) {
  const int across = mask / VecOf<Real>::pieceLanes;
  VecOf<Real> r;
  for (int j = 0; j < VecOf<Real>::pieces; ++j) r.piece[j] = Pieces<Real>::exchanged(v.piece[j ^ across], mask);
  return r;
}
#endif

/** Opens a 0 at the bit of each qubit (ascending). */
template <int count>
ANSATZ_INLINE std::size_t spread(std::size_t index, const int* qubits) {
  for (int i = 0; i < count; ++i) {
    const std::size_t below = (std::size_t{1} << qubits[i]) - 1;
    index = (index & below) | ((index & ~below) << 1);
  }
  return index;
}

/** One number for all lanes, or where the block acts within a vector one for each lane. */
template <class Real, int within>
ANSATZ_INLINE auto coefficient(const Real* table, int k) {
  if constexpr (within == 0) return table[k];
  else return load(table + (static_cast<std::size_t>(k) << Lanes<Real>::bits));
}

/**
 * `within` of the qubits lie within a vector, `across` choose among vectors. Vector c of a group and its copies with lanes
 * exchanged are the 2^(across + within) columns; `table` has the coefficient of each column in each of the 2^across rows.
 */
template <class Real, int across, int within, bool isReal>
void applyGroups(int n, const int* high, const int* masks, const Real* table, const Real* imaginary, Real* re, Real* im) {
  constexpr int rows = 1 << across, copies = 1 << within, columns = rows * copies;
  constexpr int together = rows < 4 ? rows : 4;
  constexpr int bits = Lanes<Real>::bits;
  std::size_t offset[rows];
  for (int r = 0; r < rows; ++r) {
    offset[r] = 0;
    for (int i = 0; i < across; ++i)
      if ((r >> i) & 1) offset[r] += std::size_t{1} << high[i];
  }
  const std::size_t groups = std::size_t{1} << (n - bits - across);
  for (std::size_t group = 0; group < groups; ++group) {
    const std::size_t base = spread<across>(group << bits, high);
    VecOf<Real> x[columns], y[columns];
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const VecOf<Real> a = load(re + base + offset[r]), b = load(im + base + offset[r]);
#pragma GCC unroll 8
      for (int c = 0; c < copies; ++c) {
        x[r * copies + c] = exchanged<Real>(a, masks[c]);
        y[r * copies + c] = exchanged<Real>(b, masks[c]);
      }
    }
#pragma GCC unroll 8
    for (int first = 0; first < rows; first += together) {
      VecOf<Real> u[together], v[together];
#pragma GCC unroll 4
      for (int r = 0; r < together; ++r) u[r] = v[r] = zero<Real>();
#pragma GCC unroll 8
      for (int c = 0; c < columns; ++c)
#pragma GCC unroll 4
        for (int r = 0; r < together; ++r) {
          const auto p = coefficient<Real, within>(table, (first + r) * columns + c);
          u[r] += p * x[c];
          v[r] += p * y[c];
          if constexpr (!isReal) {
            const auto q = coefficient<Real, within>(imaginary, (first + r) * columns + c);
            u[r] -= q * y[c];
            v[r] += q * x[c];
          }
        }
#pragma GCC unroll 4
      for (int r = 0; r < together; ++r) {
        store(re + base + offset[first + r], u[r]);
        store(im + base + offset[first + r], v[r]);
      }
    }
  }
}

/** States smaller than a vector, one amplitude at a time. */
template <class Real>
void applySlowly(int n, int count, const int* qubits, bool isReal, const Real* entries, Real* re, Real* im) {
  const int dimension = 1 << count;
  const std::size_t groups = std::size_t{1} << (n - count);
  for (std::size_t group = 0; group < groups; ++group) {
    std::size_t base = group, place[1 << maxQubits];
    for (int i = 0; i < count; ++i) base = spread<1>(base, qubits + i);
    Real x[1 << maxQubits], y[1 << maxQubits];
    for (int c = 0; c < dimension; ++c) {
      place[c] = base;
      for (int i = 0; i < count; ++i)
        if ((c >> i) & 1) place[c] += std::size_t{1} << qubits[i];
      x[c] = re[place[c]];
      y[c] = im[place[c]];
    }
    for (int r = 0; r < dimension; ++r) {
      Real u = 0, v = 0;
      for (int c = 0; c < dimension; ++c) {
        const Real p = entries[r * dimension + c];
        const Real q = isReal ? Real{0} : entries[(dimension + r) * dimension + c];
        u += p * x[c] - q * y[c];
        v += p * y[c] + q * x[c];
      }
      re[place[r]] = u;
      im[place[r]] = v;
    }
  }
}

/** Lane j of row r, column (c, copy): the entry that takes amplitude (c, j ^ mask) to (r, j). */
template <class Real>
void layOut(int across, int within, const int* low, const Real* entries, Real* table) {
  constexpr int bits = Lanes<Real>::bits;
  const int rows = 1 << across, copies = 1 << within, dimension = rows * copies;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < rows; ++c)
      for (int copy = 0; copy < copies; ++copy) {
        Real* to = table + (within == 0 ? r * rows + c : ((r * rows + c) * copies + copy) << bits);
        for (int j = 0; j < (within == 0 ? 1 : 1 << bits); ++j) {
          int own = 0;
          for (int i = 0; i < within; ++i) own |= ((j >> low[i]) & 1) << i;
          to[j] = entries[((r << within) | own) * dimension + ((c << within) | (own ^ copy))];
        }
      }
}

template <class Real>
using Groups = void (*)(int, const int*, const int*, const Real*, const Real*, Real*, Real*);

template <class Real, bool isReal>
Groups<Real> chosen(int across, int within) {
  constexpr Groups<Real> table[4][4] = {
      {nullptr, applyGroups<Real, 0, 1, isReal>, applyGroups<Real, 0, 2, isReal>, applyGroups<Real, 0, 3, isReal>},
      {applyGroups<Real, 1, 0, isReal>, applyGroups<Real, 1, 1, isReal>, applyGroups<Real, 1, 2, isReal>, nullptr},
      {applyGroups<Real, 2, 0, isReal>, applyGroups<Real, 2, 1, isReal>, nullptr, nullptr},
      {applyGroups<Real, 3, 0, isReal>, nullptr, nullptr, nullptr},
  };
  return table[across][within];
}

}  // namespace

template <class Real>
void applyDense(int n, int count, const int* qubits, bool isReal, const Real* entries, Real* re, Real* im) {
  constexpr int bits = Lanes<Real>::bits;
  int within = 0;
  while (within < count && qubits[within] < bits) ++within;
  const int across = count - within;
  if (n < bits + across) return applySlowly(n, count, qubits, isReal, entries, re, im);
  int masks[1 << maxQubits];
  for (int copy = 0; copy < 1 << within; ++copy) {
    masks[copy] = 0;
    for (int i = 0; i < within; ++i)
      if ((copy >> i) & 1) masks[copy] |= 1 << qubits[i];
  }
  constexpr int most = 1 << (2 * maxQubits + bits);
  alignas(64) Real table[most], imaginary[most];
  layOut(across, within, qubits, entries, table);
  if (!isReal) layOut(across, within, qubits, entries + (std::size_t{1} << (2 * count)), imaginary);
  const Groups<Real> groups = isReal ? chosen<Real, true>(across, within) : chosen<Real, false>(across, within);
  groups(n, qubits + within, masks, table, imaginary, re, im);
}

template void applyDense(int, int, const int*, bool, const double*, double*, double*);
template void applyDense(int, int, const int*, bool, const float*, float*, float*);

}  // namespace ansatz::ANSATZ_ISA
