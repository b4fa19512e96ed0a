#include "ansatz/reaction_field.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/gradient.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/scf.hpp"
#include "check.hpp"
#include "hydride.hpp"
#include "random.hpp"
#include "scf/orbital_hessian.hpp"

namespace ansatz::test {
namespace {

const Solvent water{{4.0, 2.7}, 0.98, std::size_t{1} << 30};
const Solvent waterWithoutStore{{4.0, 2.7}, 0.98, 0};

Matrix densityLike(int n, Random& random) {
  Matrix m(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) m(i, j) = m(j, i) = random.vector(1)[0];
  return m;
}

double largestDifference(const Matrix& a, const Matrix& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.data.size(); ++i) largest = std::max(largest, std::abs(a.data[i] - b.data[i]));
  return largest;
}

/** A matrix times its transpose, larger than the blocks that the factor is made in. */
void testCholesky(Check& check) {
  constexpr int n = 301;
  Random random;
  Matrix a(n, n);
  a.data = random.vector(a.data.size());
  a = multiply(a, transpose(a));
  for (int i = 0; i < n; ++i) a(i, i) += 1.0;
  Matrix one = a, two = a;
  check.that(factorCholesky(one, 1) && factorCholesky(two, 2), "a positive definite matrix has a factor");
  check.that(one.data == two.data, "the factor has the same bits on two threads");
  const std::vector<double> b = random.vector(n);
  const std::vector<double> x = solveCholesky(one, b);
  double worst = 0.0;
  for (int i = 0; i < n; ++i) {
    double sum = -b[i];
    for (int j = 0; j < n; ++j) sum += a(i, j) * x[j];
    worst = std::max(worst, std::abs(sum));
  }
  check.that(worst < 1e-10, "equations hold for the solution by the factor");
  a(150, 150) = -1.0;
  check.that(!factorCholesky(a), "an indefinite matrix has no factor");
}

/** Potentials are slopes of the energy and responses those of potentials; what is kept and what is computed anew are the same. */
void testPotentials(Check& check) {
  const System system = lithiumHydride({});
  FockOptions one, two;
  two.threads = 2;
  const ReactionField field(system.basis, system.nuclei, water, one), other(system.basis, system.nuclei, waterWithoutStore, two);
  Random random;
  const int n = system.basis.nCartesian;
  const Matrix density = densityLike(n, random), step = densityLike(n, random);
  constexpr double h = 1e-3;
  Matrix up = density, down = density;
  for (std::size_t i = 0; i < up.data.size(); ++i) {
    up.data[i] += h * step.data[i];
    down.data[i] -= h * step.data[i];
  }
  const SolventTerm here = field.of(density), above = field.of(up), below = field.of(down);
  const double slope = dot(here.potential, step);
  check.that(std::abs((above.energy - below.energy) / (2.0 * h) - slope) < 1e-7 * std::abs(slope), "a solvent's potential is the slope of its energy");
  Matrix difference = above.potential;
  for (std::size_t i = 0; i < difference.data.size(); ++i) difference.data[i] = (difference.data[i] - below.potential.data[i]) / (2.0 * h);
  check.that(largestDifference(difference, field.response(step)) < 1e-7, "a solvent's response is the slope of its potential");
  const SolventTerm same = other.of(density);
  check.that(same.energy == here.energy && largestDifference(same.potential, here.potential) < 1e-12,
             "integrals with the surface that are computed anew on two threads are those that were kept");
}

ScfResult solve(const System& system, ScfKind kind, const ReactionField& field) {
  ScfOptions options;
  options.kind = kind;
  options.reactionField = &field;
  FockBuilder builder(system.basis, {});
  return selfConsistentField(system, options, builder);
}

double energyAt(double distance, ScfKind kind) {
  const System system = lithiumHydride({.nBeta = 1, .distance = distance, .hasF = true});
  return solve(system, kind, ReactionField(system.basis, system.nuclei, water, {})).energy;
}

void testFields(Check& check, ScfKind kind) {
  const System system = lithiumHydride({.nBeta = 1, .hasF = true});
  const ReactionField field(system.basis, system.nuclei, water, {});
  const ScfResult found = solve(system, kind, field);
  check.that(found.converged && found.solventEnergy < -0.01, "a cation's field in a solvent converges");
  std::vector<double> gradient = nuclearGradient(system, found.densities, found.focks, {});
  Matrix total = found.densities[0];
  for (std::size_t i = 0; i < total.data.size(); ++i) total.data[i] += found.densities[1].data[i];
  const std::vector<double> ofSolvent = field.gradient(toCartesian(system.basis, total));
  for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += ofSolvent[i];
  const double slope = (energyAt(3.001, kind) - energyAt(2.999, kind)) / 0.002;
  check.that(std::abs(gradient[5] - slope) < 1e-6, "the gradient in a solvent is the slope of the energy");
  check.that(std::abs(gradient[2] + gradient[5]) < 1e-9, "forces in a solvent add up to nothing");

  FockBuilder builder(system.basis, {});
  const Control control{};
  const FieldState state{kind, found.orbitals, found.focks, system.nAlpha, system.nBeta, nullptr, &field};
  const OrbitalHessian hessian(system, state, builder, control);
  Random random;
  const std::vector<double> rotation = random.vector(hessian.size());
  const std::vector<double> product = hessian.apply(rotation);
  double curvature = 0.0;
  for (std::size_t i = 0; i < product.size(); ++i) curvature += rotation[i] * product[i];
  constexpr double h = 1e-3;
  const auto energyAfter = [&](double length) {
    std::vector<double> step = rotation;
    for (double& x : step) x *= length;
    const std::vector<Matrix> orbitals = hessian.rotated(step);
    std::vector<Matrix> densities{occupiedDensity(orbitals.front(), system.nAlpha, control), occupiedDensity(orbitals.back(), system.nBeta, control)};
    Matrix sum = densities[0];
    for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] += densities[1].data[i];
    return fieldEnergy(system, densities, builder) + field.of(toCartesian(system.basis, sum)).energy;
  };
  const double second = (energyAfter(h) - 2.0 * energyAfter(0.0) + energyAfter(-h)) / (h * h);
  check.that(std::abs(second - curvature) < 1e-3 * std::abs(curvature), "the orbital Hessian in a solvent is the curvature of the energy");
}

/** Of a single sphere of radius R with the charge q in it: −f q²/2R. */
void testBorn(Check& check) {
  System system;
  system.nuclei = {{{0.3, -0.2, 0.1}, 3.0}};
  system.basis = makeCartesianBasis({shell(0, 0, system.nuclei[0].position, 5.0)});
  const ReactionField field(system.basis, system.nuclei, {{4.127}, 0.9, 0}, {});
  Matrix density(1, 1);
  density(0, 0) = 2.0;
  const SolventTerm term = field.of(toCartesian(system.basis, density));
  check.that(field.nPoints() == 302 && std::abs(term.energy + 0.9 / (2.0 * 4.127)) < 1e-6, "an ion has Born's energy");
}

}  // namespace

void testReactionFields(Check& check) {
  testCholesky(check);
  testPotentials(check);
  for (const ScfKind kind : {ScfKind::uhf, ScfKind::rohf}) testFields(check, kind);
  testBorn(check);
}

}  // namespace ansatz::test
