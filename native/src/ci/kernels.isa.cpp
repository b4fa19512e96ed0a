#include "ci/kernels.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

template <std::size_t lanes>
void pack(std::size_t nrow, const LaneMap& from, const double* c, double* x) {
  for (std::size_t row = 0; row < nrow; ++row) {
    const double* source = c + row * from.rowStride;
    double* target = x + row * lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) target[lane] = from.sign[lane] * source[from.offset[lane]];
  }
}

template <std::size_t lanes>
inline void scatter(const double* sum, const LaneMap& to, std::size_t row, double* sigma) {
  double* target = sigma + row * to.rowStride;
  for (std::size_t lane = 0; lane < to.used; ++lane) target[to.offset[lane]] += sum[lane];
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

template <std::size_t lanes>
void sparse(const SparseRows& matrix, const double* x, const LaneMap& to, double* sigma) {
  const auto column = [&](std::uint64_t k) -> std::size_t { return matrix.column[k]; };
  const auto value = [&](std::uint64_t k) { return matrix.value[k]; };
  for (std::size_t row = 0; row < matrix.nrow; ++row) {
    double sum[lanes];
    rowSum<lanes>(matrix.start[row], matrix.start[row + 1], x, column, value, sum);
    scatter<lanes>(sum, to, row, sigma);
  }
}

template <std::size_t lanes>
void coded(const CodedRows& matrix, const double* coefficients, const double* x, const LaneMap& to, double* sigma) {
  const auto column = [&](std::uint64_t k) -> std::size_t { return matrix.entry[k] >> codeBits; };
  const auto value = [&](std::uint64_t k) { return coefficients[matrix.entry[k] & ((1u << codeBits) - 1)]; };
  for (std::size_t row = 0; row < matrix.nrow; ++row) {
    double sum[lanes];
    const std::uint64_t begin = matrix.start[row];
    const std::uint64_t end = matrix.count == nullptr ? matrix.start[row + 1] : begin + matrix.count[row];
    rowSum<lanes>(begin, end, x, column, value, sum);
    scatter<lanes>(sum, to, row, sigma);
  }
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
