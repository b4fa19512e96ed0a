#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/** A point of a cavity's surface with its charge smeared to a Gaussian. */
struct SurfacePoint {
  Point position;
  /** Atom whose sphere it is on, and the way out of it, of length 1. */
  int atom;
  Point normal;
  /** exp(−ζ² r²) is the shape of its charge. */
  double zeta;
  /** How far it is outside the other spheres: 1, falling to 0 where it goes into one. */
  double exposure;
};

/** What a sphere takes away from a point at a distance from its centre: 0 inside, 1 outside, smooth to the second derivative between. */
struct Switch {
  double inner, width;

  explicit Switch(double radius);
  /** y and dy/d(distance). */
  double value(double distance) const;
  double slope(double distance) const;
};

constexpr int pointsPerSphere = 302;

/**
 * The points of spheres around atoms that stand outside the others; a radius of 0 makes none. Bohr.
 *
 * Lebedev points with the switching function and the Gaussians of SWIG: D. M. York, M. Karplus, doi:10.1021/jp992097l; A. W. Lange,
 * J. M. Herbert, doi:10.1063/1.3511297.
 */
std::vector<SurfacePoint> cavitySurface(const std::vector<PointCharge>& nuclei, const std::vector<double>& radii);

}  // namespace ansatz
