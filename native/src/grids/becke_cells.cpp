#include "grids/becke_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "ansatz/error.hpp"
#include "grids/atoms.hpp"

namespace ansatz {
namespace {

/** Products this small change no share. */
constexpr double negligible = 1e-16;

double distanceOf(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/** What a cell keeps of a point between its centre and another one, 1 to 0, and its slope by μ. */
struct Smoothed {
  double kept, slope;
};

Smoothed smoothed(double mu, double shift) {
  double nu = mu + shift * (1.0 - mu * mu);
  double slope = 1.0 - 2.0 * shift * mu;
  for (int k = 0; k < 3; ++k) {
    slope *= 1.5 * (1.0 - nu * nu);
    nu = 0.5 * nu * (3.0 - nu * nu);
  }
  return {0.5 * (1.0 - nu), -0.5 * slope};
}

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

double BeckeCells::between(int atom, int other, const std::vector<double>& distances) const {
  return (distances[atom] - distances[other]) * inverseDistances_[static_cast<std::size_t>(atom) * centres_.size() + other];
}

double BeckeCells::cell(int atom, const std::vector<double>& distances, const std::vector<int>& order) const {
  const std::size_t row = static_cast<std::size_t>(atom) * centres_.size();
  double product = 1.0;
  for (const int other : order) {
    if (other == atom) continue;
    product *= smoothed(between(atom, other, distances), shifts_[row + other]).kept;
    if (product < negligible) return 0.0;
  }
  return product;
}

void BeckeCells::addFactorSlopes(int atom, int other, int carrier, const Point& point, const std::vector<double>& distances,
                                 double factor, std::vector<double>& to) const {
  const std::size_t at = static_cast<std::size_t>(atom) * centres_.size() + other;
  const double mu = between(atom, other, distances);
  const Smoothed s = smoothed(mu, shifts_[at]);
  const double byMu = factor * s.slope / s.kept;
  if (byMu == 0.0) return;
  const double inverse = inverseDistances_[at];
  for (int k = 0; k < 3; ++k) {
    const double along = mu * (centres_[atom][k] - centres_[other][k]) * inverse;
    const auto away = [&](int centre) { return distances[centre] > 0.0 ? (centres_[centre][k] - point[k]) / distances[centre] : 0.0; };
    const double byAtom = byMu * inverse * (away(atom) - along), byOther = byMu * inverse * (along - away(other));
    to[3 * atom + k] += byAtom;
    to[3 * other + k] += byOther;
    to[3 * carrier + k] -= byAtom + byOther;
  }
}

std::vector<double> BeckeCells::distancesTo(const Point& point, std::vector<int>& order) const {
  std::vector<double> distances(centres_.size());
  for (std::size_t i = 0; i < distances.size(); ++i) distances[i] = distanceOf(point, centres_[i]);
  order.resize(distances.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return distances[a] < distances[b] || (distances[a] == distances[b] && a < b); });
  return distances;
}

double BeckeCells::share(int atom, const Point& point) const {
  if (centres_.size() == 1) return 1.0;
  std::vector<int> order;
  const std::vector<double> distances = distancesTo(point, order);
  const double own = cell(atom, distances, order);
  if (own == 0.0) return 0.0;
  double sum = 0.0;
  for (const int other : order) sum += other == atom ? own : cell(other, distances, order);
  return own / sum;
}

void BeckeCells::addShareSlopes(int atom, const Point& point, double factor, std::vector<double>& to) const {
  std::vector<int> order;
  const std::vector<double> distances = distancesTo(point, order);
  std::vector<double> cells(centres_.size());
  double sum = 0.0;
  for (const int centre : order) sum += cells[centre] = cell(centre, distances, order);
  if (cells[atom] == 0.0 || cells[atom] == sum) return;
  for (const int a : order) {
    // ln share = ln of the own cell − ln of their sum
    const double weight = factor * ((a == atom ? 1.0 : 0.0) - cells[a] / sum);
    if (cells[a] == 0.0 || weight == 0.0) continue;
    for (const int b : order)
      if (a != b) addFactorSlopes(a, b, atom, point, distances, weight, to);
  }
}

NuclearCells nuclearCells(const std::vector<PointCharge>& nuclei) {
  std::vector<Point> centres;
  std::vector<double> sizes;
  std::vector<int> numbers;
  for (std::size_t i = 0; i < nuclei.size(); ++i) {
    const int charge = static_cast<int>(std::lround(nuclei[i].charge));
    if (charge == 0) continue;
    if (charge > grids::heaviest)
      throw InvalidInput("not-supported", "grids of density functionals: expected elements up to krypton, got nuclear charge " +
                                              std::to_string(charge));
    centres.push_back(nuclei[i].position);
    sizes.push_back(std::sqrt(grids::radii[charge - 1]));
    numbers.push_back(static_cast<int>(i));
  }
  return {BeckeCells(std::move(centres), sizes), std::move(numbers)};
}

}  // namespace ansatz
