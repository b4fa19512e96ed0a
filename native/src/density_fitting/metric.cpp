#include "density_fitting/metric.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "ansatz/error.hpp"
#include "linalg/dense_kernels.hpp"

namespace ansatz {
namespace {

/** Part of a function's Coulomb norm that must be its own: below this, rounding enters the fitted energy. */
constexpr double leastIndependent = 1e-10;

struct PivotedCholesky {
  std::vector<int> pivots;
  /** Row i belongs to function i; column k to the k-th pivot. */
  Matrix factor;
};

/** Of a matrix with unit diagonal. */
PivotedCholesky factorise(const Matrix& a, const Control& control) {
  const int n = a.rows;
  const auto dot = ANSATZ_SELECT(dotKernel);
  PivotedCholesky result{{}, Matrix(n, n)};
  std::vector<double> left(n, 1.0);
  std::vector<bool> taken(n, false);
  for (int k = 0; k < n; ++k) {
    control.check();
    int pivot = -1;
    for (int i = 0; i < n; ++i)
      if (!taken[i] && (pivot < 0 || left[i] > left[pivot])) pivot = i;
    if (left[pivot] < leastIndependent) break;
    const double length = std::sqrt(left[pivot]);
    taken[pivot] = true;
    result.pivots.push_back(pivot);
    const double* own = result.factor.row(pivot);
    for (int i = 0; i < n; ++i) {
      if (taken[i]) continue;
      double& x = result.factor(i, k);
      x = (a(i, pivot) - dot(k, result.factor.row(i), own)) / length;
      left[i] -= x * x;
    }
    result.factor(pivot, k) = length;
  }
  return result;
}

std::string gibibytes(double bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f GiB", bytes / (1024.0 * 1024.0 * 1024.0));
  return text;
}

}  // namespace

OrthonormalFit orthonormalFit(const Matrix& metric, const Control& control) {
  std::vector<double> scale;
  for (int i = 0; i < metric.rows; ++i) scale.push_back(metric(i, i) > 0.0 ? 1.0 / std::sqrt(metric(i, i)) : 0.0);
  Matrix scaled = metric;
  for (int i = 0; i < metric.rows; ++i)
    for (int j = 0; j < metric.cols; ++j) scaled(i, j) *= scale[i] * scale[j];
  const PivotedCholesky cholesky = factorise(scaled, control);
  const int n = static_cast<int>(cholesky.pivots.size());
  const auto addTo = ANSATZ_SELECT(axpy);
  Matrix inverse(n, n);  // of the lower triangular factor
  for (int i = 0; i < n; ++i) {
    control.check();
    const double* row = cholesky.factor.row(cholesky.pivots[i]);
    double* to = inverse.row(i);
    for (int k = 0; k < i; ++k) addTo(k + 1, -row[k] / row[i], inverse.row(k), to);
    to[i] = 1.0 / row[i];
  }
  OrthonormalFit fit{cholesky.pivots, Matrix(n, n)};
  for (int i = 0; i < n; ++i)
    for (int j = i; j < n; ++j) fit.combinations(i, j) = scale[cholesky.pivots[i]] * inverse(j, i);
  return fit;
}

void requireRoomForFit(const FitWords& words, const CartesianBasis& basis, const CartesianBasis& auxiliary, double bytes, std::size_t allowed) {
  const double most = static_cast<double>(allowed);
  if (bytes <= most) return;
  throw InvalidInput("not-supported", std::string(words.what) + " of " + std::to_string(basis.nCartesian) + " functions with " +
                                          std::to_string(auxiliary.nBasis()) + " auxiliary ones needs " + gibibytes(bytes) +
                                          ", expected at most " + gibibytes(most) + ": " + words.instead);
}

}  // namespace ansatz
