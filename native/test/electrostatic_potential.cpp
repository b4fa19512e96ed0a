#include "ansatz/electrostatic_potential.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ansatz/one_electron.hpp"
#include "check.hpp"
#include "hydride.hpp"
#include "random.hpp"

namespace ansatz::test {
namespace {

Matrix densityLike(int n, Random& random) {
  Matrix m(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) m(i, j) = m(j, i) = random.vector(1)[0];
  return m;
}

/** Near atoms and far away, as many as fill no group of eight. */
std::vector<Point> somePoints(Random& random) {
  std::vector<Point> points{{0, 0, 1e-6}, {0, 0, 60}};
  for (int k = 0; k < 19; ++k) points.push_back({random.between(-5, 5), random.between(-5, 5), random.between(-5, 8)});
  return points;
}

/** Against what nuclei of charge 1 attract electrons by, one at a time. */
void testAgainstAttraction(Check& check) {
  const System system = lithiumHydride({.hasF = true});
  Random random;
  const Matrix density = densityLike(system.basis.nBasis(), random);
  const std::vector<Point> points = somePoints(random);
  const std::vector<double> one = electrostaticPotential(system.basis, system.nuclei, density, points, {});
  FockOptions two;
  two.threads = 2;
  check.that(one == electrostaticPotential(system.basis, system.nuclei, density, points, two), "potentials have the same bits on two threads");
  double worst = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Matrix attraction = fromCartesian(system.basis, nuclearAttraction(system.basis, {{points[i], 1.0}}));
    double expected = 0.0;
    for (std::size_t k = 0; k < density.data.size(); ++k) expected += attraction.data[k] * density.data[k];
    for (const PointCharge& nucleus : system.nuclei)
      expected += nucleus.charge / std::hypot(points[i][0] - nucleus.position[0], points[i][1] - nucleus.position[1], points[i][2] - nucleus.position[2]);
    worst = std::max(worst, std::abs(one[i] - expected) / std::max(1.0, std::abs(expected)));
  }
  check.that(worst < 1e-13, "potentials are those of nuclei and of electrons");
}

/** One electron in a Gaussian of exponent a has the density (2a/π)^(3/2) exp(−2a r²), whose potential is −erf(√(2a) r)/r. */
void testGaussian(Check& check) {
  constexpr double exponent = 0.7;
  const CartesianBasis basis = makeCartesianBasis({shell(0, 0, {0, 0, 0}, exponent)});
  Matrix density(1, 1);
  density(0, 0) = 1.0;
  std::vector<Point> points;
  for (const double r : {1e-3, 0.1, 1.0, 3.0, 30.0}) points.push_back({0, r, 0});
  const std::vector<double> potential = electrostaticPotential(basis, {}, density, points, {});
  double worst = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double r = points[i][1];
    worst = std::max(worst, std::abs(potential[i] + std::erf(std::sqrt(2.0 * exponent) * r) / r));
  }
  check.that(worst < 1e-13, "the potential of a Gaussian is that of an error function");
  check.that(electrostaticPotential(basis, {}, density, {}, {}).empty(), "no points have no potentials");
}

}  // namespace

void testElectrostaticPotentials(Check& check) {
  testAgainstAttraction(check);
  testGaussian(check);
}

}  // namespace ansatz::test
