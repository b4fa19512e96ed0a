#include "addon.hpp"
#include "ansatz/electrostatic_potential.hpp"
#include "ansatz/grid.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "system.hpp"

namespace ansatz::addon {
namespace {

Grid grid(const Napi::Object& options) {
  const auto origin = doubles(options, "origin");
  const auto axes = doubles(options, "axes");
  const auto counts = int32s(options, "counts");
  Grid result{};
  for (int k = 0; k < 3; ++k) {
    result.origin[k] = origin[k];
    result.counts[k] = counts[k];
    for (int x = 0; x < 3; ++x) result.axes[k][x] = axes[3 * k + x];
  }
  return result;
}

/** An orbital where there are no weights, otherwise a density. */
Napi::Value fieldOnGrid(const Napi::Object& options) {
  const SystemHandle& handle = systemHandle(options);
  const CartesianBasis& basis = handle.system.basis;
  const Matrix orbitals = matrix(options, "orbitals", basis.nBasis());
  const GridOptions gridOptions{handle.options.threads, handle.options.control};
  return float64Array(options.Env(), options.Has("weights")
                                         ? densityOnGrid(basis, orbitals, doubleVector(options, "weights"), grid(options), gridOptions)
                                         : orbitalOnGrid(basis, orbitals, grid(options), gridOptions));
}

/** Of nuclei, point charges and electrons, at points x y z in turn. */
Napi::Value potentialAtPoints(const Napi::Object& options) {
  const SystemHandle& handle = systemHandle(options);
  const System& system = handle.system;
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  const auto at = doubles(options, "points");
  std::vector<Point> points(at.size() / 3);
  for (std::size_t i = 0; i < at.size(); ++i) points[i / 3][i % 3] = at[i];
  const Matrix density = matrix(options, "density", system.basis.nBasis());
  return float64Array(options.Env(), electrostaticPotential(system.basis, charges, density, points, handle.options));
}

/** Diagonal of S½ D S½: the population of each function after symmetric orthogonalisation. */
Napi::Value lowdinPopulations(const Napi::Object& options) {
  const CartesianBasis& basis = systemHandle(options).system.basis;
  const Control& control = systemHandle(options).options.control;
  const Matrix root = squareRoot(fromCartesian(basis, oneElectronIntegrals(basis, {0, 0, 0}, control).overlap), control);
  const Matrix density = congruence(root, matrix(options, "density", basis.nBasis()), control);
  std::vector<double> populations;
  for (int i = 0; i < density.rows; ++i) populations.push_back(density(i, i));
  return float64Array(options.Env(), populations);
}

}  // namespace

void register_properties(Napi::Env env, Napi::Object exports) {
  define(env, exports, "fieldOnGrid", fieldOnGrid);
  define(env, exports, "potentialAtPoints", potentialAtPoints);
  define(env, exports, "lowdinPopulations", lowdinPopulations);
}

}  // namespace ansatz::addon
