#include "ci/kernels.hpp"

#include "integrals/simd.hpp"

#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define ANSATZ_HAS_SHUFFLE 1
#endif
#endif
#ifndef ANSATZ_HAS_SHUFFLE
#define ANSATZ_HAS_SHUFFLE 0
#endif

namespace ansatz::ANSATZ_ISA {
namespace {

/** Rows that are turned from lanes to rows together: one cache line of each lane. */
constexpr std::size_t tile = 8;
static_assert(tile == ::ansatz::lanes && maxLanes % (4 * tile) == 0);

/** v[i][k] ↔ v[k][i] */
ANSATZ_INLINE void transposeTile(Vec (&v)[tile]) {
#if ANSATZ_HAS_SHUFFLE && defined(ANSATZ_ISA_avx512)
  Vec a[tile], b[tile];
  for (std::size_t i = 0; i < tile; i += 2) {
    a[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    a[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (std::size_t i = 0; i < tile; i += 4)
    for (std::size_t k = i; k < i + 2; ++k) {
      b[k] = __builtin_shufflevector(a[k], a[k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      b[k + 2] = __builtin_shufflevector(a[k], a[k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (std::size_t k = 0; k < 4; ++k) {
    v[k] = __builtin_shufflevector(b[k], b[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[k + 4] = __builtin_shufflevector(b[k], b[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#elif ANSATZ_HAS_SHUFFLE
  // compilers take shuffles of vectors wider than the registers apart, one number at a time
  using Half = double __attribute__((vector_size(32)));
  Vec turned[tile];
  for (std::size_t i = 0; i < tile; i += 4)
    for (std::size_t k = 0; k < tile; k += 4) {
      Half h[4], a[4];
      for (std::size_t r = 0; r < 4; ++r) __builtin_memcpy(&h[r], reinterpret_cast<const double*>(&v[i + r]) + k, sizeof(Half));
      for (std::size_t r = 0; r < 4; r += 2) {
        a[r] = __builtin_shufflevector(h[r], h[r + 1], 0, 4, 2, 6);
        a[r + 1] = __builtin_shufflevector(h[r], h[r + 1], 1, 5, 3, 7);
      }
      for (std::size_t r = 0; r < 2; ++r) {
        h[r] = __builtin_shufflevector(a[r], a[r + 2], 0, 1, 4, 5);
        h[r + 2] = __builtin_shufflevector(a[r], a[r + 2], 2, 3, 6, 7);
      }
      for (std::size_t r = 0; r < 4; ++r) __builtin_memcpy(reinterpret_cast<double*>(&turned[k + r]) + i, &h[r], sizeof(Half));
    }
  for (std::size_t i = 0; i < tile; ++i) v[i] = turned[i];
#else
  for (std::size_t i = 0; i < tile; ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const double swapped = v[i][k];
      v[i][k] = v[k][i];
      v[k][i] = swapped;
    }
#endif
}

template <std::size_t lanes>
void pack(std::size_t nrow, const LaneMap& from, const double* c, double* x) {
  std::size_t row = 0;
  for (; row + tile <= nrow; row += tile)
    for (std::size_t first = 0; first < lanes; first += tile) {
      Vec v[tile];
      for (std::size_t k = 0; k < tile; ++k)
        v[k] = first + k < from.used ? from.sign[first + k] * load(c + from.offset[first + k] + row) : broadcast(0.0);
      transposeTile(v);
      for (std::size_t k = 0; k < tile; ++k) store(x + (row + k) * lanes + first, v[k]);
    }
  for (; row < nrow; ++row)
    for (std::size_t lane = 0; lane < lanes; ++lane)
      x[row * lanes + lane] = lane < from.used ? from.sign[lane] * c[from.offset[lane] + row] : 0.0;
}

/** sigma += the sums of up to `tile` rows from `row` on. */
template <std::size_t lanes>
ANSATZ_INLINE void scatter(const double (*sums)[lanes], const LaneMap& to, std::size_t row, std::size_t count,
                           double* sigma) {
  if (count < tile) {
    for (std::size_t lane = 0; lane < to.used; ++lane)
      for (std::size_t k = 0; k < count; ++k) sigma[to.offset[lane] + row + k] += sums[k][lane];
    return;
  }
  for (std::size_t first = 0; first < to.used; first += tile) {
    Vec v[tile];
    for (std::size_t k = 0; k < tile; ++k) v[k] = load(sums[k] + first);
    transposeTile(v);
    for (std::size_t k = 0; k < tile && first + k < to.used; ++k) {
      double* target = sigma + to.offset[first + k] + row;
      store(target, load(target) + v[k]);
    }
  }
}

/** Σ value(k) · x[column(k)] over one row; two sums run side by side, since one would wait for its own last addition. */
template <std::size_t lanes, class Column, class Value>
inline void rowSum(std::uint64_t begin, std::uint64_t end, const double* x, Column column, Value value, double* sum) {
  double even[lanes] = {}, odd[lanes] = {};
  std::uint64_t k = begin;
  for (; k + 1 < end; k += 2) {
    const double v0 = value(k), v1 = value(k + 1);
    const double* x0 = x + column(k) * lanes;
    const double* x1 = x + column(k + 1) * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) even[lane] += v0 * x0[lane];
    for (std::size_t lane = 0; lane < lanes; ++lane) odd[lane] += v1 * x1[lane];
  }
  if (k < end) {
    const double v0 = value(k);
    const double* x0 = x + column(k) * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) even[lane] += v0 * x0[lane];
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] = even[lane] + odd[lane];
}

/** sigma += matrix · x; begin(row) and end(row) say where the entries of a row lie. */
template <std::size_t lanes, class Begin, class End, class Column, class Value>
inline void rows(std::size_t nrow, Begin begin, End end, Column column, Value value, const double* x, const LaneMap& to,
                 double* sigma) {
  double sums[tile][lanes];
  for (std::size_t row = 0; row < nrow; row += tile) {
    const std::size_t count = nrow - row < tile ? nrow - row : tile;
    for (std::size_t k = 0; k < count; ++k) rowSum<lanes>(begin(row + k), end(row + k), x, column, value, sums[k]);
    scatter<lanes>(sums, to, row, count, sigma);
  }
}

template <std::size_t lanes>
void sparse(const SparseRows& matrix, const double* x, const LaneMap& to, double* sigma) {
  rows<lanes>(
      matrix.nrow, [&](std::size_t row) { return matrix.start[row]; },
      [&](std::size_t row) { return matrix.start[row + 1]; },
      [&](std::uint64_t k) -> std::size_t { return matrix.column[k]; }, [&](std::uint64_t k) { return matrix.value[k]; }, x,
      to, sigma);
}

template <std::size_t lanes>
void coded(const CodedRows& matrix, const double* coefficients, const double* x, const LaneMap& to, double* sigma) {
  rows<lanes>(
      matrix.nrow, [&](std::size_t row) -> std::uint64_t { return matrix.start[row]; },
      [&](std::size_t row) -> std::uint64_t {
        return matrix.count == nullptr ? matrix.start[row + 1] : matrix.start[row] + matrix.count[row];
      },
      [&](std::uint64_t k) -> std::size_t { return matrix.entry[k] >> codeBits; },
      [&](std::uint64_t k) { return coefficients[matrix.entry[k] & ((1u << codeBits) - 1)]; }, x, to, sigma);
}

}  // namespace

void packLanes(std::size_t nrow, std::size_t lanes, const LaneMap& from, const double* c, double* x) {
  if (lanes == maxLanes) return pack<maxLanes>(nrow, from, c, x);
  if (lanes == maxLanes / 2) return pack<maxLanes / 2>(nrow, from, c, x);
  pack<maxLanes / 4>(nrow, from, c, x);
}

void sparseRows(const SparseRows& matrix, std::size_t lanes, const double* x, const LaneMap& to, double* sigma) {
  if (lanes == maxLanes) return sparse<maxLanes>(matrix, x, to, sigma);
  if (lanes == maxLanes / 2) return sparse<maxLanes / 2>(matrix, x, to, sigma);
  sparse<maxLanes / 4>(matrix, x, to, sigma);
}

void codedRows(const CodedRows& matrix, const double* coefficients, std::size_t lanes, const double* x,
               const LaneMap& to, double* sigma) {
  if (lanes == maxLanes) return coded<maxLanes>(matrix, coefficients, x, to, sigma);
  if (lanes == maxLanes / 2) return coded<maxLanes / 2>(matrix, coefficients, x, to, sigma);
  coded<maxLanes / 4>(matrix, coefficients, x, to, sigma);
}

double dot(std::size_t n, const double* x, const double* y) {
  double partial[maxLanes] = {};
  std::size_t i = 0;
  for (; i + maxLanes <= n; i += maxLanes)
    for (std::size_t lane = 0; lane < maxLanes; ++lane) partial[lane] += x[i + lane] * y[i + lane];
  double sum = 0.0;
  for (; i < n; ++i) sum += x[i] * y[i];
  for (const double part : partial) sum += part;
  return sum;
}

void axpy(std::size_t n, double a, const double* x, double* y) {
  for (std::size_t i = 0; i < n; ++i) y[i] += a * x[i];
}

}  // namespace ansatz::ANSATZ_ISA
