#include "solvent/cavity.hpp"

#include <cmath>
#include <numbers>

#include "grids/lebedev.hpp"

namespace ansatz {
namespace {

/** ζ R √w that gives a sphere of 302 points its Born energy: York and Karplus, table 1. */
constexpr double zetaFactor = 4.90498088169;
/** Points whose weight is less have no charge to double precision. */
constexpr double negligibleWeight = 1e-16;

double distanceOf(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

}  // namespace

Switch::Switch(double radius) : inner(0.0), width(radius * std::sqrt(14.0 / pointsPerSphere)) {
  const double ratio = radius / width;
  inner = radius - (0.5 + ratio - std::sqrt(ratio * ratio - 1.0 / 28.0)) * width;
}

double Switch::value(double distance) const {
  const double x = (distance - inner) / width;
  if (x <= 0.0) return 0.0;
  return x >= 1.0 ? 1.0 : x * x * x * (10.0 - 15.0 * x + 6.0 * x * x);
}

double Switch::slope(double distance) const {
  const double x = (distance - inner) / width;
  return x <= 0.0 || x >= 1.0 ? 0.0 : 30.0 * x * x * (1.0 - x) * (1.0 - x) / width;
}

std::vector<SurfacePoint> cavitySurface(const std::vector<PointCharge>& nuclei, const std::vector<double>& radii) {
  const SphereRule rule = lebedevRule(pointsPerSphere);
  const int nAtoms = static_cast<int>(nuclei.size());
  std::vector<SurfacePoint> surface;
  for (int atom = 0; atom < nAtoms; ++atom) {
    if (radii[atom] == 0.0) continue;
    for (std::size_t k = 0; k < rule.points.size(); ++k) {
      SurfacePoint point{nuclei[atom].position, atom, rule.points[k], 0.0, 1.0};
      for (int axis = 0; axis < 3; ++axis) point.position[axis] += radii[atom] * point.normal[axis];
      const double weight = 4.0 * std::numbers::pi * rule.weights[k];
      point.zeta = zetaFactor / (radii[atom] * std::sqrt(weight));
      for (int other = 0; other < nAtoms && point.exposure > 0.0; ++other)
        if (other != atom && radii[other] > 0.0)
          point.exposure *= Switch(radii[other]).value(distanceOf(point.position, nuclei[other].position));
      if (weight * point.exposure > negligibleWeight) surface.push_back(point);
    }
  }
  return surface;
}

}  // namespace ansatz
