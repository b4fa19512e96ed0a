#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "linalg/dense_kernels.hpp"

namespace ansatz {
namespace {

/**
 * Implicit QL takes two or three steps an eigenvalue. After so many, what is left may be rounding alone, as of a matrix of low rank: then its own
 * size is no measure, and the whole matrix's is. After twice as many no step improves the matrix.
 */
constexpr int manySteps = 100;

/** A symmetric matrix as Q T Qᵀ; row k of `reflectors` is v of the k-th factor 1 − tau v vᵀ of Q. */
struct Tridiagonal {
  std::vector<double> diagonal, subdiagonal;
  Matrix reflectors;
  std::vector<double> tau;
};

Tridiagonal tridiagonalise(Matrix a, const Control& control) {
  const int n = a.rows;
  const auto dot = ANSATZ_SELECT(dotKernel);
  const auto update = ANSATZ_SELECT(rank2Update);
  Tridiagonal t{std::vector<double>(n), std::vector<double>(n, 0.0), Matrix(n, n), std::vector<double>(n, 0.0)};
  std::vector<double> w(n);
  for (int k = 0; k + 1 < n; ++k) {
    control.check();
    double* v = t.reflectors.row(k);
    for (int i = k + 1; i < n; ++i) v[i] = a(k, i);
    const double below = dot(n - k - 2, v + k + 2, v + k + 2);
    t.diagonal[k] = a(k, k);
    if (below == 0.0) {
      t.subdiagonal[k] = v[k + 1];
      std::fill(v + k + 1, v + n, 0.0);
      continue;
    }
    const double length = std::sqrt(v[k + 1] * v[k + 1] + below);
    const double beta = v[k + 1] > 0.0 ? -length : length;
    t.tau[k] = (beta - v[k + 1]) / beta;
    const double scale = 1.0 / (v[k + 1] - beta);
    v[k + 1] = 1.0;
    for (int i = k + 2; i < n; ++i) v[i] *= scale;
    t.subdiagonal[k] = beta;
    for (int i = k + 1; i < n; ++i) w[i] = t.tau[k] * dot(n - k - 1, a.row(i) + k + 1, v + k + 1);
    const double half = 0.5 * t.tau[k] * dot(n - k - 1, w.data() + k + 1, v + k + 1);
    for (int i = k + 1; i < n; ++i) w[i] -= half * v[i];
    update(k + 1, n, a.data.data(), n, v, w.data());
  }
  t.diagonal[n - 1] = a(n - 1, n - 1);
  return t;
}

/** Eigenvalues of a tridiagonal matrix into `d`; rows of `z`, the identity before, become the eigenvectors. */
void implicitQl(std::vector<double>& d, std::vector<double>& e, Matrix& z, const Control& control) {
  const int n = static_cast<int>(d.size());
  const auto rotateRows = ANSATZ_SELECT(rotate);
  double largest = 0.0;
  for (int k = 0; k < n; ++k) largest = std::max(largest, std::abs(d[k]) + std::abs(e[k]));
  double least = 0.0;
  for (int l = 0; l < n; ++l) {
    for (int step = 0;; ++step) {
      control.check();
      if (step == manySteps) least = largest;
      if (step == 2 * manySteps) throw notFinite("an eigenvalue");
      int m = l;
      for (; m + 1 < n; ++m)
        if (std::abs(e[m]) <= std::numeric_limits<double>::epsilon() * std::max(std::abs(d[m]) + std::abs(d[m + 1]), least)) break;
      if (m == l) break;
      double g = (d[l + 1] - d[l]) / (2.0 * e[l]);
      double r = std::hypot(g, 1.0);
      g = d[m] - d[l] + e[l] / (g + std::copysign(r, g));
      double s = 1.0;
      double c = 1.0;
      double p = 0.0;
      int i = m - 1;
      for (; i >= l; --i) {
        const double f = s * e[i];
        const double b = c * e[i];
        r = std::hypot(f, g);
        e[i + 1] = r;
        if (r == 0.0) {
          d[i + 1] -= p;
          e[m] = 0.0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2.0 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        rotateRows(n, z.row(i), z.row(i + 1), c, s);
      }
      if (r == 0.0 && i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0.0;
    }
  }
}

/** Rows of z, eigenvectors of the tridiagonal matrix, become those of the full one. */
void applyReflectors(const Tridiagonal& t, Matrix& z, const Control& control) {
  const int n = z.rows;
  const auto dot = ANSATZ_SELECT(dotKernel);
  const auto add = ANSATZ_SELECT(axpy);
  for (int i = 0; i < n; ++i) {
    control.check();
    for (int k = n - 2; k >= 0; --k) {
      if (t.tau[k] == 0.0) continue;
      const double* v = t.reflectors.row(k) + k + 1;
      double* x = z.row(i) + k + 1;
      add(n - k - 1, -t.tau[k] * dot(n - k - 1, v, x), v, x);
    }
  }
}

}  // namespace

Eigen eigh(const Matrix& a, const Control& control) {
  const int n = a.rows;
  if (!std::all_of(a.data.begin(), a.data.end(), [](double x) { return std::isfinite(x); })) throw notFinite("a matrix element");
  if (n == 0) return {};
  Tridiagonal t = tridiagonalise(a, control);
  Matrix z(n, n);
  for (int i = 0; i < n; ++i) z(i, i) = 1.0;
  implicitQl(t.diagonal, t.subdiagonal, z, control);
  applyReflectors(t, z, control);
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int i, int j) { return t.diagonal[i] < t.diagonal[j]; });
  Eigen result{std::vector<double>(n), Matrix(n, n)};
  for (int j = 0; j < n; ++j) {
    result.values[j] = t.diagonal[order[j]];
    const double* from = z.row(order[j]);
    for (int i = 0; i < n; ++i) result.vectors(i, j) = from[i];
  }
  return result;
}

Matrix squareRoot(const Matrix& a, const Control& control) {
  const Eigen eigen = eigh(a, control);
  Matrix scaled = transpose(eigen.vectors);
  for (int i = 0; i < scaled.rows; ++i)
    for (int j = 0; j < scaled.cols; ++j) scaled(i, j) *= std::sqrt(std::sqrt(std::max(eigen.values[i], 0.0)));
  return multiply(transpose(scaled), scaled, control);
}

}  // namespace ansatz
