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

template <std::size_t lanes>
void sparse(const SparseRows& matrix, const double* x, const LaneMap& to, double* sigma) {
  for (std::size_t row = 0; row < matrix.nrow; ++row) {
    double sum[lanes] = {};
    for (std::uint64_t k = matrix.start[row]; k < matrix.start[row + 1]; ++k) {
      const double value = matrix.value[k];
      const double* source = x + matrix.column[k] * lanes;
      for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += value * source[lane];
    }
    scatter<lanes>(sum, to, row, sigma);
  }
}

template <std::size_t lanes>
void coded(const CodedRows& matrix, const double* coefficients, const double* x, const LaneMap& to, double* sigma) {
  constexpr std::uint32_t mask = (1u << codeBits) - 1;
  for (std::size_t row = 0; row < matrix.nrow; ++row) {
    double sum[lanes] = {};
    for (std::uint64_t k = matrix.start[row]; k < matrix.start[row + 1]; ++k) {
      const std::uint32_t entry = matrix.entry[k];
      const double value = coefficients[entry & mask];
      const double* source = x + (entry >> codeBits) * lanes;
      for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += value * source[lane];
    }
    scatter<lanes>(sum, to, row, sigma);
  }
}

}  // namespace

void packLanes(std::size_t nrow, std::size_t lanes, const LaneMap& from, const double* c, double* x) {
  if (lanes == maxLanes) return pack<maxLanes>(nrow, from, c, x);
  pack<maxLanes / 2>(nrow, from, c, x);
}

void sparseRows(const SparseRows& matrix, std::size_t lanes, const double* x, const LaneMap& to, double* sigma) {
  if (lanes == maxLanes) return sparse<maxLanes>(matrix, x, to, sigma);
  sparse<maxLanes / 2>(matrix, x, to, sigma);
}

void codedRows(const CodedRows& matrix, const double* coefficients, std::size_t lanes, const double* x,
               const LaneMap& to, double* sigma) {
  if (lanes == maxLanes) return coded<maxLanes>(matrix, coefficients, x, to, sigma);
  coded<maxLanes / 2>(matrix, coefficients, x, to, sigma);
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
