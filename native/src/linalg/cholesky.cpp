#include <algorithm>
#include <cmath>

#include "ansatz/linalg.hpp"
#include "integrals/aligned.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

constexpr int blockWidth = 96;
constexpr int rowsTogether = 192;

/** Columns first … last of a's lower triangle, those before being done: a −= L Lᵀ of the rows' first columns. */
void subtractDone(Matrix& a, int first, int last, int threads, const Control& control) {
  if (first == 0) return;
  const int width = last - first;
  Matrix done(first, width);
  for (int j = 0; j < width; ++j)
    for (int k = 0; k < first; ++k) done(k, j) = -a(first + j, k);
  const int chunks = (a.rows - first + rowsTogether - 1) / rowsTogether;
  parallelFor(chunks, threads, [&](int chunk) {
    control.check();
    const int row = first + chunk * rowsTogether;
    AlignedVector panel(256 * gemmPanelWidth);
    ANSATZ_SELECT(gemm)
    (std::min(rowsTogether, a.rows - row), width, first, a.row(row), a.cols, done.data.data(), width, a.row(row) + first, a.cols,
     panel.data());
  });
}

/** Row `row` of the factor in columns first … last, from what is left of a there. */
void substitute(Matrix& a, int row, int first, int last) {
  double* own = a.row(row);
  for (int j = first; j < last; ++j) {
    const double* other = a.row(j);
    double value = own[j];
    for (int k = first; k < j; ++k) value -= own[k] * other[k];
    own[j] = value / other[j];
  }
}

}  // namespace

bool factorCholesky(Matrix& a, int threads, const Control& control) {
  for (int first = 0; first < a.rows; first += blockWidth) {
    const int last = std::min(first + blockWidth, a.rows);
    subtractDone(a, first, last, threads, control);
    for (int j = first; j < last; ++j) {
      substitute(a, j, first, j);
      double left = a(j, j);
      for (int k = first; k < j; ++k) left -= a(j, k) * a(j, k);
      if (!(left > 0.0)) return false;
      a(j, j) = std::sqrt(left);
    }
    const int chunks = (a.rows - last + rowsTogether - 1) / rowsTogether;
    parallelFor(chunks, threads, [&](int chunk) {
      control.check();
      const int from = last + chunk * rowsTogether;
      for (int row = from; row < std::min(from + rowsTogether, a.rows); ++row) substitute(a, row, first, last);
    });
  }
  return true;
}

std::vector<double> solveCholesky(const Matrix& factor, std::vector<double> b) {
  const auto dot = ANSATZ_SELECT(dotKernel);
  const auto addTo = ANSATZ_SELECT(axpy);
  for (int i = 0; i < factor.rows; ++i) b[i] = (b[i] - dot(i, factor.row(i), b.data())) / factor(i, i);
  for (int i = factor.rows - 1; i >= 0; --i) {
    b[i] /= factor(i, i);
    addTo(i, -b[i], factor.row(i), b.data());
  }
  return b;
}

}  // namespace ansatz
