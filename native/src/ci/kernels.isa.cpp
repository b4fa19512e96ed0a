#include "ci/kernels.hpp"

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

/** Rows that are turned from lanes to rows together: one cache line of each lane. */
constexpr std::size_t tile = 8;
static_assert(tile == ::ansatz::lanes && maxLanes % (4 * tile) == 0);

template <std::size_t lanes>
void pack(std::size_t nrow, const LaneMap& from, const double* c, double* x) {
  std::size_t row = 0;
  for (; row + tile <= nrow; row += tile)
    for (std::size_t first = 0; first < lanes; first += tile) {
      Vec v[tile];
      for (std::size_t k = 0; k < tile; ++k)
        v[k] = first + k < from.used ? from.sign[first + k] * load(c + from.offset[first + k] + row) : broadcast(0.0);
      transpose(v);
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
    transpose(v);
    for (std::size_t k = 0; k < tile && first + k < to.used; ++k) {
      double* target = sigma + to.offset[first + k] + row;
      store(target, load(target) + v[k]);
    }
  }
}

/** Vectors of one sum: two sums stay in registers while a row is summed. */
#if defined(ANSATZ_ISA_avx512)
constexpr std::size_t sumVectors = 4;
#else
constexpr std::size_t sumVectors = 2;
#endif

/** sum += factor · x */
template <std::size_t n>
ANSATZ_INLINE void addScaled(Vec (&sum)[n], double factor, const double* x) {
  for (std::size_t i = 0; i < n; ++i) sum[i] += factor * load(x + i * ::ansatz::lanes);
}

/**
 * Σ value(k) · x[column(k)] over one row; two sums run side by side, since one would wait for its own last addition. In the
 * same order whatever the number of lanes.
 */
template <std::size_t lanes, class Column, class Value>
inline void rowSum(std::uint64_t begin, std::uint64_t end, const double* x, Column column, Value value, double* sum) {
  constexpr std::size_t n = lanes / ::ansatz::lanes < sumVectors ? lanes / ::ansatz::lanes : sumVectors;
  for (std::size_t first = 0; first < lanes; first += n * ::ansatz::lanes) {
    Vec even[n], odd[n];
    for (std::size_t i = 0; i < n; ++i) even[i] = odd[i] = broadcast(0.0);
    std::uint64_t k = begin;
    for (; k + 1 < end; k += 2) {
      addScaled(even, value(k), x + column(k) * lanes + first);
      addScaled(odd, value(k + 1), x + column(k + 1) * lanes + first);
    }
    if (k < end) addScaled(even, value(k), x + column(k) * lanes + first);
    for (std::size_t i = 0; i < n; ++i) store(sum + first + i * ::ansatz::lanes, even[i] + odd[i]);
  }
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
