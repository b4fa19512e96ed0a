#include "ansatz/kohn_sham.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "check.hpp"
#include "hydride.hpp"
#include "random.hpp"
#include "scf/orbital_hessian.hpp"

namespace ansatz::test {
namespace {

/** Positive at every point, so that a small step leaves it so. */
Matrix densityLike(int n, Random& random) {
  Matrix m(n, n);
  for (int orbital = 0; orbital < 2 * n; ++orbital) {
    const std::vector<double> c = random.vector(n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) m(i, j) += 0.2 / n * c[i] * c[j];
  }
  return m;
}

Matrix moved(const Matrix& from, const Matrix& step, double factor) {
  Matrix to = from;
  for (std::size_t i = 0; i < to.data.size(); ++i) to.data[i] += factor * step.data[i];
  return to;
}

double trace(const Matrix& a, const Matrix& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.data.size(); ++i) sum += a.data[i] * b.data[i];
  return sum;
}

std::vector<const Matrix*> pointersTo(const std::vector<Matrix>& matrices) {
  std::vector<const Matrix*> all;
  for (const Matrix& m : matrices) all.push_back(&m);
  return all;
}

std::shared_ptr<const MolecularGrid> gridOf(const System& system, GridLevel level, int threads) {
  return std::make_shared<MolecularGrid>(molecularGrid(system.nuclei, {level, threads, {}}));
}

/** Potentials are slopes of the energy, and responses those of the potentials, on the same points. */
void testPotentials(Check& check, const Functional& functional, std::size_t nSpins) {
  const System system = lithiumHydride({.nBeta = 1});
  const ExchangeCorrelation xc(system.basis, functional, gridOf(system, GridLevel::coarse, 2), 2, {});
  const int n = system.basis.nCartesian;
  Random random;
  std::vector<Matrix> densities, steps, up, down;
  constexpr double h = 1e-4;
  for (std::size_t s = 0; s < nSpins; ++s) {
    densities.push_back(densityLike(n, random));
    steps.push_back(densityLike(n, random));
    up.push_back(moved(densities[s], steps[s], h));
    down.push_back(moved(densities[s], steps[s], -h));
  }
  const XcEnergy here = xc.evaluate(pointersTo(densities)), above = xc.evaluate(pointersTo(up)), below = xc.evaluate(pointersTo(down));
  const double weight = nSpins == 1 ? 2.0 : 1.0;
  double slope = 0.0;
  for (std::size_t s = 0; s < nSpins; ++s) slope += weight * trace(here.potentials[s], steps[s]);
  const std::string name = std::string(functional.name) + (nSpins == 1 ? ", closed" : ", open");
  check.that(std::abs((above.energy - below.energy) / (2.0 * h) / slope - 1.0) < 1e-6, name + ": potentials are slopes of the energy");
  const std::vector<Matrix> response = xc.response(pointersTo(densities), pointersTo(steps));
  double worst = 0.0, largest = 0.0;
  for (std::size_t s = 0; s < nSpins; ++s)
    for (std::size_t i = 0; i < response[s].data.size(); ++i) {
      worst = std::max(worst, std::abs((above.potentials[s].data[i] - below.potentials[s].data[i]) / (2.0 * h) - response[s].data[i]));
      largest = std::max(largest, std::abs(response[s].data[i]));
    }
  check.that(worst < 1e-4 * largest, name + ": responses are slopes of the potentials");
  const ExchangeCorrelation alone(system.basis, functional, gridOf(system, GridLevel::coarse, 1), 1, {});
  const XcEnergy same = alone.evaluate(pointersTo(densities));
  check.that(alone.energyOf(pointersTo(densities)) == here.energy, name + ": the energy alone is the same");
  check.that(same.energy == here.energy && same.potentials[0].data == here.potentials[0].data,
             name + ": the same bits for any number of threads");
}

/** Of densities that stay as they are while functions, points and weights move, by central differences. */
void testGradients(Check& check, const Functional& functional, std::size_t nSpins) {
  const std::string name = std::string(functional.name) + (nSpins == 1 ? ", closed" : ", open");
  const auto systemAt = [](double step) { return lithiumHydride({.distance = 3.0 + step}); };
  Random random;
  std::vector<Matrix> densities;
  const int n = systemAt(0.0).basis.nCartesian;
  for (std::size_t s = 0; s < nSpins; ++s) densities.push_back(densityLike(n, random));
  const auto energyAt = [&](double step) {
    const System system = systemAt(step);
    return ExchangeCorrelation(system.basis, functional, gridOf(system, GridLevel::coarse, 2), 2, {}).energyOf(pointersTo(densities));
  };
  const System system = systemAt(0.0);
  const auto gradientOn = [&](int threads) {
    return ExchangeCorrelation(system.basis, functional, gridOf(system, GridLevel::coarse, threads), threads, {})
        .gradient(pointersTo(densities), system.nuclei);
  };
  const std::vector<double> gradient = gradientOn(2);
  constexpr double h = 1e-3;
  const double slope = (8.0 * (energyAt(h) - energyAt(-h)) - (energyAt(2.0 * h) - energyAt(-2.0 * h))) / (12.0 * h);
  check.that(std::abs(gradient[5] - slope) < 1e-7 && std::abs(slope) > 1e-3, name + ": the gradient is the slope of the energy");
  double total = 0.0;
  for (int k = 0; k < 3; ++k) total = std::max(total, std::abs(gradient[k] + gradient[3 + k]));
  check.that(total < 1e-11, name + ": forces add up to nothing");
  check.that(gradientOn(1) == gradient, name + ": gradients have the same bits for any number of threads");
}

ScfResult solve(const System& system, const Functional& functional, ScfKind kind, GridLevel level, double storeBytes = 1 << 26) {
  ScfOptions options;
  options.kind = kind;
  options.fock.threads = 2;
  options.fock.storeBytes = static_cast<std::size_t>(storeBytes);
  FockBuilder builder(system.basis, options.fock);
  FockOptions own = options.fock;
  own.repulsion = functional.exchangeRepulsion;
  ApartExchange apart(builder, system.basis, own);
  return kohnSham(system, options, functional, {gridOf(system, level, 2), gridOf(system, GridLevel::coarse, 2)}, apart);
}

/** UKS of a closed shell is RKS, and fields are stationary: orbital gradients vanish and the lowest curvature is positive. */
void testFields(Check& check, const Functional& functional) {
  const std::string name(functional.name);
  const ScfResult rks = solve(lithiumHydride({.nBeta = 2}), functional, ScfKind::rhf, GridLevel::medium);
  const ScfResult uks = solve(lithiumHydride({.nBeta = 2}), functional, ScfKind::uhf, GridLevel::medium);
  check.that(rks.converged && uks.converged, name + ": fields converge");
  check.that(std::abs(rks.energy - uks.energy) < 1e-9, name + ": RKS and UKS of a closed shell are one");
  check.that(rks.lowestCurvature > 0.0, name + ": the closed shell is stable");
  check.that(std::abs(rks.gridElectrons - 4.0) < 1e-3, name + ": the grid counts the electrons");
  const FockOptions twoThreads{.threads = 2};
  const double checked = checkedXcEnergy(lithiumHydride({.nBeta = 2}), functional, rks.densities, twoThreads);
  check.that(std::abs(checked - rks.xcEnergy) < 1e-4, name + ": the grid of the check is near");
  const ScfResult cation = solve(lithiumHydride({.nBeta = 1}), functional, ScfKind::uhf, GridLevel::medium);
  check.that(cation.converged && cation.energy > rks.energy + 0.1, name + ": the cation lies above");
}

}  // namespace

void testKohnSham(Check& check) {
  for (const Functional& functional : functionals()) {
    for (const std::size_t nSpins : {1, 2}) {
      testPotentials(check, functional, nSpins);
      testGradients(check, functional, nSpins);
    }
    testFields(check, functional);
  }
}

}  // namespace ansatz::test
