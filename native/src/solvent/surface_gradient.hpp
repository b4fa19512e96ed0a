#pragma once
#include <vector>

#include "ansatz/fock.hpp"
#include "solvent/cavity.hpp"

namespace ansatz {

/** A surface with its charges, and what they are of. */
struct ChargedSurface {
  const CartesianBasis& basis;
  const std::vector<PointCharge>& nuclei;
  const std::vector<double>& radii;
  const std::vector<SurfacePoint>& points;
  const std::vector<double>& charges;
  double factor;
};

/**
 * Derivatives of ½ Σ q v by nuclear positions at a fixed density over the Cartesian functions, hartree/bohr, x y z of each atom in turn:
 * Σ q dv + Σ q dS q / 2f; points move with their atoms, and fall behind others' spheres. Cost: some passes over the integrals with the
 * surface, and points². Same bits on any number of threads. Throws Cancelled.
 */
std::vector<double> surfaceGradient(const ChargedSurface& surface, const Matrix& density, const FockOptions& options);

}  // namespace ansatz
