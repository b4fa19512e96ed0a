#include "ci/eigen.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ansatz {
namespace {

/** One rotation in the (p, q) plane that makes a[p, q] vanish; applied to a from both sides and to the vectors. */
void rotate(std::size_t n, std::vector<double>& a, std::vector<double>& v, std::size_t p, std::size_t q) {
  const double theta = (a[q * n + q] - a[p * n + p]) / (2.0 * a[p * n + q]);
  const double t = (theta < 0.0 ? -1.0 : 1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1.0));
  const double c = 1.0 / std::sqrt(t * t + 1.0);
  const double s = t * c;
  for (std::size_t k = 0; k < n; ++k) {
    const double x = a[k * n + p], y = a[k * n + q];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double x = a[p * n + k], y = a[q * n + k];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double x = v[k * n + p], y = v[k * n + q];
    v[k * n + p] = c * x - s * y;
    v[k * n + q] = s * x + c * y;
  }
}

}  // namespace

SmallEigen smallEigen(std::size_t n, std::vector<double> a) {
  std::vector<double> v(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1.0;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double largest = 0.0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        const double scale = std::abs(a[p * n + p]) + std::abs(a[q * n + q]);
        if (std::abs(a[p * n + q]) <= 1e-16 * scale || a[p * n + q] == 0.0) continue;
        largest = std::max(largest, std::abs(a[p * n + q]));
        rotate(n, a, v, p, q);
      }
    if (largest == 0.0) break;
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return a[i * n + i] < a[j * n + j]; });
  SmallEigen result{std::vector<double>(n), std::vector<double>(n * n)};
  for (std::size_t k = 0; k < n; ++k) {
    result.values[k] = a[order[k] * n + order[k]];
    for (std::size_t i = 0; i < n; ++i) result.vectors[i * n + k] = v[i * n + order[k]];
  }
  return result;
}

}  // namespace ansatz
