#include "ansatz/electrostatic_potential.hpp"

#include <cmath>

#include "solvent/surface_integrals.hpp"

namespace ansatz {
namespace {

/** As the exponent of a Gaussian, squared, it is beyond all others by all their digits: what is left is a point. */
constexpr double ofPoint = 1e150;

double distanceOf(const Point& a, const Point& b) {
  double sum = 0.0;
  for (int k = 0; k < 3; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return std::sqrt(sum);
}

}  // namespace

std::vector<double> electrostaticPotential(const CartesianBasis& basis, const std::vector<PointCharge>& charges, const Matrix& density,
                                           const std::vector<Point>& points, const FockOptions& options) {
  if (points.empty()) return {};
  std::vector<SurfacePoint> surface;
  for (const Point& point : points) surface.push_back({point, 0, {}, ofPoint, 1.0});
  const SurfaceIntegrals integrals(basis, surface, 0, options.threads, options.control);
  std::vector<double> potential = integrals.potential(toCartesian(basis, density));
  for (std::size_t i = 0; i < points.size(); ++i) {
    double total = -potential[i];
    for (const PointCharge& charge : charges)
      if (charge.charge != 0.0) total += charge.charge / distanceOf(points[i], charge.position);
    potential[i] = total;
  }
  return potential;
}

}  // namespace ansatz
