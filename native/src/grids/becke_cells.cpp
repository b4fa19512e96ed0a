#include "grids/becke_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ansatz {
namespace {

/** Products this small change no share. */
constexpr double negligible = 1e-16;

double distanceOf(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

}  // namespace

BeckeCells::BeckeCells(std::vector<Point> centres, const std::vector<double>& radii) : centres_(std::move(centres)) {
  const std::size_t n = centres_.size();
  inverseDistances_.resize(n * n);
  shifts_.resize(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      inverseDistances_[i * n + j] = 1.0 / distanceOf(centres_[i], centres_[j]);
      const double ratio = radii[i] / radii[j];
      const double u = (ratio - 1.0) / (ratio + 1.0);
      shifts_[i * n + j] = std::clamp(u / (u * u - 1.0), -0.5, 0.5);
    }
}

double BeckeCells::cell(int atom, const std::vector<double>& distances, const std::vector<int>& order) const {
  const std::size_t row = static_cast<std::size_t>(atom) * centres_.size();
  double product = 1.0;
  for (const int other : order) {
    if (other == atom) continue;
    const double mu = (distances[atom] - distances[other]) * inverseDistances_[row + other];
    double nu = mu + shifts_[row + other] * (1.0 - mu * mu);
    for (int k = 0; k < 3; ++k) nu = 0.5 * nu * (3.0 - nu * nu);
    product *= 0.5 * (1.0 - nu);
    if (product < negligible) return 0.0;
  }
  return product;
}

double BeckeCells::share(int atom, const Point& point) const {
  const std::size_t n = centres_.size();
  if (n == 1) return 1.0;
  std::vector<double> distances(n);
  for (std::size_t i = 0; i < n; ++i) distances[i] = distanceOf(point, centres_[i]);
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return distances[a] < distances[b] || (distances[a] == distances[b] && a < b); });
  const double own = cell(atom, distances, order);
  if (own == 0.0) return 0.0;
  double sum = 0.0;
  for (const int other : order) sum += other == atom ? own : cell(other, distances, order);
  return own / sum;
}

}  // namespace ansatz
