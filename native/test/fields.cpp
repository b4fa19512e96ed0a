#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/density_fitting.hpp"
#include "ansatz/gradient.hpp"
#include "ansatz/grid.hpp"
#include "ansatz/one_electron.hpp"
#include "ansatz/scf.hpp"
#include "check.hpp"
#include "hydride.hpp"
#include "scf/orbital_hessian.hpp"

namespace ansatz::test {
namespace {

/** Fields converged to 1e-8 in the gradient; energies are second order in it. */
constexpr double energyTolerance = 1e-10;
/** Central differences over 2e-3 bohr. */
constexpr double gradientTolerance = 1e-5;

/** LiH⁺ with f functions too. */
System cation(double distance) { return lithiumHydride({.nBeta = 1, .distance = distance, .hasF = true}); }

ScfResult solve(const System& system, ScfKind kind, const FockOptions& fock, const std::vector<Matrix>& startOrbitals = {}) {
  ScfOptions options;
  options.startOrbitals = startOrbitals;
  options.kind = kind;
  options.fock = fock;
  FockBuilder builder(system.basis, fock);
  return selfConsistentField(system, options, builder);
}

double largest(const std::vector<double>& values) {
  double found = 0.0;
  for (const double value : values) found = std::max(found, std::abs(value));
  return found;
}

/** Near a stationary point steps are short: products of short rotations are as good as those of long ones. */
void testShortRotations(Check& check, const System& system, const ScfResult& field, const FockOptions& fock) {
  FockBuilder builder(system.basis, fock);
  const Control control{};
  const FieldState state{ScfKind::uhf, field.orbitals, field.focks, system.nAlpha, system.nBeta};
  const OrbitalHessian hessian(system, state, builder, control);
  std::vector<double> rotation(hessian.size());
  for (std::size_t i = 0; i < rotation.size(); ++i) rotation[i] = std::cos(1.0 + i) / std::sqrt(0.5 * rotation.size());
  const std::vector<double> product = hessian.apply(rotation);
  for (const double scale : {1e-4, 1e-8}) {
    std::vector<double> shorter = rotation;
    for (double& angle : shorter) angle *= scale;
    std::vector<double> difference = hessian.apply(shorter);
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] = difference[i] / scale - product[i];
    check.that(largest(difference) < 1e-3 * largest(product), "the Hessian is linear in short rotations");
  }
}

/** More charges than lanes attract as the sum of each alone. */
void testManyCharges(Check& check, const System& system) {
  std::vector<PointCharge> charges;
  for (int k = 0; k < 21; ++k) charges.push_back({{std::cos(k), std::sin(2.0 * k), 0.3 * k - 2.0}, 0.5 + 0.1 * k});
  Matrix difference = nuclearAttraction(system.basis, charges);
  const double whole = largest(difference.data);
  for (const PointCharge& charge : charges) {
    const Matrix own = nuclearAttraction(system.basis, {charge});
    for (std::size_t i = 0; i < own.data.size(); ++i) difference.data[i] -= own.data[i];
  }
  check.that(largest(difference.data) < 1e-12 * whole, "many charges attract as each alone, off by " + std::to_string(largest(difference.data)));
}

}  // namespace

void testFields(Check& check) {
  const System system = cation(3.0);
  testManyCharges(check, system);
  FockOptions direct;
  direct.threads = 2;
  FockOptions inCore = direct;
  inCore.storeBytes = std::size_t{1} << 26;
  for (const ScfKind kind : {ScfKind::uhf, ScfKind::rohf}) {
    const ScfResult a = solve(system, kind, direct);
    const ScfResult b = solve(system, kind, inCore);
    check.that(a.converged && b.converged, "fields converge");
    if (kind == ScfKind::uhf) testShortRotations(check, system, a, inCore);
    check.that(std::abs(a.energy - b.energy) < energyTolerance, "stored and direct integrals give one energy");
    const ScfResult again = solve(system, kind, inCore, a.orbitals);
    check.that(again.converged && std::abs(again.energy - a.energy) < energyTolerance && again.iterations < 4, "a field starts from its own orbitals");
    const std::vector<double> gradient = nuclearGradient(system, a.densities, a.focks, direct);
    const double slope = (solve(cation(3.001), kind, direct).energy - solve(cation(2.999), kind, direct).energy) / 0.002;
    check.that(std::abs(gradient[5] - slope) < gradientTolerance, "the gradient is the slope of the energy");
    check.that(std::abs(gradient[2] + gradient[5]) < gradientTolerance, "forces add up to nothing");

    std::vector<Shell> fit;
    for (int atom = 0; atom < 2; ++atom)
      for (int l = 0; l <= 4; ++l)
        for (double exponent = 0.15; exponent < 30.0; exponent *= 2.0)
          fit.push_back(shell(l, atom, system.nuclei[atom].position, exponent));
    FittedFockBuilder fitted(system.basis, makeCartesianBasis(fit), inCore);
    const std::size_t functions = static_cast<std::size_t>(system.basis.nCartesian), stored = fitted.storedBytes();
    check.that(stored == functions * (functions + 1) / 2 * static_cast<std::size_t>(fitted.nAuxiliary()) * sizeof(double),
               "a fit says that it stores a number for each pair of functions and fitting function: " + std::to_string(stored));
    ScfOptions options;
    options.kind = kind;
    options.fock = inCore;
    const ScfResult c = selfConsistentField(system, options, fitted);
    check.that(c.converged && std::abs(c.energy - a.energy) < 1e-4, "the fitted energy is near the exact one");
    FockBuilder exact(system.basis, direct);
    check.that(fieldEnergy(system, c.densities, exact) > a.energy - energyTolerance, "a fitted density lies above the minimum");

    const Grid grid{{-6, -6, -6}, {{{0.35, 0, 0}, {0, 0.35, 0}, {0, 0, 0.35}}}, {35, 35, 44}};
    Matrix alpha(a.orbitals[0].rows, 2);
    for (int i = 0; i < alpha.rows; ++i)
      for (int o = 0; o < 2; ++o) alpha(i, o) = a.orbitals[0](i, o);
    double electrons = 0.0;
    for (const double value : densityOnGrid(system.basis, alpha, {1.0, 1.0}, grid, {2, {}})) electrons += value * 0.35 * 0.35 * 0.35;
    check.that(std::abs(electrons - 2.0) < 0.1, "a density on a grid counts its electrons");
  }
}

}  // namespace ansatz::test
