#include <algorithm>
#include <cmath>

#include "ansatz/linalg.hpp"
#include "integrals/aligned.hpp"
#include "linalg/dense_kernels.hpp"

namespace ansatz {

Matrix transpose(const Matrix& a) {
  Matrix t(a.cols, a.rows);
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < a.cols; ++j) t(j, i) = a(i, j);
  return t;
}

Matrix multiply(const Matrix& a, const Matrix& b, const Control& control) {
  constexpr double multiplicationsTogether = 1 << 25;
  constexpr int fewestRows = 48;  // fewer would pack b more often than it is used
  const double perRow = std::max(1.0, static_cast<double>(a.cols) * b.cols);
  const int rows = static_cast<int>(std::clamp<double>(multiplicationsTogether / perRow, fewestRows, std::max(a.rows, fewestRows)));
  Matrix c(a.rows, b.cols);
  AlignedVector panel(256 * gemmPanelWidth);
  for (int i = 0; i < a.rows; i += rows) {
    control.check();
    ANSATZ_SELECT(gemm)
    (std::min(rows, a.rows - i), b.cols, a.cols, a.row(i), a.cols, b.data.data(), b.cols, c.row(i), c.cols, panel.data());
  }
  return c;
}

Matrix congruence(const Matrix& a, const Matrix& b, const Control& control) {
  Matrix c = multiply(transpose(a), multiply(b, a, control), control);
  for (int i = 0; i < c.rows; ++i)
    for (int j = 0; j < i; ++j) c(i, j) = c(j, i) = 0.5 * (c(i, j) + c(j, i));
  return c;
}

void add(Matrix& to, const Matrix& from, double factor) {
  for (std::size_t i = 0; i < to.data.size(); ++i) to.data[i] += factor * from.data[i];
}

double dot(const Matrix& a, const Matrix& b) {
  return ANSATZ_SELECT(dotKernel)(static_cast<int>(a.data.size()), a.data.data(), b.data.data());
}

std::vector<double> solve(Matrix a, std::vector<double> b) {
  const int n = a.rows;
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::abs(a(i, k)) > std::abs(a(pivot, k))) pivot = i;
    if (a(pivot, k) == 0.0) return {};
    for (int j = 0; j < n; ++j) std::swap(a(k, j), a(pivot, j));
    std::swap(b[k], b[pivot]);
    for (int i = k + 1; i < n; ++i) {
      const double factor = a(i, k) / a(k, k);
      for (int j = k; j < n; ++j) a(i, j) -= factor * a(k, j);
      b[i] -= factor * b[k];
    }
  }
  for (int i = n - 1; i >= 0; --i) {
    for (int j = i + 1; j < n; ++j) b[i] -= a(i, j) * b[j];
    b[i] /= a(i, i);
  }
  return b;
}

}  // namespace ansatz
